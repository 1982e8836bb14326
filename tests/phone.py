"""A person with a phone: what she types, presses and taps, and what stands in her chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from domain.ids import MembershipId, PersonId, PictureId, Platform
from domain.outgoing import AskContact, Button, Inline, Keyboard, Menu

if TYPE_CHECKING:
    from tests.recorded import RecordedTexts

T = TypeVar("T")
Raw = dict[str, object]
MOST_DATA = 64
BOT: Raw = {"id": 77, "is_bot": True, "first_name": "bot"}


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it stands in the chat; `name` and `facts` are those of its text."""

    name: str
    facts: Mapping[str, object]
    text: str
    keyboard: Keyboard | None
    picture_id: PictureId | None
    card: str | None
    edited: bool = False

    def fact(self, name: str, kind: type[T]) -> T:
        """One of the facts, which must be of this type."""
        value = self.facts[name]
        assert isinstance(value, kind)
        return value

    @property
    def buttons(self) -> Mapping[str, str]:
        """The data of each inline button by its label."""
        return {button.label: button.data for button in self._inline}

    @property
    def choices(self) -> tuple[str, ...]:
        """What the inline buttons stand for."""
        return tuple(choice_of(button) for button in self._inline)

    @property
    def menu(self) -> tuple[str, ...]:
        """The labels of the large buttons that come with the message."""
        match self.keyboard:
            case Menu(rows):
                return tuple(label for row in rows for label in row)
            case AskContact(share, rows):
                return (share, *(label for row in rows for label in row))
            case _:
                return ()

    @property
    def _inline(self) -> tuple[Button, ...]:
        return (
            tuple(b for row in self.keyboard.rows for b in row) if isinstance(self.keyboard, Inline) else ()
        )

    def data(self, wanted: str, word: str | None = None) -> str | None:
        """The data of the button with this label, or standing for this choice."""
        found = [b.data for b in self._inline if wanted in (b.label, choice_of(b)) or b.label == word]
        assert len(found) <= 1, f"{wanted} is on {len(found)} buttons"
        return found[0] if found else None


def choice_of(button: Button) -> str:
    """What a signed button stands for."""
    assert len(button.data.encode()) <= MOST_DATA
    return button.data.split(".")[2]


@dataclass(eq=False)
class Phone:
    """One account; tests read `heard`, `names` and `last`."""

    platform: Platform
    user_id: int
    texts: RecordedTexts
    deliver: Callable[[Phone, str, Raw], Awaitable[None]]
    heard: list[Heard] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)  # taps whose waiting sign ended
    person: PersonId = field(init=False)
    membership: MembershipId = field(init=False)

    @property
    def last(self) -> Heard:
        return self.heard[-1]

    @property
    def names(self) -> list[str]:
        return [heard.name for heard in self.heard]

    def newest(self, name: str) -> Heard:
        """The newest message of this name."""
        return next(heard for heard in reversed(self.heard) if heard.name == name)

    def since(self, before: int) -> list[str]:
        """The names of the messages after so many."""
        return self.names[before:]

    async def say(self, text: str) -> list[str]:
        """Type something; return the names of what is answered."""
        return await self._send("message", self._message() | {"text": text})

    async def start(self, payload: str = "") -> list[str]:
        """Press the start button, as a link does it."""
        entity: Raw = {"type": "bot_command", "offset": 0, "length": 6}
        return await self._send(
            "message", self._message() | {"text": f"/start {payload}".strip(), "entities": [entity]}
        )

    async def press(self, label_or_word: str) -> list[str]:
        """Press a large button of the menu that stands below the input line."""
        if not any(heard.menu for heard in self.heard):
            await self.say("/menu")
        menu = next(heard.menu for heard in reversed(self.heard) if heard.menu)
        label = label_or_word if label_or_word in menu else self.texts.label(label_or_word)
        assert label in menu, f"{label_or_word} is not in the menu: {menu}"
        return await self.say(label)

    async def tap(self, wanted: str, message: Heard | None = None) -> list[str]:
        """Tap an inline button, named by label, word or choice, of a message or the newest that has it."""
        data = next(
            (d for heard in self._searched(message) if (d := heard.data(wanted, self._label(wanted)))), None
        )
        assert data is not None, f"no button {wanted}: {[heard.buttons for heard in self.heard[-3:]]}"
        return await self.tap_data(data)

    async def tap_data(self, data: str) -> list[str]:
        """Send a button's data, whosever it is."""
        query: Raw = {
            "id": "4382",
            "from": self._user(),
            "message": self._message(),
            "chat_instance": "1",
            "data": data,
        }
        return await self._send("callback_query", query)

    async def contact(self, number: str, *, own: bool = True) -> list[str]:
        """Share a contact: one's own, or another person's."""
        user = self.user_id if own else self.user_id + 1
        shared: Raw = {"phone_number": number, "first_name": "x", "user_id": user}
        return await self._send("message", self._message() | {"contact": shared})

    async def picture(self, file_id: str = "photo-1") -> list[str]:
        """Send a picture."""
        photo: Raw = {"file_id": file_id, "file_unique_id": f"u-{file_id}", "width": 90, "height": 90}
        return await self._send("message", self._message() | {"photo": [photo]})

    async def sticker(self) -> list[str]:
        """Send something the bot cannot use."""
        sticker: Raw = {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
        return await self._send("message", self._message() | {"sticker": sticker})

    async def presence(self, *, here: bool) -> list[str]:
        """Block the bot, or let it in again."""
        was, now = ("kicked", "member") if here else ("member", "kicked")
        member: Raw = {"user": BOT, "until_date": 0}
        chat: Raw = {"id": self.user_id, "type": "private"}
        change: Raw = {"chat": chat, "from": self._user(), "date": 1_800_000_000}
        change |= {"old_chat_member": member | {"status": was}, "new_chat_member": member | {"status": now}}
        return await self._send("my_chat_member", change)

    async def in_group_chat(self, text: str) -> list[str]:
        """Say something where others hear it too."""
        chat: Raw = {"id": -500, "type": "group", "title": "x"}
        return await self._send("message", self._message() | {"chat": chat, "text": text})

    async def edits(self, text: str) -> list[str]:
        """Change an earlier message of one's own."""
        return await self._send(
            "edited_message", self._message() | {"text": text, "edit_date": 1_800_000_001}
        )

    def _searched(self, message: Heard | None) -> list[Heard]:
        return [message] if message else self.heard[::-1]

    def _label(self, wanted: str) -> str | None:
        known = f"words.{wanted}" in self.texts.names
        return self.texts.plain_label(wanted) if known else None

    async def _send(self, kind: str, body: Raw) -> list[str]:
        before = len(self.heard)
        await self.deliver(self, kind, body)
        return self.since(before)

    def _user(self) -> Raw:
        return {"id": self.user_id, "is_bot": False, "first_name": "x"}

    def _message(self) -> Raw:
        chat = {"id": self.user_id, "type": "private"}
        return {"message_id": 1, "date": 1_800_000_000, "chat": chat, "from": self._user()}
