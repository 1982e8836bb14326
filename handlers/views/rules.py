"""The rules of a group: what holds, its full text, and the ways to propose something else."""

from __future__ import annotations

from domain.calendar import local_day
from domain.ids import GroupId
from domain.proposals import proposable
from domain.refusals import Refused
from handlers.cards.matter import saving_of, text_in_force
from handlers.concerned import leaders_of
from handlers.turn import Press, Rows, Turn
from storage import bylaws, groups
from storage.groups import GroupRow

KIND = "y"
TALKS = ("bylaws", "loan_terms")


def page(turn: Turn, group_id: GroupId) -> None:
    """Say what holds, marked as our proposal where the assembly has not decided."""
    group = _readable(turn, group_id)
    version, rules = bylaws.bylaws_of(turn.conn, group.id)
    turn.say_with(
        "rules.page",
        _rows(turn, group),
        group=group.name,
        version=version,
        day=local_day(bylaws.adopted_at(turn.conn, group.id, version)) if version else None,
        whole=bylaws.decided_whole(turn.conn, group.id),
        saving=saving_of(group),
        rules=rules,
        price=rules.loan_price,
    )


def press(turn: Turn, group_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Show the full text, or name the talk to begin."""
    group = _readable(turn, GroupId(group_id))
    if choice in TALKS:
        return choice
    for one in text_in_force(turn, group):
        turn.say(one.text, None, one.file, **one.facts)
    return None


def _readable(turn: Turn, group_id: GroupId) -> GroupRow:
    """Return a group whose rules this person may read: hers, or one she leads."""
    group = turn.group(group_id)
    if not _belongs(turn, group) and turn.me not in leaders_of(turn, group):
        raise Refused("not_for_you")
    return group


def _belongs(turn: Turn, group: GroupRow) -> bool:
    hers = groups.memberships_of(turn.conn, turn.me)
    return any(member.group_id == group.id and member.state == "admitted" for member in hers)


def _rows(turn: Turn, group: GroupRow) -> Rows:
    rows = [[Press(KIND, group.id, "text", 0, "rules_text")]]
    offices = groups.offices_of(turn.conn, group)
    if proposable(turn.me, offices, belongs=_belongs(turn, group)):
        rows += [[Press(KIND, group.id, talk, 0, f"rules_{talk}")] for talk in TALKS]
    return rows
