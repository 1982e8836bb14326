"""A membership ends without its member's doing: what she owes is set off, what is left waits to be paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.ids import PersonId
from domain.ledger import Account, Booking, Line
from domain.money import Rial
from domain.moves import LateFine
from domain.posting import gathered, leaver_settled
from handlers import keeping, leaving, setting_off
from handlers.handover import handing_over
from handlers.leaving import Held
from handlers.turn import Press, Rows, Turn
from handlers.views import repayments
from handlers.withdrawing import withdraw_loan
from storage import fines, groups, loans
from storage.entries import Booked
from storage.groups import GroupRow, MemberRow
from storage.loans import LoanRow

NOTHING, PAYABLE = Rial(0), Account.PAYABLE_TO_LEAVERS
Book = Callable[[Sequence[Booking]], tuple[Booked, ...]]


@dataclass(frozen=True, slots=True)
class Ending:
    """Who said that a membership ends, who confirmed it, and how it is booked."""

    said_by: PersonId
    confirmed_by: PersonId | None  # None where the assembly decided
    book: Book


@dataclass(frozen=True, slots=True)
class Parted:
    """What became of the money of who is no member any more, in rials."""

    hers: Rial
    set_off: Rial
    rest: Rial  # waits to be paid
    unpaid: tuple[LoanRow, ...]  # loans that she still owes
    debt: Rial
    kept: Rial  # of the group's cash, under her name


def pay_rows(parted: Parted) -> Rows:
    """Return a button for each loan that she still owes."""
    return [[Press(repayments.KIND, row.id, "pay", 0, "pay_instalment")] for row in parted.unpaid]


def part(turn: Turn, member: MemberRow, ending: Ending) -> Parted:
    """End offices, requests and membership; settle what she owes as far as her savings go; the rest waits."""
    group, hers = turn.group(member.group_id), leaving.settlement_of(turn, member).hers
    fined = fines.fines_of(turn.conn, group.id, member.id)
    waiting = loans.loan_before_receipt(turn.conn, member.id)
    if waiting is not None and waiting.state in loans.WITHDRAWABLE:
        withdraw_loan(turn, waiting)
        waiting = None
    with handing_over(turn, group):
        groups.end_terms(turn.conn, turn.now, membership_id=member.id)
    _serve_whom_she_helped(turn, group, member)
    leaving.depart(turn, member)
    member = turn.member(member.id)
    set_off = NOTHING if waiting else _settle(turn, member, fined, ending)
    leaving.put_before_payer(turn, member, sets_off=True)
    owing, left = setting_off.debts_of(turn, member), leaving.settlement_of(turn, member)
    kept = keeping.kept_by(turn, group.id, member.person_id)
    return Parted(hers, set_off, left.total, tuple(row for row, _ in owing), left.debt, kept)


def _settle(turn: Turn, member: MemberRow, fined: Sequence[LateFine], ending: Ending) -> Rial:
    """Book what is set off, and what is payable to her then; return what was set off."""
    held = _free(turn, member)
    saved = sum((amount for account, _, amount in held if account is not PAYABLE), NOTHING)
    made = setting_off.prepared(turn, member, saved, fined, ending.said_by)
    set_off = setting_off.total_of(made)
    before = gathered(member.id, held) if made else ()
    after = leaver_settled(member.id, [(Account.SAVINGS, "", saved - set_off)] if made else held)
    leaving.drop_shares(turn, member)
    bookings = [
        *_booking(turn, "leaver_gathered", before),
        *(one.booking for one in made),
        *_booking(turn, "leaver_settled", after),
    ]
    booked = ending.book(bookings) if bookings else ()
    at = 1 if before else 0
    setting_off.noted(turn, member, made, booked[at:], ending.confirmed_by)
    return set_off


def _free(turn: Turn, member: MemberRow) -> Held:
    """Return what stands in the books for her, but for a share of the surplus that was handed to her."""
    given = leaving.on_its_way(turn, member)
    held = leaving.held_by(turn, member)
    return tuple((a, p, amount - given if a is Account.SURPLUS_PAYABLE else amount) for a, p, amount in held)


def _booking(turn: Turn, kind: str, lines: tuple[Line, ...]) -> list[Booking]:
    return [Booking(kind, turn.today, lines)] if lines else []


def _serve_whom_she_helped(turn: Turn, group: GroupRow, member: MemberRow) -> None:
    """Members without a phone whom she helped are helped by an officer from now on."""
    board = groups.offices_of(turn.conn, group).board
    helped = [one for one in groups.served_by(turn.conn, member.person_id) if one.group_id == group.id]
    for one in helped if board else ():
        groups.update_membership(turn.conn, one.id, helper_id=board[0])
        turn.tell(board[0], "add_member.you_help", group=group.name, name=one.name or "")
