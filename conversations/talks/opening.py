"""The treasurer of a group with paper books says what money there was on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME, DayOf
from conversations.parts import REASON, amount_of, day_within
from domain.correcting import CorrectOpening
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.opening import NOTHING, EnterOpening


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the days that are offered, and what was entered before, where it is corrected."""

    subject: GroupId
    group: str
    unit: Unit
    today: date
    days: tuple[date, ...]
    cash: Rial | None = None
    bank: Rial | None = None
    aid: Rial | None = None
    signed: bool = False  # it is in the books, and is put right


def opening(facts: Facts) -> Script[EnterOpening | CorrectOpening | None]:
    """Ask for the day, the cash, the bank, and what of it was given from outside; members come afterwards.

    Of what was signed, the day stays; why it is not right is asked instead.
    """
    as_of = facts.days[0] if facts.signed else (yield from _day(facts))
    cash = yield from _amount("opening.cash", facts, facts.cash)
    bank = yield from _amount("opening.bank", facts, facts.bank)
    aid = yield from _amount("opening.aid", facts, facts.aid)
    giver = (yield from ask("opening.giver", NAME)) if aid else None
    reason = (yield from ask("correction.reason", REASON, name="")) if facts.signed else ""
    sure = yield from ask(
        "opening.confirm",
        CONFIRM,
        group=facts.group,
        day=as_of,
        cash=cash,
        bank=bank,
        total=cash + bank,
        aid=aid,
        giver=giver or "",
    )
    if not sure:
        return None
    entered = EnterOpening(facts.subject, as_of, cash, bank, aid, giver)
    return CorrectOpening(entered, reason) if facts.signed else entered


def _day(facts: Facts) -> Script[date]:
    """Balances are of a day that was; a doubtful one is asked back."""
    kind, texts = DayOf(facts.today, facts.days, past=True), ("opening.day", "opening.day_again")
    return (yield from day_within(*texts, kind, date.min, facts.today, group=facts.group))


def _amount(text: str, facts: Facts, before: Rial | None) -> Script[Rial]:
    usual = (before, NOTHING) if before else (NOTHING,)
    return (yield from amount_of(text, facts.unit, usual, group=facts.group))
