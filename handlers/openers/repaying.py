"""Facts for saying what was paid on a loan."""

from __future__ import annotations

from conversations.talks import repay as talk
from domain.ids import LoanId
from domain.refusals import Refused
from handlers import repaying
from handlers.standing import in_group
from handlers.turn import Turn
from storage import loans
from storage.groups import MemberRow
from storage.loans import LoanRow


def repay(turn: Turn, subject: int | None) -> talk.Facts:
    """One loan, or, of whoever takes payments in, all that run in the group that is looked at."""
    if not subject:
        return _taking_in(turn)
    found = loans.loan_by_id(turn.conn, LoanId(subject))
    if found is None or found.state != "running":
        raise Refused("loan_not_running")
    member = turn.member(found.membership_id)
    hers = turn.me in (member.person_id, member.helper_id)
    if not hers and turn.me not in repaying.collectors_of(turn, member):
        raise Refused("not_yours")
    return _facts(turn, [(found, member)], taken_in=not hers)


def _taking_in(turn: Turn) -> talk.Facts:
    _, group, _ = in_group(turn)
    running = [(row, turn.member(row.membership_id)) for row in loans.running_of_group(turn.conn, group.id)]
    mine = [(row, member) for row, member in running if turn.me in repaying.collectors_of(turn, member)]
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
