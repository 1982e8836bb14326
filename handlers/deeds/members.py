"""The assembly ended a membership."""

from __future__ import annotations

from functools import partial

from domain import matters
from domain.parting import Expulsion
from domain.votes import Outcome
from handlers.cards import objection
from handlers.deeds.booking import book_resolved
from handlers.parting import Ending, part, pay_rows
from handlers.turn import Press, Turn
from storage.assembly import ProposalRow


def expel(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """End the membership and tell her in private how her money stands; nothing where she left meanwhile."""
    if outcome is not Outcome.ACCEPTED:
        return
    member = turn.member(matters.carried(closed.matter, Expulsion).membership)
    group = turn.group(closed.group_id)
    if member.state != "admitted":
        turn.tell(
            closed.proposed_by, "expel.nothing_done", (), None, group=group.name, name=member.name or ""
        )
        return
    book = partial(book_resolved, turn, closed, "CarryOutExpulsion", [member.person_id])
    parted = part(turn, member, Ending(closed.proposed_by, None, book))
    rows = [[Press(objection.KIND, member.id, "object", 0, "object")], *pay_rows(parted)]
    turn.tell_member(
        member, "expel.told_member", rows, f"expelled:{closed.id}", group=group.name, parted=parted
    )
