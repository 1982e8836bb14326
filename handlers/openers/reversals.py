"""Facts for asking for a reversal."""

from __future__ import annotations

from conversations.talks.reversal import Booked, Facts
from domain.ids import GroupId
from domain.refusals import Refused
from handlers.reversing import Source, called
from handlers.standing import in_group
from handlers.turn import Turn
from storage import deposits, loans, moves, passbooks, payouts

MOST_OFFERED = 10  # of each sort


def reversal(turn: Turn, subject: int | None) -> Facts:  # noqa: ARG001 — every opening is called alike
    """What stands in the books of the group and can be reversed, newest first; only for the board."""
    member, group, offices = in_group(turn)
    if member.person_id not in offices.board:
        raise Refused("not_for_you")
    found = {row.entry_id: row for row in _latest(turn, group.id) if row.entry_id is not None}
    if not found:
        raise Refused("nothing_to_reverse")
    placed = passbooks.places_of(turn.conn, tuple(found))
    newest = sorted(placed, key=lambda one: -one.sequence)
    return Facts(group.name, tuple(_booked(turn, found[one.id], one) for one in newest))


def _latest(turn: Turn, group_id: GroupId) -> tuple[Source, ...]:
    """Return the latest of each sort that stand."""
    of = (turn.conn, group_id, MOST_OFFERED)
    paid_out = (row for row in loans.running_of_group(turn.conn, group_id) if not row.from_paper)
    running = sorted(paid_out, key=lambda row: -(row.entry_id or 0))
    return (
        *deposits.latest_confirmed(*of),
        *moves.latest_confirmed(*of),
        *running[:MOST_OFFERED],
        *payouts.latest_received(*of),
    )


def _booked(turn: Turn, row: Source, entry: passbooks.Placed) -> Booked:
    name = (turn.member(row.membership_id).name or "") if row.membership_id else ""
    what, amount = called(row)
    return Booked(entry.id, entry.sequence, name, amount, entry.booked_on, what)
