"""Cash that was taken in while there was no treasurer, and stands under a name until she has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.ids import GroupId, PersonId
from domain.money import Rial
from domain.offices import Offices, keeper_of
from domain.posting import Way
from handlers.turn import Press, Turn
from storage import groups, kept, people
from storage.groups import GroupRow

KIND = "ho"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Cash under the name of `holder`; the `keeper` is the person that is today: records get joined."""

    holder: PersonId
    keeper: PersonId
    amount: Rial


def keeper_for(
    turn: Turn, group_id: GroupId, way: Way | None, taker: PersonId, parties: frozenset[PersonId]
) -> PersonId | None:
    """Return under whose name what was paid in stands; None where it is in the box, the bank or savings."""
    if way is not Way.CASH:
        return None
    return keeper_of(taker, groups.offices_of(turn.conn, turn.group(group_id)), parties)


def kept_in(turn: Turn, group_id: GroupId) -> tuple[Keeping, ...]:
    """Return the cash of a group that the treasurer does not have yet."""
    return tuple(
        Keeping(holder, people.owner_of(turn.conn, holder), amount)
        for holder, amount in kept.kept_in(turn.conn, group_id)
    )


def kept_by(turn: Turn, group_id: GroupId, person: PersonId) -> Rial:
    """Return how much of a group's cash a person keeps."""
    return sum((one.amount for one in kept_in(turn, group_id) if one.keeper == person), Rial(0))


def is_here(turn: Turn, person: PersonId, group_id: GroupId, offices: Offices) -> bool:
    """Tell whether somebody who keeps cash can still be asked: a member, or the facilitator."""
    hers = groups.memberships_of(turn.conn, person)
    return person == offices.facilitator or any(
        one.group_id == group_id and one.state == "admitted" for one in hers
    )


def rows_for(
    person: PersonId, group: GroupRow, kept: Sequence[Keeping], offices: Offices
) -> list[list[Press]]:
    """Return the button of whoever keeps cash, and of the treasurer where anybody does."""
    hands = {one.keeper for one in kept}
    if not hands or person not in {*hands, offices.treasurer}:
        return []
    return [[Press(KIND, group.id, "hand_over", 0, "hand_over")]]
