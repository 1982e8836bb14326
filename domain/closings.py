"""The closing of a month: asked for by the treasurer once it is over, confirmed by another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import jalali
from domain.ids import GroupId, MonthClosingId
from domain.ledger import Account
from domain.money import Rial


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """Ask that nothing be booked any more on this last day of a month, or before it."""

    group: GroupId
    last_day: date


@dataclass(frozen=True, slots=True)
class AnswerMonth:
    """Confirm that a month is closed as shown, or say that it is not right."""

    closing: MonthClosingId
    revision: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a treasurer looks at before a month is closed; nothing of it stops the closing."""

    deposits: int  # reported and not confirmed
    moves: int  # entered and not confirmed
    bare: int  # costs without a picture of their receipt
    counted: bool  # the cash, since the month ended


Balances = tuple[tuple[Account, Rial], ...]  # by account, with the sign people expect

ClosingCommand = CloseMonth | AnswerMonth


def month_to_close(first_booked_on: date | None, closed_on: date | None, today: date) -> date | None:
    """Return the last day of the Jalali month that ended last; None where there is nothing to close.

    Months that were left open before it are closed with it.
    """
    last_day = today - timedelta(days=jalali(today)[2])
    if first_booked_on is None or first_booked_on > last_day:
        return None
    return None if closed_on is not None and closed_on >= last_day else last_day


def sides(balances: Balances) -> tuple[Rial, Rial]:
    """Return the sums of both sides of a trial balance, equal: what grows by debits, and all else."""
    debit = sum((amount for account, amount in balances if account.grows_by_debit), Rial(0))
    return debit, sum((amount for _, amount in balances), Rial(0)) - debit
