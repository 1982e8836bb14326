"""What may be lent: the money that is free, what one member may ask and why no more, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import assert_never

from domain.bylaws import LoanPrice
from domain.calendar import add_months, jalali
from domain.ids import GroupId, LoanId, MembershipId
from domain.money import Rial
from domain.posting import Way
from domain.refusals import Refused
from domain.repaying import RepayLoan, Reschedule, WaiveFine, WriteOff

NOTHING = Rial(0)
BOARD_ENOUGH = 2  # of the board, where the bylaws let it decide on loans
WITNESSED_AFTER = 3  # days without the borrower's word on what she received


@dataclass(frozen=True, slots=True)
class Holdings:
    """A group's balances as lending sees them, each with the sign people expect."""

    cash: Rial
    bank: Rial
    bank_loans: Rial  # of money the bank lent, what was not lent on: 202 less 112 where that is positive
    owed: Rial  # surplus payable, payable to leavers, paid in advance
    fund: Rial  # savings, reserve, retained surplus and capital aid


def available_money(held: Holdings, reserved: Rial) -> Rial:
    """Return what may be lent now, in rials; `reserved` is what was promised and is not yet in the books."""
    left = held.cash + held.bank - reserved - held.bank_loans - held.owed
    return max(left, NOTHING)


class Bound(StrEnum):
    """Which rule it is that allows no more."""

    SAVINGS = "savings"  # so many times her own savings
    FUND = "fund"  # so many per cent of the fund
    MONEY = "money"  # what is there


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a member may ask, in rials, and where each limit comes from."""

    savings: Rial
    multiple: int
    fund: Rial
    per_cent: int
    running: Rial  # principal she still owes
    money: Rial  # available in the fund
    unit: Rial  # principal parts are multiples of it

    @property
    def by_savings(self) -> Rial:
        return max(self.savings, NOTHING) * self.multiple

    @property
    def by_fund(self) -> Rial:
        return max(self.fund, NOTHING) * self.per_cent // 100

    @property
    def by_rule(self) -> Rial:
        """What the group's caps leave her, whatever money there is."""
        return max(min(self.by_savings, self.by_fund) - self.running, NOTHING)

    @property
    def most(self) -> Rial:
        """The most she may ask, in whole units."""
        return min(self.by_rule, self.money) // self.unit.rials * self.unit.rials

    @property
    def bound(self) -> Bound:
        if self.money < self.by_rule:
            return Bound.MONEY
        return Bound.SAVINGS if self.by_savings <= self.by_fund else Bound.FUND

    @property
    def offers(self) -> tuple[Rial, ...]:
        """All of it, a half and a quarter, for whoever would rather press than write."""
        parts = (self.most // part // self.unit.rials * self.unit.rials for part in (1, 2, 4))
        return tuple(dict.fromkeys(part for part in parts if part))

    def most_months(self, amount: Rial, allowed: int) -> int:
        """Into how many instalments an amount may be parted: each is at least a unit."""
        return max(min(allowed, amount.rials // self.unit.rials), 1)


@dataclass(frozen=True, slots=True)
class Asker:
    """How a member stands who wants to ask for a loan."""

    price_decided: bool
    leaving: bool
    asked: bool  # another loan of hers waits for a decision or for its money
    arrears: tuple[int, ...]  # rounds that are past due
    allowance: Allowance
    late: int = 0  # days since her oldest unpaid instalment was due
    written_off: bool = False  # something of hers was, and has not been made up for


def refuse_asker(asker: Asker) -> None:
    """Refuse whoever may not ask for any loan now, with the first reason that holds."""
    if not asker.price_decided:
        raise Refused("loan_price_undecided")
    if asker.leaving:
        raise Refused("leaving_borrows_no_more")
    if asker.asked:
        raise Refused("loan_asked_already")
    if asker.arrears:
        raise Refused("loan_while_in_arrears", rounds=asker.arrears)
    if asker.late:
        raise Refused("loan_while_late", days=asker.late)
    if asker.written_off:
        raise Refused("loan_while_written_off")
    if not asker.allowance.most:
        _refuse_all(asker.allowance)


def _refuse_all(allowance: Allowance) -> None:
    match allowance.bound:
        case Bound.MONEY:
            raise Refused("no_money_to_lend")
        case Bound.SAVINGS | Bound.FUND if allowance.running:
            raise Refused("repay_before_asking", running=allowance.running)
        case Bound.SAVINGS | Bound.FUND:
            raise Refused("save_before_asking")
        case _:
            assert_never(allowance.bound)


def refuse_amount(allowance: Allowance, amount: Rial) -> None:
    """Refuse more than she may ask, and less than any loan is."""
    if amount < allowance.unit:
        raise Refused("loan_too_small", back_to="ask_loan.amount", least=allowance.unit)
    if amount > allowance.most:
        raise Refused(f"loan_above_{allowance.bound.value}", back_to="ask_loan.amount", allowance=allowance)


def first_due(received_on: date) -> date:
    """Return the day of the first instalment: one Jalali month after the money was received."""
    return add_months(received_on, 1, jalali(received_on)[2])


def served(principals: Iterable[Rial], money: Rial) -> int:
    """Return for how many at the front of the queue there is money: nobody is overtaken."""
    return sum(needed <= money for needed in accumulate(principals))


@dataclass(frozen=True, slots=True)
class LoanAsked:
    """What a vote on a loan is about; the days follow from the day on which the money is received."""

    loan: LoanId
    principal: Rial
    price: LoanPrice
    months: int
    rounding: Rial


@dataclass(frozen=True, slots=True)
class LoanFirst:
    """What a vote on the order of paying out is about."""

    loan: LoanId


@dataclass(frozen=True, slots=True)
class AskLoan:
    """Ask for a loan under the bylaws of the version that was shown; the borrower agrees to be named."""

    membership: MembershipId
    purpose: str
    amount: Rial
    months: int
    version: int


@dataclass(frozen=True, slots=True)
class AnswerLoan:
    """Agree to a loan or not, as one of the board, where the board decides."""

    loan: LoanId
    revision: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class WithdrawLoan:
    """Want a loan no longer that has not been paid out."""

    loan: LoanId
    revision: int


@dataclass(frozen=True, slots=True)
class PayLoan:
    """The money was handed to the borrower, or sent to her account."""

    loan: LoanId
    revision: int
    way: Way


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    """The borrower has the money: said by her, by who helps her, or by a witness."""

    loan: LoanId
    revision: int


@dataclass(frozen=True, slots=True)
class DenyReceipt:
    """The borrower does not have the money: said by her side, or by who had said that it was paid."""

    loan: LoanId
    revision: int


@dataclass(frozen=True, slots=True)
class PutFirst:
    """Propose that a loan which waits is paid out before all others."""

    group: GroupId
    loan: LoanId


LoanCommand = (
    AskLoan
    | AnswerLoan
    | WithdrawLoan
    | PayLoan
    | ConfirmReceipt
    | DenyReceipt
    | PutFirst
    | RepayLoan
    | WriteOff
    | Reschedule
    | WaiveFine
)
