"""A group's page for those who lead it: members by name, offices, who waits. No money but what one keeps."""

from __future__ import annotations

from collections.abc import Mapping

from domain.bylaws import Size
from domain.offices import BOARD, Office
from domain.values import Code
from handlers import keeping
from handlers.cards import opening
from handlers.cards.applicant import waiting_in
from handlers.cards.objection import seen_by_leader
from handlers.links import start_links
from handlers.meetings import shown_meetings
from handlers.sizes import size_facts, size_now
from handlers.terms import county_of
from handlers.turn import Press, Rows, Turn
from storage import groups
from storage.groups import GroupRow

KIND = "g"


def show(turn: Turn, group: GroupRow) -> None:
    """Say how the group stands, with what can be done."""
    turn.say_with("group.page", _rows(turn, group), **_facts(turn, group))


def _facts(turn: Turn, group: GroupRow) -> Mapping[str, object]:
    offices = groups.offices_of(turn.conn, group)
    members = groups.members(turn.conn, group.id)
    return {
        "group": group.name,
        "village": group.village,
        "county": county_of(turn, group),
        "saving": group.saving,
        "rhythm": group.rhythm,
        "expected": group.expected_size,
        "members": [
            (m.name or "", offices.of(m.person_id, tuple(Office)), m.helper_id is not None) for m in members
        ],
        **shown_meetings(turn, group.id),
        **size_facts(turn, group.id),
        "fits": size_now(turn, group.id) is Size.FITS,
        "kept": keeping.kept_by(turn, group.id, turn.me),
        "vacant": [office for office in BOARD if offices.holder(office) is None],
        "waiting": [m.name or "" for m in waiting_in(turn, group)],
        "code": Code(group.code),
        "links": start_links(turn, f"g_{group.code}"),
    }


def _rows(turn: Turn, group: GroupRow) -> Rows:
    offices, rows = groups.offices_of(turn.conn, group), [[_press(group, "add_member")]]
    if turn.me == group.facilitator_id:
        rows[0].append(_press(group, "appoint"))
        if not offices.chair:
            rows.append([_press(group, "propose"), _press(group, "elect")])
    if waiting_in(turn, group):
        rows.insert(0, [_press(group, "applicants")])
    rows += keeping.rows_for(turn.me, group, keeping.kept_in(turn, group.id), offices)
    if seen_by_leader(turn, group):
        rows.append([_press(group, "objections")])
    brought_along = opening.way_in(turn, group)
    if brought_along is not None:
        rows.append([brought_along])
    if turn.me in offices.board:
        rows.append([_press(group, "say_death")])
    return [*rows, [_press(group, "poster"), _press(group, "open_rules")]]


def _press(group: GroupRow, choice: str) -> Press:
    return Press(KIND, group.id, choice, 0, choice)
