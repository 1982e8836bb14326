"""Facts for saying what was paid on a loan, and for proposing what the assembly decides about one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from conversations.talks import repay as talk
from conversations.talks import reschedule as rescheduling
from conversations.talks import waive_fine as waiving
from conversations.talks import write_off as writing_off
from domain import matters
from domain.calendar import add_months, jalali, local_day
from domain.ids import GroupId, LoanId
from domain.loan_terms import MONTHS_OF_A_YEAR
from domain.matters import Matter
from domain.money import Rial
from domain.moves import LateFinesWaived
from domain.refusals import Refused
from domain.repaying import FineWaived, LoanLost, LoanRescheduled, Waived
from domain.votes import closes_at
from handlers import repaying
from handlers.openers.assembly import open_kinds
from handlers.standing import in_group, own_member
from handlers.turn import Turn
from storage import assembly, bylaws, fines, groups, loans
from storage.groups import GroupRow, MemberRow
from storage.loans import LoanRow

M = TypeVar("M", bound=Matter)


def repay(turn: Turn, subject: int | None) -> talk.Facts:
    """One loan, or, of whoever takes payments in, all that are unpaid in the group that is looked at."""
    if not subject:
        return _taking_in(turn)
    found = loans.loan_by_id(turn.conn, LoanId(subject))
    if found is None or found.state not in loans.UNPAID:
        raise Refused("loan_not_running")
    member = turn.member(found.membership_id)
    hers = turn.me in (member.person_id, member.helper_id)
    if not hers and turn.me not in repaying.collectors_of(turn, member):
        raise Refused("not_yours")
    return _facts(turn, [(found, member)], taken_in=not hers)


def write_off(turn: Turn, subject: int | None) -> writing_off.Facts:
    """The loans that run and are not one's own, nor voted on already; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    others = _of_others(turn, group, LoanLost)
    if not others:
        raise Refused("no_loan_to_write_off")
    owed = (
        writing_off.Owing(LoanLost(row.id, repaying.account_of(turn, row).principal), member.name or "")
        for row, member in others
    )
    return writing_off.Facts(group.id, group.name, tuple(owed))


def waive_fine(turn: Turn, subject: int | None) -> waiving.Facts:
    """The open fines that are not one's own, nor voted on already; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    of_loans = (
        _fined(FineWaived(row.id, repaying.account_of(turn, row).fines(turn.today)), member)
        for row, member in _of_others(turn, group, FineWaived)
    )
    fined = (*(one for one in of_loans if one.waived.fine), *_saved_late(turn, group))
    if not fined:
        raise Refused("no_fine_to_waive")
    return waiving.Facts(group.id, group.name, fined)


def _saved_late(turn: Turn, group: GroupRow) -> Iterator[waiving.Fined]:
    """What others owe for saving late, each member's together."""
    owed = fines.fines_in(turn.conn, group.id)
    voted = {vote.membership for vote in _voted_on(turn, group.id, LateFinesWaived)}
    for member in groups.members(turn.conn, group.id) if owed else ():
        hers = [fine for fine in owed if fine.membership == member.id]
        if hers and member.id not in voted and turn.me not in turn.parties(member):
            total = sum((fine.amount for fine in hers), Rial(0))
            yield _fined(LateFinesWaived(member.id, tuple(fine.round_number for fine in hers), total), member)


def _fined(waived: Waived, member: MemberRow) -> waiving.Fined:
    return waiving.Fined(waived, member.id, member.name or "")


def _of_others(
    turn: Turn, group: GroupRow, about: type[LoanLost | FineWaived]
) -> list[tuple[LoanRow, MemberRow]]:
    """The loans that run on which one of the board may have the assembly vote so."""
    if turn.me not in groups.offices_of(turn.conn, group).board:
        raise Refused("not_for_you")
    open_kinds(turn, group)
    voted = {vote.loan for vote in _voted_on(turn, group.id, about)}
    rows = [row for row in loans.running_of_group(turn.conn, group.id) if row.id not in voted]
    members = [(row, turn.member(row.membership_id)) for row in rows]
    return [(row, member) for row, member in members if turn.me not in turn.parties(member)]


def reschedule(turn: Turn, subject: int | None) -> rescheduling.Facts:
    """Her own loan that runs, or that of a member she helps, and until when a vote on it can last."""
    found = repaying.loan_of(turn, LoanId(subject or 0))
    member, group = own_member(turn, found.membership_id), turn.group(found.group_id)
    account = repaying.account_of(turn, found) if found.state == "running" else None
    if account is None or not account.principal:
        raise Refused("nothing_to_reschedule")
    if any(vote.loan == found.id for vote in _voted_on(turn, group.id, LoanRescheduled)):
        raise Refused("rescheduling_is_open")
    open_kinds(turn, group)
    rules, today = bylaws.bylaws_of(turn.conn, group.id).rules, turn.today
    units = account.principal.rials // found.rounding.rials
    return rescheduling.Facts(
        subject=found.id,
        group=group.name,
        name=member.name or "",
        helped=member.person_id != turn.me,
        account=account,
        most_months=max(min(rules.loan_most_instalments, units), 1),
        today=today,
        least=local_day(closes_at(closes_at(turn.now, rules.voting.days), rules.voting.days)),
        most=add_months(today, MONTHS_OF_A_YEAR, jalali(today)[2]),
    )


def _voted_on(turn: Turn, group_id: GroupId, about: type[M]) -> list[M]:
    """What the open votes of this sort are about."""
    running = assembly.open_proposals(turn.conn, group_id)
    carried = (matters.read(one.matter) for one in running if one.matter)
    return [matter for matter in carried if isinstance(matter, about)]


def _taking_in(turn: Turn) -> talk.Facts:
    _, group, _ = in_group(turn)
    unpaid = (*loans.running_of_group(turn.conn, group.id), *loans.lost_of_group(turn.conn, group.id))
    members = [(row, turn.member(row.membership_id)) for row in unpaid]
    mine = [(row, member) for row, member in members if turn.me in repaying.collectors_of(turn, member)]
    if not mine:
        raise Refused("no_loan_to_take_in")
    return _facts(turn, mine, taken_in=True)


def _facts(turn: Turn, running: list[tuple[LoanRow, MemberRow]], *, taken_in: bool) -> talk.Facts:
    group = turn.group(running[0][0].group_id)
    chosen = tuple(
        talk.Running(row.id, member.name or "", repaying.account_of(turn, row)) for row, member in running
    )
    subject = None if len(chosen) > 1 else chosen[0].loan
    return talk.Facts(group.name, group.unit, turn.today, chosen, taken_in, subject)
