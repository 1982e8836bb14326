"""Loans from request to receipt, and which of them run; what was repaid stands in the books."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from domain.ids import EntryId, GroupId, LoanId, MembershipId, NoteId, PersonId, ProposalId
from domain.ledger import Account
from domain.lending import Holdings
from domain.loan_schedule import Instalment, schedule
from domain.loan_terms import LoanTerms, Method, Rate
from domain.money import Rial
from domain.posting import Way
from storage.fixed import holds
from storage.prepared import Prepared, alone, nothing
from storage.schema import balance, board_answer, group, loan
from storage.types import Money, named

UNDECIDED = ("asked", "voting")
RESERVED = ("approved", "paid_out")
BEFORE_RECEIPT = (*UNDECIDED, *RESERVED)
WITHDRAWABLE = (*UNDECIDED, "approved")
UNPAID = ("running", "written_off")
NOTHING = Rial(0)


class LoanRow(NamedTuple):
    """A loan that was asked for, and what became of it."""

    id: LoanId
    group_id: GroupId
    membership_id: MembershipId
    proposal_id: ProposalId | None
    note_id: NoteId | None
    principal: Rial
    method: Method
    rate: Rate
    months: int
    rounding: Rial
    bylaws: int
    state: str
    asked_at: datetime
    asked_by: PersonId
    decided_at: datetime | None
    place: int | None
    paid_by: PersonId | None
    paid_at: datetime | None
    way: Way | None
    first_due: date | None
    received_by: PersonId | None
    received_at: datetime | None
    entry_id: EntryId | None
    due_at: datetime | None
    revision: int
    loss_entry_id: EntryId | None  # by which it was written off

    @property
    def fixed(self) -> LoanTerms:
        """Its terms; LookupError before the money was received, when no day is fixed yet."""
        if self.first_due is None:
            raise LookupError(f"loan {self.id} has no first due day")
        return LoanTerms(self.principal, self.method, self.rate, self.months, self.first_due, self.rounding)

    @property
    def from_paper(self) -> bool:
        """Whether it was brought along from a paper book: it runs, and nobody paid it out here."""
        return self.first_due is not None and self.paid_by is None

    def plan(self) -> tuple[Instalment, ...]:
        """Return its schedule; LookupError before the money was received."""
        return schedule(self.fixed)


class Places(NamedTuple):
    """Where a queue begins and ends."""

    first: int
    last: int


_KINDS = {"method": Method, "way": Way}
COLUMNS = [named(column, _KINDS[column.name]) if column.name in _KINDS else column for column in loan.c]
_ALL = select(*COLUMNS)
_OF_GROUP = _ALL.where(loan.c.group_id == bindparam("group_id"))
_OF_MEMBER = _ALL.where(loan.c.membership_id == bindparam("membership_id"))
_ADD = Prepared(
    insert(loan).returning(*COLUMNS),
    LoanRow,
    (
        "group_id",
        "membership_id",
        "note_id",
        "principal",
        "method",
        "rate",
        "months",
        "rounding",
        "bylaws",
        "state",
        "asked_at",
        "asked_by",
    ),
)
_BY_ID = Prepared(_ALL.where(loan.c.id == bindparam("id")), LoanRow)
_OF_ENTRY = Prepared(_ALL.where(loan.c.entry_id == bindparam("entry_id")), LoanRow)
_GROUP_OF = select(loan.c.group_id).where(loan.c.id == bindparam("id"))
_LOCK = Prepared(
    select(group.c.id).where(group.c.id == _GROUP_OF.scalar_subquery()).with_for_update(), GroupId
)
_BEFORE_RECEIPT = Prepared(_OF_MEMBER.where(holds(loan.c.state, *BEFORE_RECEIPT)), LoanRow)
_OPEN = Prepared(_OF_MEMBER.where(holds(loan.c.state, *BEFORE_RECEIPT, *UNPAID)).order_by(loan.c.id), LoanRow)
_QUEUE = Prepared(_OF_GROUP.where(holds(loan.c.state, *RESERVED)).order_by(loan.c.place, loan.c.id), LoanRow)
_UNDECIDED = Prepared(_OF_GROUP.where(holds(loan.c.state, *UNDECIDED)).order_by(loan.c.id), LoanRow)
_RUNNING = Prepared(_OF_GROUP.where(holds(loan.c.state, "running")).order_by(loan.c.id), LoanRow)
_LOST = Prepared(_OF_GROUP.where(holds(loan.c.state, "written_off")).order_by(loan.c.id), LoanRow)
_PLACES = Prepared(
    select(func.coalesce(func.min(loan.c.place), 0), func.coalesce(func.max(loan.c.place), 0)).where(
        loan.c.group_id == bindparam("group_id"), holds(loan.c.state, *RESERVED)
    ),
    Places,
)
_MOVE_TO = Prepared(
    update(loan)
    .where(loan.c.id == bindparam("loan_id"))
    .values(place=bindparam("new_place"), due_at=bindparam("new_due_at")),
    nothing,
)
_OWED: Prepared[Rial] = Prepared(
    select(func.coalesce(func.sum(balance.c.amount), 0, type_=Money))
    .select_from(loan)
    .join(
        balance,
        (balance.c.group_id == loan.c.group_id)
        & (balance.c.account == Account.INTERNAL_LOANS.value)
        & (balance.c.holder == loan.c.id),
    )
    .where(loan.c.membership_id == bindparam("membership_id"), holds(loan.c.state, "running")),
    alone,
)
_DUE = Prepared(
    select(loan.c.id)
    .where(loan.c.due_at <= bindparam("now"), loan.c.due_at.is_not(None))
    .order_by(loan.c.due_at, loan.c.id)
    .limit(bindparam("most")),
    LoanId,
)
_LOOK_AT = Prepared(
    update(loan).where(loan.c.id == bindparam("loan_id")).values(due_at=bindparam("new_due_at")), nothing
)
_ANSWERS = Prepared(
    select(board_answer.c.person_id, board_answer.c.agreed).where(
        board_answer.c.loan_id == bindparam("loan_id")
    ),
    lambda person, agreed: (person, agreed),
)
_BALANCES = Prepared(
    select(balance.c.account, balance.c.holder, balance.c.amount).where(
        balance.c.group_id == bindparam("group_id")
    ),
    lambda account, holder, amount: (Account(account), holder, amount),
)


def add_loan(conn: Connection, **values: object) -> LoanRow:
    """Store what is asked for."""
    return _ADD.one(conn, **values)


def loan_by_id(conn: Connection, loan_id: LoanId) -> LoanRow | None:
    """Return a loan, None where there is none of that id."""
    return _BY_ID.first(conn, id=loan_id)


def locked_loan(conn: Connection, loan_id: LoanId) -> LoanRow | None:
    """Return a loan, its group locked against other decisions until the unit ends."""
    if conn.dialect.name == "postgresql":
        _LOCK.first(conn, id=loan_id)
    return _BY_ID.first(conn, id=loan_id)


def loan_of_entry(conn: Connection, entry_id: EntryId) -> LoanRow | None:
    """Return the loan that an entry paid out."""
    return _OF_ENTRY.first(conn, entry_id=entry_id)


def loan_before_receipt(conn: Connection, membership_id: MembershipId) -> LoanRow | None:
    """Return the one loan of a member's that waits for a decision or for its money."""
    return _BEFORE_RECEIPT.first(conn, membership_id=membership_id)


def open_loans_of(conn: Connection, membership_id: MembershipId) -> tuple[LoanRow, ...]:
    """Return a member's loans that are not over, oldest first."""
    return tuple(_OPEN.all(conn, membership_id=membership_id))


def queue_of_group(conn: Connection, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return what was approved and is not in the books yet, in the order of paying out."""
    return tuple(_QUEUE.all(conn, group_id=group_id))


def undecided_of_group(conn: Connection, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return what is asked for and not decided, oldest first."""
    return tuple(_UNDECIDED.all(conn, group_id=group_id))


def running_of_group(conn: Connection, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return the loans that are being repaid, oldest first."""
    return tuple(_RUNNING.all(conn, group_id=group_id))


def lost_of_group(conn: Connection, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return the loans that were written off and not made up for, oldest first."""
    return tuple(_LOST.all(conn, group_id=group_id))


def loans_due(conn: Connection, now: datetime, most: int) -> tuple[LoanId, ...]:
    """Return loans that are to be looked at by now."""
    return tuple(_DUE.all(conn, now=now, most=most))


def places_of(conn: Connection, group_id: GroupId) -> Places:
    """Return the first and the last place of the queue, 0 where nobody stands in it."""
    return _PLACES.one(conn, group_id=group_id)


def move_to(conn: Connection, loan_id: LoanId, place: int, at: datetime) -> None:
    """Give a loan another place in the queue, to be looked at then; its buttons stay good."""
    _MOVE_TO.run(conn, loan_id=loan_id, new_place=place, new_due_at=at)


def owed_by_member(conn: Connection, membership_id: MembershipId) -> Rial:
    """Return the principal a member still owes on all her running loans."""
    return _OWED.one(conn, membership_id=membership_id)


def holdings_of(conn: Connection, group_id: GroupId) -> Holdings:
    """Return what lending looks at in a group's books."""
    sums: dict[Account, Rial] = {}
    bank_loans: dict[int, Rial] = {}
    for account, holder, amount in _BALANCES.all(conn, group_id=group_id):
        sums[account] = sums.get(account, NOTHING) + account.natural(amount)
        if account in (Account.BANK_LOANS, Account.ON_LENT_BANK_MONEY):
            bank_loans[holder] = bank_loans.get(holder, NOTHING) - amount

    def total(*accounts: Account) -> Rial:
        return sum((sums.get(account, NOTHING) for account in accounts), NOTHING)

    return Holdings(
        cash=total(Account.CASH),
        bank=total(Account.BANK),
        bank_loans=sum((max(left, NOTHING) for left in bank_loans.values()), NOTHING),
        owed=total(Account.SURPLUS_PAYABLE, Account.PAYABLE_TO_LEAVERS, Account.PAID_IN_ADVANCE),
        fund=total(Account.SAVINGS, Account.RESERVE, Account.RETAINED_SURPLUS, Account.CAPITAL_AID),
    )


def answers_of(conn: Connection, loan_id: LoanId) -> dict[PersonId, bool]:
    """Return who of the board has said what to a loan."""
    return dict(_ANSWERS.all(conn, loan_id=loan_id))


def answer(conn: Connection, loan_id: LoanId, person_id: PersonId, at: datetime, *, agreed: bool) -> None:
    """Note what one of the board says, once."""
    said = {"loan_id": loan_id, "person_id": person_id, "agreed": agreed, "answered_at": at}
    conn.execute(insert(board_answer).values(**said))


def update_loan(conn: Connection, found: LoanRow, **values: object) -> LoanRow:
    """Change a loan and return it changed; every change makes its older buttons old."""
    new = {f"new_{name}": value for name, value in values.items()}
    return _changing(*values).one(conn, loan_id=found.id, **new)


def look_at(conn: Connection, loan_id: LoanId, at: datetime | None) -> None:
    """Remember when a loan is to be looked at; its buttons stay good."""
    _LOOK_AT.run(conn, loan_id=loan_id, new_due_at=at)


def hand_over(conn: Connection, going: MembershipId, staying: MembershipId) -> None:
    """Give the loans of a membership to another of the same person's."""
    moved = update(loan).where(loan.c.membership_id == going)
    conn.execute(moved.values(membership_id=staying))


@cache
def _changing(*names: str) -> Prepared[LoanRow]:
    """Return the statement that changes these columns."""
    new: dict[str, object] = {name: bindparam(f"new_{name}") for name in names}
    changed = update(loan).where(loan.c.id == bindparam("loan_id"))
    return Prepared(changed.values(revision=loan.c.revision + 1, **new).returning(*COLUMNS), LoanRow)
