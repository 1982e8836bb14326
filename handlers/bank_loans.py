"""Once all who are to receive a share of a bank loan have agreed, the assembly votes on it."""

from __future__ import annotations

from domain.votes import Vote
from handlers.cards import bank_share
from handlers.turn import Turn
from storage import assembly
from storage.assembly import ProposalRow


def all_agree(turn: Turn, closed: ProposalRow) -> bool:
    """Tell whether it is put to the vote now that the asking is over; if not, the proposer is told why."""
    bank_share.redraw(turn, closed)
    ballots = {one.membership_id: one for one in assembly.ballots_of(turn.conn, closed.id)}
    receivers = [turn.member(one.membership) for one in bank_share.sharing_of(closed).shares]
    said = {one.id: ballots[one.id].vote if one.id in ballots else None for one in receivers}
    if all(said[one.id] is Vote.YES and one.state == "admitted" for one in receivers):
        return True
    declined = [one.name or "" for one in receivers if said[one.id] is Vote.NO]
    silent = [one.name or "" for one in receivers if said[one.id] is None]
    gone = [one.name or "" for one in receivers if said[one.id] is Vote.YES and one.state != "admitted"]
    facts = {"declined": declined, "silent": silent, "gone": gone}
    group = turn.group(closed.group_id).name
    turn.tell(closed.proposed_by, "share_bank_loan.not_put", (), None, group=group, **facts)
    return False
