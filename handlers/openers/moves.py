"""Facts for writing down what became of the group's money."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.money_move import Facts
from domain.ids import GroupId
from domain.refusals import Refused
from handlers.turn import Turn
from storage import bylaws, groups
from storage.groups import GroupRow


def money_move(turn: Turn, subject: int | None) -> Facts:
    """The group, and its members as payers of an entry fee; `subject` is the group."""
    group = kept_by_me(turn, subject)
    members = tuple(Candidate(m.id, m.name or "") for m in groups.members(turn.conn, group.id))
    return Facts(
        group.id, group.name, group.unit, bylaws.bylaws_of(turn.conn, group.id).rules.entry_fee, members
    )


def kept_by_me(turn: Turn, subject: int | None) -> GroupRow:
    """Return the group whose treasurer this person is; a refusal otherwise."""
    group = turn.group(GroupId(subject or 0))
    if turn.me != groups.offices_of(turn.conn, group).treasurer:
        raise Refused("treasurer_enters")
    return group
