"""How many belong to a group: chair and facilitator are told once when they become too many, or too few."""

from __future__ import annotations

from collections.abc import Mapping

from domain.bylaws import Size, size_of
from domain.ids import GroupId
from handlers.turn import Turn
from storage import bylaws, groups


def size_now(turn: Turn, group_id: GroupId, more: int = 0) -> Size:
    """Return how the size of a group is by its rules, or would be with some more."""
    rules = bylaws.bylaws_of(turn.conn, group_id).rules
    return size_of(rules, len(groups.members(turn.conn, group_id)) + more)


def size_facts(turn: Turn, group_id: GroupId) -> Mapping[str, object]:
    """Return how many there are and how many there should be; `whole` where the group decided that itself."""
    adopted = bylaws.bylaws_of(turn.conn, group_id)
    return {
        "count": len(groups.members(turn.conn, group_id)),
        "least": adopted.rules.size_least,
        "most": adopted.rules.size_most,
        "whole": adopted.whole,
    }


def tell_of_size(turn: Turn, group_id: GroupId, was: Size) -> None:
    """Tell who leads that a group has become too large or too small; what it was before is told no more."""
    size = size_now(turn, group_id)
    if size in (was, Size.FITS):
        return
    group = turn.group(group_id)
    chair = groups.offices_of(turn.conn, group).chair
    for person in dict.fromkeys((chair, group.facilitator_id)):
        if person is not None:
            facts = size_facts(turn, group_id)
            turn.tell(person, f"group.{size.value}", (), None, group=group.name, **facts)
