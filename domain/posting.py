"""Posting rules: which accounts an event touches. Each returns lines that sum to zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.ids import LoanId, MembershipId, PersonId
from domain.ledger import COUNTABLE, Account, Kind, Line
from domain.loan_account import Split
from domain.money import Rial

NOTHING = Rial(0)
SAVING, LOAN = "saving", "loan"  # the purposes of money paid in advance


class Way(StrEnum):
    """How money changes hands."""

    CASH = "cash"
    TRANSFER = "transfer"
    SAVINGS = "savings"  # a loan is set off: no money moves, its borrower has less saved

    @property
    def account(self) -> Account:
        return {Way.CASH: Account.CASH, Way.TRANSFER: Account.BANK, Way.SAVINGS: Account.SAVINGS}[self]


class PaidFor(StrEnum):
    """What a member's payment is for."""

    SAVING = "saving"
    LOAN = "loan"


class MoveKind(StrEnum):
    """What becomes of the group's money beside savings and loans."""

    BANKED = "banked"  # cash carried to the bank
    DRAWN = "drawn"  # cash fetched from the bank
    BANK_CHARGE = "bank_charge"
    BANK_PROFIT = "bank_profit"
    RUNNING_COST = "running_cost"
    ENTRY_FEE = "entry_fee"
    LATE_FINE = "late_fine"  # of a member who saved late, where the bylaws ask for one
    HANDED_OVER = "handed_over"  # cash somebody kept while there was no treasurer
    CASH_SHORT = "cash_short"  # less was counted than the books say
    CASH_OVER = "cash_over"

    @property
    def either_way(self) -> bool:
        """Whether it may be cash as well as the account."""
        return None in _MOVED[self]


OF_A_MEMBER = (MoveKind.ENTRY_FEE, MoveKind.LATE_FINE)  # paid by one, and confirmed by her
DIFFERENCES = (MoveKind.CASH_SHORT, MoveKind.CASH_OVER)  # found by counting, never entered as such
APART = (*DIFFERENCES, MoveKind.HANDED_OVER)  # not among what the treasurer writes down
# What a move debits and what it credits; None is cash or bank, by the way it was paid.
_MOVED: Mapping[MoveKind, tuple[Account | None, Account | None]] = {
    MoveKind.BANKED: (Account.BANK, Account.CASH),
    MoveKind.DRAWN: (Account.CASH, Account.BANK),
    MoveKind.BANK_CHARGE: (Account.BANK_CHARGES, Account.BANK),
    MoveKind.BANK_PROFIT: (Account.BANK, Account.BANK_PROFIT),
    MoveKind.RUNNING_COST: (Account.RUNNING_COSTS, None),
    MoveKind.ENTRY_FEE: (None, Account.OTHER_INCOME),
    MoveKind.LATE_FINE: (None, Account.FINES),
    MoveKind.HANDED_OVER: (Account.CASH, Account.IN_TRANSIT),
    MoveKind.CASH_SHORT: (Account.RUNNING_COSTS, Account.CASH),
    MoveKind.CASH_OVER: (Account.CASH, Account.OTHER_INCOME),
}


class Owed(StrEnum):
    """What the group pays to a member because it owes her."""

    SURPLUS = "surplus"  # her share of it
    LEAVING = "leaving"  # all that was hers, as she goes

    @property
    def account(self) -> Account:
        return Account.SURPLUS_PAYABLE if self is Owed.SURPLUS else Account.PAYABLE_TO_LEAVERS


@dataclass(frozen=True, slots=True)
class OpenLine:
    """What a member still owes an opened round."""

    round_number: int
    remaining: Rial


@dataclass(frozen=True, slots=True)
class Allocation:
    """How a deposit spreads over rounds; what is left is an advance, or saved beyond the equal share."""

    parts: tuple[tuple[int, Rial], ...]
    advance: Rial
    voluntary: Rial = NOTHING


def allocate(
    amount: Rial, chosen: int, open_lines: Sequence[OpenLine], *, voluntary: bool = False
) -> Allocation:
    """Fill the chosen round first, then the other unpaid ones from the oldest.

    The rest is an advance, or saving as well where the bylaws allow `voluntary` saving.
    """
    parts: list[tuple[int, Rial]] = []
    for line in sorted(open_lines, key=lambda line: (line.round_number != chosen, line.round_number)):
        part = Rial(min(amount.rials, line.remaining.rials))
        if part.rials > 0:
            parts.append((line.round_number, part))
            amount -= part
    return Allocation(tuple(parts), NOTHING, amount) if voluntary else Allocation(tuple(parts), amount)


def saving_confirmed(
    way: Way, membership: MembershipId, allocation: Allocation, keeper: PersonId | None = None
) -> tuple[Line, ...]:
    """What came in against the member's savings round by round, what is beyond them, and her advance."""
    total = sum((part for _, part in allocation.parts), allocation.advance + allocation.voluntary)
    savings = tuple(
        Line(Account.SAVINGS, -part, membership, round_number=number) for number, part in allocation.parts
    )
    if allocation.voluntary:
        savings += (Line(Account.SAVINGS, -allocation.voluntary, membership),)
    advance = (
        (Line(Account.PAID_IN_ADVANCE, -allocation.advance, membership, SAVING),)
        if allocation.advance
        else ()
    )
    return (_came_in(way, total, keeper=keeper), *savings, *advance)


def advance_used(membership: MembershipId, round_number: int, amount: Rial) -> tuple[Line, ...]:
    """An advance becomes saving when its round opens."""
    return (
        Line(Account.PAID_IN_ADVANCE, amount, membership, SAVING),
        Line(Account.SAVINGS, -amount, membership, round_number=round_number),
    )


def loan_paid_out(way: Way, loan: LoanId, principal: Rial) -> tuple[Line, ...]:
    """What the borrower owes now, against the cash or the bank it was paid from."""
    return (Line(Account.INTERNAL_LOANS, principal, loan), Line(way.account, -principal))


def money_moved(
    kind: MoveKind,
    way: Way | None,
    amount: Rial,
    payer: MembershipId | None = None,
    keeper: PersonId | None = None,
) -> tuple[Line, Line]:
    """What a move debits and credits: of a payer's savings where it is set off, of who keeps or kept cash.

    ValueError where either way is possible and none is named, or savings and what is kept are nobody's.
    """
    match _MOVED[kind], way:
        case (None, Account() as credit), Way():
            return _came_in(way, amount, payer or 0, keeper), Line(credit, -amount)
        case (Account() as debit, None), Way():
            return Line(debit, amount), Line(way.account, -amount)
        case (Account() as debit, Account() as credit), _:
            return Line(debit, amount), Line(credit, -amount, keeper or 0)
        case _:
            raise ValueError(f"cash or account is not said for {kind}")


def _came_in(way: Way, amount: Rial, payer: int = 0, keeper: PersonId | None = None) -> Line:
    """Where a payment lies: in the box, in the bank, with who keeps it; or a payer has less saved."""
    if way is Way.CASH and keeper is not None:
        return Line(Account.IN_TRANSIT, amount, keeper)
    return Line(way.account, amount, payer if way is Way.SAVINGS else 0)


def taken_from(lines: Iterable[Line]) -> Line | None:
    """Where the money lay that an event takes out of cash, bank or what is kept; None where it takes none."""
    return next((line for line in lines if line.account in COUNTABLE and line.amount.rials < 0), None)


def year_closed(kind: Kind, sums: Iterable[tuple[Account, Rial]]) -> tuple[Line, ...]:
    """Income or costs of a year go into the retained surplus; no lines where there were none."""
    emptied = [
        (account, -account.natural(amount)) for account, amount in sums if account.kind is kind and amount
    ]
    total = sum((amount for _, amount in emptied), Rial(0))
    kept = (Line(Account.RETAINED_SURPLUS, -total),) if total else ()
    return (*(Line(account, amount) for account, amount in emptied), *kept)


def reserve_kept(amount: Rial) -> tuple[Line, Line]:
    """A part of the year's result becomes reserve."""
    return Line(Account.RETAINED_SURPLUS, amount), Line(Account.RESERVE, -amount)


def instalment_paid(
    way: Way, loan: LoanId, membership: MembershipId, split: Split, keeper: PersonId | None = None
) -> tuple[Line, ...]:
    """What came in, or savings, against principal, fee, fines, what was written off, and what is beyond."""
    parts = split.parts
    used = (
        (Account.INTERNAL_LOANS, parts.principal, loan, ""),
        (Account.LOAN_INCOME, parts.fee, 0, ""),
        (Account.FINES, parts.fine, 0, ""),
        (Account.RECOVERIES, parts.recovered, 0, ""),
        (Account.PAID_IN_ADVANCE, split.beyond, membership, LOAN),
    )
    lines = tuple(Line(account, -part, holder, purpose) for account, part, holder, purpose in used if part)
    return (_came_in(way, parts.total + split.beyond, membership, keeper), *lines)


def loan_written_off(loan: LoanId, principal: Rial) -> tuple[Line, Line]:
    """What is owed on a loan is lost."""
    return Line(Account.LOAN_LOSSES, principal), Line(Account.INTERNAL_LOANS, -principal, loan)


def surplus_shared(shares: Mapping[MembershipId, Rial]) -> tuple[Line, ...]:
    """What was retained is owed to members; no lines where nobody gets anything."""
    owed = tuple(Line(Account.SURPLUS_PAYABLE, -share, holder) for holder, share in shares.items() if share)
    total = sum(shares.values(), Rial(0))
    return (Line(Account.RETAINED_SURPLUS, total), *owed) if owed else ()


def surplus_saved(shares: Mapping[MembershipId, Rial]) -> tuple[Line, ...]:
    """Members leave their shares in the fund as savings."""
    parts = [(holder, share) for holder, share in shares.items() if share]
    owed = tuple(Line(Account.SURPLUS_PAYABLE, share, holder) for holder, share in parts)
    return (*owed, *(Line(Account.SAVINGS, -share, holder) for holder, share in parts))


def gathered(membership: MembershipId, held: Iterable[tuple[Account, str, Rial]]) -> tuple[Line, ...]:
    """All that is hers counts as saved, so that it can be set off; no lines where she holds only savings."""
    kept = (Account.SAVINGS, Account.PAYABLE_TO_LEAVERS)
    more = [one for one in held if one[0] not in kept and one[2]]
    total = sum((amount for _, _, amount in more), Rial(0))
    saved = (Line(Account.SAVINGS, -total, membership),) if total else ()
    return (*(Line(account, amount, membership, purpose) for account, purpose, amount in more), *saved)


def leaver_settled(membership: MembershipId, held: Iterable[tuple[Account, str, Rial]]) -> tuple[Line, ...]:
    """All that is hers becomes payable to her as she leaves; no lines where that was done already."""
    hers = [one for one in held if one[0] is not Account.PAYABLE_TO_LEAVERS and one[2]]
    total = sum((amount for _, _, amount in hers), Rial(0))
    payable = (Line(Account.PAYABLE_TO_LEAVERS, -total, membership),) if total else ()
    return (*(Line(account, amount, membership, purpose) for account, purpose, amount in hers), *payable)


def owed_paid(kind: Owed, way: Way, membership: MembershipId, amount: Rial) -> tuple[Line, Line]:
    """What the group owed a member was paid in cash or from the bank."""
    return Line(kind.account, amount, membership), Line(way.account, -amount)


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The exact opposite."""
    return tuple(
        Line(line.account, -line.amount, line.holder, line.purpose, line.round_number) for line in lines
    )
