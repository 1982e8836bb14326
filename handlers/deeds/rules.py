"""The assembly gave its group other rules, or agreed on other savings."""

from __future__ import annotations

from domain import matters
from domain.agreements import Document
from domain.bylaws import Bylaws, GroupRules, LoanRules, SavingsAgreement, amended
from domain.calendar import GRACE_DAYS
from domain.votes import Outcome
from handlers.cards.acceptance import ask_all
from handlers.sizes import size_now, tell_of_size
from handlers.turn import Turn
from storage import agreements, bylaws, groups, rounds
from storage.assembly import ProposalRow


def adopt(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Enter the next version, and ask every member to accept it."""
    if outcome is not Outcome.ACCEPTED or closed.matter is None:
        return
    was = size_now(turn, closed.group_id)
    document = _enter(turn, closed, matters.rules_of(closed.matter))
    turn.groups.pop(closed.group_id, None)
    tell_of_size(turn, closed.group_id, was)
    ask_all(turn, turn.group(closed.group_id), document, groups.members(turn.conn, closed.group_id))


def _enter(turn: Turn, closed: ProposalRow, matter: GroupRules) -> Document:
    match matter:
        case SavingsAgreement():
            _agree(turn, closed, matter)
            return Document.SAVINGS
        case Bylaws() | LoanRules():
            now = bylaws.bylaws_of(turn.conn, closed.group_id).rules
            bylaws.adopt(turn.conn, closed.group_id, amended(now, matter), closed.id, turn.now)
            return Document.BYLAWS


def _agree(turn: Turn, closed: ProposalRow, agreed: SavingsAgreement) -> None:
    """From the next round on; where the rhythm changes, rounds are counted anew from the day it opens."""
    agreements.agree(turn.conn, closed.group_id, agreed, closed.id, turn.now)
    group, latest = turn.group(closed.group_id), rounds.latest_round(turn.conn, closed.group_id)
    values: dict[str, object] = {"saving": agreed.amount}
    if agreed.rhythm is not group.rhythm:
        values |= {"rhythm": agreed.rhythm.value, "grace_days": GRACE_DAYS[agreed.rhythm]}
        values |= {
            "first_saving_on": group.next_round_on or group.first_saving_on,
            "first_number": latest.number + 1 if latest else 1,
        }
    groups.save_as_agreed(turn.conn, closed.group_id, **values)
