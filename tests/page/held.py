"""A phone on the page, used as a person uses it: by what stands on the buttons."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.http.wording import button, said

PATIENCE = 30_000  # milliseconds; machines that run tests are slow


@dataclass(frozen=True, slots=True)
class Held:
    """One phone; every act waits for what is answered."""

    page: Page
    id: str

    @property
    def all(self) -> Locator:
        return self.page.locator(f'[data-phone="{self.id}"]')

    @property
    def last(self) -> Locator:
        """The newest bubble of the bot."""
        return self.all.locator(".bubble.theirs").last

    def hears(self, name: str) -> Locator:
        """Wait until the newest bubble is the message of this name."""
        expect(self.last).to_contain_text(said(name), timeout=PATIENCE)
        return self.last

    def shows(self, name: str) -> Locator:
        """Wait until the message of this name stands anywhere in the chat."""
        found = self.all.locator(".bubble.theirs").filter(has_text=said(name)).last
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def says(self, text: str, name: str) -> Locator:
        """Type something and send it."""
        written = self.all.locator('input[name="text"]')
        written.fill(text)
        written.press("Enter")
        return self.hears(name)

    def presses(self, word: str, name: str) -> Locator:
        """Press a large button."""
        self.all.locator(".keys.large button").filter(has_text=button(word)).click()
        return self.hears(name)

    def taps(self, word_or_label: str, name: str | None = None) -> None:
        """Tap a button under the newest bubble that has it."""
        label = button(word_or_label) if word_or_label.isascii() else word_or_label
        self.all.locator(".bubble .keys button").filter(has_text=label).last.click()
        if name is not None:
            self.hears(name)

    def opens(self, link: str, name: str) -> Locator:
        """Open a link that somebody sent, through the phone's own menu."""
        self.all.locator("summary").click()
        self.all.locator(".more button").filter(has_text="باز کردن پیوند").click()
        dialog = self.page.get_by_role("dialog", name="پیوند دعوت")
        dialog.locator('input[name="answer"]').fill(link)
        dialog.locator('button[type="submit"]').click()
        return self.hears(name)

    def sends_sample_receipt(self, name: str) -> Locator:
        """Attach the receipt the page draws itself."""
        self.all.locator("button.attach").click()
        self.all.locator("button.sample").click()
        return self.hears(name)
