"""Facts for asking for a reversal."""

from __future__ import annotations

from conversations.talks.reversal import Booked, Facts
from domain.refusals import Refused
from handlers.standing import in_group
from handlers.turn import Turn
from storage import deposits, passbooks
from storage.deposits import DepositRow

MOST_OFFERED = 10


def reversal(turn: Turn, subject: int | None) -> Facts:  # noqa: ARG001 — every opening is called alike
    """The latest confirmed deposits of the group, newest first; only for the board."""
    member, group, offices = in_group(turn)
    if member.person_id not in offices.board:
        raise Refused("not_for_you")
    found = deposits.latest_confirmed(turn.conn, group.id, MOST_OFFERED)
    if not found:
        raise Refused("nothing_to_reverse")
    return Facts(group.name, tuple(_booked(turn, row) for row in found))


def _booked(turn: Turn, row: DepositRow) -> Booked:
    if row.entry_id is None:
        raise LookupError("a confirmed deposit without its entry")
    entry = passbooks.entry_of(turn.conn, row.entry_id)
    name = turn.member(row.membership_id).name or ""
    return Booked(row.entry_id, entry.sequence, name, row.amount, entry.booked_on, row.paid_for)
