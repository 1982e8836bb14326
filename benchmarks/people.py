"""People who never think: each sends the next thing as soon as the last was answered."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass

from bot.platforms.raw import Json, JsonObject

TAPS_A_WORD = 4  # as in a saving: one word of the menu and four taps on buttons
TALK, CARD = "t.", "d."  # what the data of a question's button and of a deposit's button begin with
FIRST_USER, APART = 1_000_000, 10


def user_of(group: int, place: int) -> int:
    """Return who has this place in a group; the treasurer has the first."""
    return FIRST_USER + group * APART + place


def treasurer_of(user: int) -> int:
    """Return the treasurer of somebody's group."""
    return user - (user - FIRST_USER) % APART


@dataclass(frozen=True, slots=True)
class Heard:
    """What a bot said in somebody's chat; `data` is that of the message's first button."""

    method: str
    text: str
    data: str | None
    keyboard: Json


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A press on the first button of a message."""

    heard: Heard


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether that was the answer to what was sent last, and what is sent next, if anything."""

    mine: bool
    then: Words | Tap | None


class Person(ABC):
    """Somebody in a private chat."""

    @abstractmethod
    def first(self) -> Words | None:
        """What she begins with."""

    @abstractmethod
    def hears(self, heard: Heard) -> Answered:
        """What she makes of a message."""


class Echoing(Person):
    """Talks to an echo: a word, then taps on what comes back."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._said = 0

    def first(self) -> Words:
        return Words(self._word)

    def hears(self, heard: Heard) -> Answered:
        self._said += 1
        tapping = self._said % (TAPS_A_WORD + 1) != 0
        return Answered(mine=True, then=Tap(heard) if tapping else Words(self._word))


class Member(Person):
    """Reports one saving after another; the next begins when the receipt of the last has come."""

    def __init__(self, word: str) -> None:
        self._word = word

    def first(self) -> Words:
        return Words(self._word)

    def hears(self, heard: Heard) -> Answered:
        match heard.data:
            case None:  # the receipt
                return Answered(mine=False, then=Words(self._word))
            case str() as data if data.startswith(TALK):
                return Answered(mine=True, then=Tap(heard))
            case _:  # written down: the treasurer's turn
                return Answered(mine=heard.method != "editMessageText", then=None)


class Treasurer(Person):
    """Confirms every card."""

    def first(self) -> None:
        return None

    def hears(self, heard: Heard) -> Answered:
        card = heard.data is not None and heard.data.startswith(CARD)
        changed = heard.method == "editMessageText"
        return Answered(mine=changed, then=Tap(heard) if card and not changed else None)


def heard(method: str, fields: dict[str, str]) -> Heard:
    """Read what a bot sends."""
    keyboard: Json = json.loads(fields["reply_markup"]) if "reply_markup" in fields else None
    match keyboard:
        case {"inline_keyboard": [[{"callback_data": str(data)}, *_], *_]}:
            return Heard(method, fields.get("text", ""), data, keyboard)
        case _:
            return Heard(method, fields.get("text", ""), None, keyboard)


def update_of(chat: int, number: int, said: Words | Tap) -> JsonObject:
    """Put it as a platform would."""
    user: JsonObject = {"id": chat, "is_bot": False, "first_name": "Person", "language_code": "fa"}
    where: JsonObject = {"id": chat, "type": "private", "first_name": "Person"}
    message: JsonObject = {"message_id": number, "date": 1_790_000_000, "chat": where}
    match said:
        case Words(text):
            return {"update_id": number, "message": message | {"from": user, "text": text}}
        case Tap(shown):
            bot: JsonObject = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
            keyboard = {"reply_markup": shown.keyboard} if shown.keyboard is not None else {}
            full = message | {"from": bot, "text": shown.text} | keyboard
            query: JsonObject = {"id": str(number), "from": user, "message": full, "chat_instance": "1"}
            return {"update_id": number, "callback_query": query | {"data": shown.data}}
