"""The rules of a group: what holds, who accepted it, its full text, and the ways to propose others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.agreements import Document
from domain.calendar import local_day
from domain.ids import GroupId
from domain.proposals import proposable
from domain.refusals import Refused
from handlers.cards import acceptance as card
from handlers.cards.matter import saving_of, text_in_force
from handlers.concerned import leaders_of
from handlers.meetings import shown_meetings
from handlers.turn import Press, Rows, Turn
from storage import agreements, bylaws, groups
from storage.agreements import AcceptanceRow
from storage.groups import GroupRow, MemberRow

KIND = "ru"
Asked = Sequence[AcceptanceRow]
TALKS = ("bylaws", "loan_terms", "savings_agreement", "meetings")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of those asked have accepted a version, and who has not, for those who may know."""

    done: int
    asked: int
    names: tuple[str, ...]


def page(turn: Turn, group_id: GroupId) -> None:
    """Say what holds, marked as our proposal where the assembly has not decided; then what is to accept."""
    group = _readable(turn, group_id)
    adopted = bylaws.bylaws_of(turn.conn, group.id)
    members = groups.members(turn.conn, group.id)
    asked = {document: agreements.asked_of(turn.conn, group.id, document) for document in Document}
    turn.say_with(
        "rules.page",
        _rows(turn, group),
        group=group.name,
        version=adopted.version,
        day=local_day(adopted.adopted_at) if adopted.adopted_at else None,
        whole=adopted.whole,
        saving=saving_of(group),
        rules=adopted.rules,
        price=adopted.rules.loan_price,
        **shown_meetings(turn, group.id),
        of_bylaws=_progress(turn, group, asked[Document.BYLAWS], members),
        of_saving=_progress(turn, group, asked[Document.SAVINGS], members),
    )
    for rows in asked.values():
        _send_hers(turn, rows, members)


def press(turn: Turn, group_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Show the full text, or name the talk to begin."""
    group = _readable(turn, GroupId(group_id))
    if choice in TALKS:
        return choice
    for one in text_in_force(turn, group):
        turn.say(one.text, None, one.file, **one.facts)
    return None


def _progress(turn: Turn, group: GroupRow, asked: Asked, members: Sequence[MemberRow]) -> Progress | None:
    """Count who accepted; the board sees who has not."""
    if not asked:
        return None
    waiting = {one.membership_id for one in asked if one.accepted_at is None}
    of_board = turn.me in groups.offices_of(turn.conn, group).board
    names = tuple(member.name or "" for member in members if of_board and member.id in waiting)
    return Progress(len(asked) - len(waiting), len(asked), names)


def _send_hers(turn: Turn, asked: Asked, members: Sequence[MemberRow]) -> None:
    """Send the cards again that wait for her, or for whom she helps."""
    hers = {member.id: member for member in members if turn.me == (member.helper_id or member.person_id)}
    for one in asked:
        if one.accepted_at is None and one.membership_id in hers:
            card.send_card(turn, one, hers[one.membership_id])


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
