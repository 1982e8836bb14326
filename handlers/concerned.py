"""Those who are told what happens in a group beside whoever it happens to."""

from __future__ import annotations

from domain.ids import PersonId
from handlers.turn import Turn
from storage import groups
from storage.groups import GroupRow, MemberRow


def hand_of(member: MemberRow) -> PersonId:
    """Return who acts for a member: herself, or her helper."""
    return member.helper_id or member.person_id


def leaders_of(turn: Turn, group: GroupRow) -> tuple[PersonId, ...]:
    """Return board and facilitator, each once."""
    offices = groups.offices_of(turn.conn, group)
    return tuple(dict.fromkeys((*offices.board, offices.facilitator)))


def tell_leaders(turn: Turn, group: GroupRow, text: str, **facts: object) -> None:
    """Tell board and facilitator, whoever did it excepted."""
    for person in leaders_of(turn, group):
        if person != turn.me:
            turn.tell(person, text, (), None, group=group.name, **facts)
