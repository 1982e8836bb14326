"""Kinds of answer: how a reply is understood, what is stored of it, and which buttons help.

Words are not compared here: a typed word that stands on a button has already been made `Pressed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from conversations.engine import Choice, Kind, Unread
from conversations.replies import Pictured, Pressed, Reply, Said, Shared
from domain import amounts, dates, figures, identity, persian
from domain.codec import Json
from domain.ids import PictureId
from domain.money import Rial, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What most kinds are: without buttons, not binding, asking for no contact."""

    choices: tuple[Choice, ...] = ()
    binding: bool = False
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One of several values, with the button that stands for it."""

    choice: Choice
    value: T


@dataclass(frozen=True, slots=True)
class OneOf(Generic[T]):
    """One of the options, by button or by the word on it."""

    options: tuple[Option[T], ...]
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(option.choice for option in self.options)

    def read(self, reply: Reply) -> Json | Unread:
        if isinstance(reply, Pressed) and any(reply.choice == choice.data for choice in self.choices):
            return reply.choice
        return Unread("common.choose")

    def load(self, stored: Json) -> T | Unread:
        return next((o.value for o in self.options if o.choice.data == stored), Unread("common.choose"))


def one_of(*options: tuple[str, T]) -> OneOf[T]:
    """Options whose button data is the name of their word."""
    return OneOf(tuple(Option(Choice(word, word), value) for word, value in options))


YES_NO = one_of(("yes", True), ("no", False))
CONFIRM: OneOf[bool] = OneOf(
    (Option(Choice("confirm", "confirm"), True), Option(Choice("cancel", "cancel"), False)), binding=True
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An amount that can be meant in several ways, likeliest first."""

    candidates: tuple[Rial, ...]


@dataclass(frozen=True, slots=True)
class Amount(Kind[Rial | Doubt]):
    """Money in any way people write it, with usual amounts as buttons; `Doubt` where it is not clear."""

    unit: Unit
    usual: tuple[Rial, ...] = ()
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(str(amount.rials), "amount", {"amount": amount}) for amount in self.usual)

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice) if any(choice == str(amount.rials) for amount in self.usual):
                return int(choice)
            case Said(text):
                return self._typed(text)
            case _:
                return Unread("common.amount_unread")

    def _typed(self, text: str) -> Json | Unread:
        if Rial(0) in self.usual and amounts.says_zero(text):
            return 0
        match amounts.read_amount(text, self.unit):
            case amounts.Understood(amount):
                return amount.rials
            case amounts.Doubtful(candidates):
                return [amount.rials for amount in candidates]
            case amounts.Negative():
                return Unread("common.amount_negative")
            case amounts.TooLarge():
                return Unread("common.amount_too_large")
            case _:
                return Unread("common.amount_unread")

    def load(self, stored: Json) -> Rial | Doubt | Unread:
        match stored:
            case int() if stored > 0 or Rial(stored) in self.usual:
                return Rial(stored)
            case list():
                return Doubt(tuple(Rial(amount) for amount in stored if isinstance(amount, int)))
            case _:
                return Unread("common.amount_unread")


@dataclass(frozen=True, slots=True)
class Line(_Kind):
    """One line of free text with a letter in it, cleaned of markup and control characters."""

    limit: int = 200
    unread: str = "common.reason_unread"
    clean: Callable[[str, int], str] = persian.clean_words

    def read(self, reply: Reply) -> Json | Unread:
        text = self.clean(reply.text, self.limit) if isinstance(reply, Said) else ""
        return text or Unread(self.unread)

    def load(self, stored: Json) -> str | Unread:
        return stored if isinstance(stored, str) else Unread(self.unread)


NAME = Line(limit=60, unread="common.name_unread", clean=persian.clean_name)


@dataclass(frozen=True, slots=True)
class Whole(_Kind):
    """A count between two bounds."""

    least: int = 1
    most: int = 1000

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice) if choice in {c.data for c in self.choices}:
                return int(choice)
            case Said(text):
                return self.load(figures.read_count(text))
            case _:
                return self._unread()

    def load(self, stored: Json) -> int | Unread:
        return stored if isinstance(stored, int) and self.least <= stored <= self.most else self._unread()

    def _unread(self) -> Unread:
        return Unread("common.count_unread", {"least": self.least, "most": self.most})


@dataclass(frozen=True, slots=True)
class ProvenPhone:
    """A phone number, and whether the platform itself says that it is the sender's."""

    e164: str
    proven: bool


@dataclass(frozen=True, slots=True)
class PhoneNumber(_Kind):
    """A phone, shared by button (proven when it is the sender's own) or typed."""

    shares: bool = True

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Shared(raw, own):
                phone = identity.contact_phone(raw)
                return [phone.e164, own] if phone else Unread("common.phone_unread")
            case Said(text):
                phone = identity.read_phone(text)
                return [phone.e164, False] if phone else Unread("common.phone_unread")
            case _:
                return Unread("common.phone_unread")

    def load(self, stored: Json) -> ProvenPhone | Unread:
        match stored:
            case [str(e164), bool(proven)]:
                return ProvenPhone(e164, proven)
            case _:
                return Unread("common.phone_unread")


PHONE = PhoneNumber()


@dataclass(frozen=True, slots=True)
class Later:
    """The picture will come later, or not at all."""


@dataclass(frozen=True, slots=True)
class PictureOrLater(Kind[PictureId | Later]):
    """A picture of a receipt, or the button that says later."""

    choices: tuple[Choice, ...] = (Choice("later", "later"),)
    binding: bool = False
    shares: bool = False

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pictured(picture):
                return picture
            case Pressed("later"):
                return "later"
            case _:
                return Unread("common.picture_unread")

    def load(self, stored: Json) -> PictureId | Later | Unread:
        match stored:
            case int():
                return PictureId(stored)
            case "later":
                return Later()
            case _:
                return Unread("common.picture_unread")


@dataclass(frozen=True, slots=True)
class DoubtfulDay:
    """A day that can be meant in several ways."""

    candidates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DayOf(Kind[date | DoubtfulDay]):
    """A day in any way people say it, counted from `today` (the day the conversation began)."""

    today: date
    offered: tuple[date, ...] = ()
    past: bool = False
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(day.isoformat(), "day", {"day": day}) for day in self.offered)

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice) if choice in {day.isoformat() for day in self.offered}:
                return choice
            case Said(text):
                return self._typed(text)
            case _:
                return Unread("common.day_unread")

    def _typed(self, text: str) -> Json | Unread:
        match dates.read_date(text, self.today, past=self.past):
            case dates.Day(day):
                return day.isoformat()
            case dates.DoubtfulDay(candidates):
                return [day.isoformat() for day in candidates]
            case _:
                return Unread("common.day_unread")

    def load(self, stored: Json) -> date | DoubtfulDay | Unread:
        match stored:
            case str():
                return date.fromisoformat(stored)
            case list():
                return DoubtfulDay(tuple(date.fromisoformat(day) for day in stored if isinstance(day, str)))
            case _:
                return Unread("common.day_unread")


def options(choices: Sequence[tuple[str, str, dict[str, object], T]]) -> OneOf[T]:
    """Options with words that carry facts: (data, word, facts, value)."""
    return OneOf(tuple(Option(Choice(data, word, facts), value) for data, word, facts, value in choices))
