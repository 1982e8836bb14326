"""A phone that nobody looks at, used over the address the page itself uses."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.http.wording import button
from tests.page.held import PATIENCE

PAUSE = 200  # milliseconds


@dataclass(frozen=True, slots=True)
class Unseen:
    """One phone of the village."""

    page: Page
    address: str
    id: str

    def taps(self, word: str, *, under: str) -> None:
        """Tap the button in the newest message that has it and these words; wait until there is one."""
        for _ in range(PATIENCE // PAUSE):
            place = self._place(button(word), under)
            if place is not None:
                tapped = self.page.request.post(f"{self.address}api/phones/{self.id}/tap", data=place)
                assert tapped.ok, tapped.text()
                return
            self.page.wait_for_timeout(PAUSE)
        raise AssertionError(f"{self.id} was never asked {under}")

    def _place(self, label: str, under: str) -> dict[str, int] | None:
        shown = self.page.request.get(f"{self.address}api/phones/{self.id}/messages").json()["messages"]
        for message in reversed(shown):
            for row, buttons in enumerate(message["buttons"]):
                for column, one in enumerate(buttons):
                    if label in one["text"] and under in message["text"]:
                        return {"message": message["id"], "row": row, "column": column}
        return None
