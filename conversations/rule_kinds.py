"""Kinds of answer for the rules of a group: rates, parts of all, charges that may be nothing, hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from conversations.engine import Choice, Kind, Unread
from conversations.kinds import Amount, Doubt, OneOf, Whole, options
from conversations.replies import Pressed, Reply, Said
from domain.bylaws import Bylaws, SavingsAgreement
from domain.codec import Json
from domain.date_hour import read_hour
from domain.figures import read_per_cent
from domain.loan_terms import Period, Rate
from domain.meetings import EARLIEST, LATEST, hour_of
from domain.money import Rial, Unit
from domain.votes import Share

FINEST = 100  # a per cent is given to two places


@dataclass(frozen=True, slots=True)
class RateOf(Kind[Rate]):
    """A rate above nothing for a month or a year; usual ones as buttons."""

    period: Period
    usual: tuple[Fraction, ...]
    most: Fraction
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(str(one), "rate", {"rate": Rate(one, self.period)}) for one in self.usual)

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice) if choice in map(str, self.usual):
                return choice
            case Said(text) if (typed := read_per_cent(text)) is not None:
                found = self.load(str(typed))
                return found if isinstance(found, Unread) else str(typed)
            case _:
                return self._unread()

    def load(self, stored: Json) -> Rate | Unread:
        per_cent = Fraction(stored) if isinstance(stored, str) else Fraction(0)
        fits = 0 < per_cent <= self.most and (per_cent * FINEST).denominator == 1
        return Rate(per_cent, self.period) if fits else self._unread()

    def _unread(self) -> Unread:
        return Unread("common.rate_unread", {"most": Rate(self.most, self.period)})


@dataclass(frozen=True, slots=True)
class Charge(Kind[Rial | Doubt]):
    """An amount of money up to the most there may be, or nothing."""

    unit: Unit
    usual: tuple[Rial, ...]
    most: Rial
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return (Choice("0", "nothing"), *self._amount.choices)

    def read(self, reply: Reply) -> Json | Unread:
        if isinstance(reply, Pressed) and reply.choice == "0":
            return 0
        stored = self._amount.read(reply)
        if isinstance(stored, int) and stored > self.most.rials:
            return Unread("common.charge_too_large", {"most": self.most})
        return stored

    def load(self, stored: Json) -> Rial | Doubt | Unread:
        return Rial(0) if stored == 0 else self._amount.load(stored)

    @property
    def _amount(self) -> Amount:
        return Amount(self.unit, self.usual)


@dataclass(frozen=True, slots=True)
class HourOf(Kind[int]):
    """An hour of the day between early and late, in minutes after midnight; usual ones as buttons."""

    usual: tuple[int, ...]
    binding: bool = False
    shares: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(str(at), "hour", {"hour": hour_of(at)}) for at in self.usual)

    def read(self, reply: Reply) -> Json | Unread:
        match reply:
            case Pressed(choice) if choice in map(str, self.usual):
                return int(choice)
            case Said(text):
                return self.load(read_hour(text))
            case _:
                return self._unread()

    def load(self, stored: Json) -> int | Unread:
        return stored if isinstance(stored, int) and EARLIEST <= stored <= LATEST else self._unread()

    def _unread(self) -> Unread:
        return Unread("common.hour_unread", {"earliest": hour_of(EARLIEST), "latest": hour_of(LATEST)})


def number(bounds: range, *usual: int) -> Whole:
    """A count between two bounds, the usual ones as buttons."""
    buttons = tuple(Choice(str(one), "count", {"count": one}) for one in usual)
    return Whole(buttons, least=bounds[0], most=bounds[-1])


def part(shares: Iterable[Share]) -> OneOf[Share]:
    """One of some parts of all."""
    return options([(_data(share), "share", {"share": share}, share) for share in shares])


def _data(share: Share) -> str:
    return f"{'over' if share.exceeded else ''}{share.part}"


def shown_rules(rules: Bylaws, saving: SavingsAgreement) -> dict[str, object]:
    """Return what the headings of the bylaws name."""
    return {"rules": rules, "voting": rules.voting, "price": rules.loan_price, "saving": saving}
