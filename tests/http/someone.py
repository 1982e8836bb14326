"""A person who talks with the bot over HTTP; messages are known by their names, buttons by their words."""

from __future__ import annotations

from dataclasses import dataclass

from simulator import PhoneInHand
from simulator.messages import Message
from simulator.phones import Unheard
from tests.http.texts import NamedTexts

PATIENCE = 30.0  # seconds; machines that run tests are slow


@dataclass
class Someone:
    """Uses one phone; what she hears is passed over once it was listened to."""

    phone: PhoneInHand
    texts: NamedTexts

    async def hears(self, name: str) -> Message:
        """Wait for the message of this name, new or as the new state of a card. Unheard in vain."""
        return await self.hears_one_of(name)

    async def hears_one_of(self, *names: str) -> Message:
        """Wait for whichever of these comes first. Unheard in vain."""
        passed: list[str] = []
        while True:
            try:
                message = await self.phone.hear(timeout=PATIENCE)
            except Unheard:
                raise Unheard(f"{self.phone.phone.id} waited for {names} and heard {passed}") from None
            passed.append(self.texts.name_of(message.text))
            if passed[-1] in names:
                return message

    async def starts(self, payload: str, name: str) -> Message:
        await self.phone.start(payload)
        return await self.hears(name)

    async def says(self, text: str, name: str) -> Message:
        """Type something and wait for what is answered."""
        await self.phone.say(text)
        return await self.hears(name)

    async def presses(self, word: str, name: str) -> Message:
        """Press a large button and wait for what is answered."""
        await self.phone.press(self.texts.button(word))
        return await self.hears(name)

    async def taps(self, word: str, name: str, on: Message | None = None) -> Message:
        """Tap an inline button and wait for what is answered."""
        await self.phone.tap(self.texts.button(word), on)
        return await self.hears(name)

    async def opens_menu(self) -> Message:
        """Ask for the menu; all that was on its way to this chat has then arrived."""
        await self.phone.say("/menu")
        return await self.hears("common.menu_of_group")

    @property
    def names(self) -> list[str]:
        """The names of all bubbles of the bot, as they stand now."""
        return [self.texts.name_of(message.text) for message in self.phone.messages if message.from_bot]
