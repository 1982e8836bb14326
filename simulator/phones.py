"""A phone in the hand of a test: acts at once, and listens for what the bot says."""

from __future__ import annotations

from simulator import acts
from simulator.feed import Event, MessageShown, ToastShown
from simulator.markup import InlineButton
from simulator.messages import Contact, Message, Phone
from simulator.messenger import Chat, Messenger
from simulator.world import World

PATIENCE_SECONDS = 30.0


class Unheard(AssertionError):
    """The bot did not say what was expected; the message tells what it said instead."""


class PhoneInHand:
    """One phone, used as a person would use it."""

    def __init__(self, world: World, messenger: Messenger, chat: Chat) -> None:
        """Take the phone of a chat."""
        self._world = world
        self._messenger = messenger
        self._chat = chat
        self._heard = world.feed.last
        self._noticed = world.feed.last

    @property
    def phone(self) -> Phone:
        """Tell whose phone it is."""
        return self._chat.phone

    @property
    def messages(self) -> tuple[Message, ...]:
        """List what stands in the chat now, both sides, oldest first."""
        return tuple(message for message in self._chat.messages.values() if not message.deleted)

    @property
    def last(self) -> Message:
        """Give the bot's last message as it stands now. Unheard when there is none."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise Unheard("the bot has said nothing yet")

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """Name the large buttons, row by row."""
        keyboard = self._chat.keyboard
        return tuple(tuple(button.text for button in row) for row in keyboard.rows) if keyboard else ()

    @property
    def toasts(self) -> tuple[str, ...]:
        """List the toasts shown so far, oldest first."""
        events = self._world.feed.after(0, self.phone.id)
        return tuple(event.happening.text for event in events if isinstance(event.happening, ToastShown))

    async def start(self, payload: str = "") -> Message:
        """Press start, or open a link with a payload."""
        return acts.start(self._messenger, self._chat, payload)

    def let_bot_write(self) -> None:
        """Count the chat as begun, for a person the bot met before."""
        self._chat.started = True

    async def say(self, text: str) -> Message:
        """Send a text."""
        return acts.say(self._messenger, self._chat, text)

    async def press(self, text: str) -> Message:
        """Press a large button. CannotAct when it is not there."""
        return acts.press(self._messenger, self._chat, text)

    async def tap(self, text: str, on: Message | None = None) -> InlineButton:
        """Tap a button under the newest message that has it, or on a message as it once stood."""
        candidates = [on] if on else [message for message in reversed(self.messages) if message.from_bot]
        for message in candidates:
            for row, buttons in enumerate(message.inline_rows):
                for column, button in enumerate(buttons):
                    if button.text == text:
                        return acts.tap(self._messenger, message, row, column)
        raise acts.CannotAct(f"no button {text!r} under {[message.buttons for message in candidates[:3]]}")

    async def open(self, url: str) -> acts.Opened:
        """Tap a link."""
        return acts.open_link(self._messenger, self._world.others(self._messenger), self._chat, url)

    async def share_contact(
        self, number: str | int | None = None, *, user_id: int | None = None, with_user_id: bool = True
    ) -> Message:
        """Share one's own number, or another's with its own user_id (or none)."""
        if number is None:
            contact = acts.own_contact(self._chat, with_user_id=with_user_id)
        else:
            contact = Contact(number, self.phone.first_name, user_id)
        return acts.share_contact(self._messenger, self._chat, contact)

    async def send_picture(self, content: bytes, caption: str = "") -> Message:
        """Send a PNG or JPEG as a picture."""
        return acts.send_file(self._messenger, self._chat, content, "picture.jpg", "picture", caption)

    async def send_document(self, content: bytes, name: str, caption: str = "") -> Message:
        """Send bytes as a file."""
        return acts.send_file(self._messenger, self._chat, content, name, "document", caption)

    async def edit(self, message: Message, text: str) -> Message:
        """Change one's own text."""
        return acts.edit(self._messenger, self._chat, message.id, text)

    async def block(self) -> None:
        """Block the bot."""
        acts.block(self._messenger, self._chat)

    async def unblock(self) -> None:
        """Let the bot write again."""
        acts.unblock(self._messenger, self._chat)

    async def hear(self, containing: str = "", timeout: float = PATIENCE_SECONDS) -> Message:
        """Wait for the bot's next message or edit with these words, passing over others. Unheard in vain."""
        event = await self._world.bell.until(lambda: self._next_saying(containing), timeout)
        if event is None:
            said = [message.text for _, message in self._unheard()]
            raise Unheard(f"{self.phone.id} waited for {containing!r} and heard {said}")
        self._heard = event[0].number
        return event[1]

    async def hear_toast(self, containing: str = "", timeout: float = PATIENCE_SECONDS) -> str:
        """Wait for the next toast with these words. Unheard when none comes."""
        found = await self._world.bell.until(lambda: self._next_toast(containing), timeout)
        if found is None:
            raise Unheard(f"{self.phone.id} saw no toast {containing!r}, only {self.toasts}")
        self._noticed, text = found
        return text

    def _unheard(self) -> list[tuple[Event, Message]]:
        return [
            (event, event.happening.message)
            for event in self._world.feed.after(self._heard, self.phone.id)
            if isinstance(event.happening, MessageShown)
            and event.happening.message.from_bot
            and not event.happening.message.deleted
        ]

    def _next_saying(self, words: str) -> tuple[Event, Message] | None:
        return next((found for found in self._unheard() if words in found[1].text), None)

    def _next_toast(self, words: str) -> tuple[int, str] | None:
        for event in self._world.feed.after(self._noticed, self.phone.id):
            if isinstance(event.happening, ToastShown) and words in event.happening.text:
                return event.number, event.happening.text
        return None
