"""Facts for founding a group, taking in a member without a phone, and appointing officers."""

from __future__ import annotations

from datetime import date, timedelta

from conversations.parts import Candidate
from conversations.talks import add_member as adding
from conversations.talks import appoint as appointing
from conversations.talks import new_group as founding
from domain.calendar import add_months, jalali, weekday
from domain.commands import Role
from domain.ids import GroupId
from domain.money import Rial
from domain.offices import BOARD
from domain.refusals import Refused
from handlers.concerned import leaders_of
from handlers.turn import Turn
from storage import bylaws, groups, people, roles
from storage.groups import GroupRow, MemberRow

USUAL = tuple(Rial.from_toman(toman) for toman in (100_000, 200_000, 300_000, 500_000))
WEEK = 7


def new_group(turn: Turn, subject: int | None) -> founding.Facts:  # noqa: ARG001 — every opening is called alike
    """Facilitators found groups."""
    if Role.FACILITATOR not in {row.role for row in roles.roles_of(turn.conn, turn.me)}:
        raise Refused("not_for_you")
    return founding.Facts(turn.today, USUAL, _first_days(turn.today))


def _first_days(today: date) -> tuple[date, ...]:
    """Next Saturday and the first of the next month, the sooner first."""
    saturday = today + timedelta(days=WEEK - weekday(today))
    first = add_months(today - timedelta(days=jalali(today)[2] - 1), 1, 1)
    return tuple(sorted({saturday, first}))


def add_member(turn: Turn, subject: int | None) -> adding.Facts:
    """The group and the members who have an account to help with."""
    group = led_by_me(turn, subject)
    helpers = _reachable(turn, group)
    if not helpers:
        raise Refused("nobody_to_help", group=group.name)
    adopted = bylaws.bylaws_of(turn.conn, group.id)
    count = len(groups.members(turn.conn, group.id))
    return adding.Facts(group.id, group.name, helpers, count, adopted.rules.size_most, adopted.whole)


def appoint(turn: Turn, subject: int | None) -> appointing.Facts:
    """The group's offices now and the members who can hold one."""
    group = led_by_me(turn, subject)
    if turn.me != group.facilitator_id:
        raise Refused("facilitator_appoints")
    members = _reachable(turn, group)
    if not members:
        raise Refused("no_members_yet", group=group.name)
    offices = groups.offices_of(turn.conn, group)
    names = turn.names(offices.board)
    held = tuple(
        appointing.Held(office, names.get(person, ""))
        for office in BOARD
        if (person := offices.holder(office)) is not None
    )
    return appointing.Facts(group.id, group.name, held, members)


def led_by_me(turn: Turn, group_id: int | None) -> GroupRow:
    """Return a group whose facilitator or officer this person is; a refusal otherwise."""
    group = turn.group(GroupId(group_id or 0))
    if turn.me not in leaders_of(turn, group):
        raise Refused("not_for_you")
    return group


def can_act(turn: Turn, member: MemberRow) -> bool:
    """Tell whether a member acts for herself, in an account of her own."""
    return member.helper_id is None and bool(people.accounts_of(turn.conn, member.person_id))


def _reachable(turn: Turn, group: GroupRow) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(m.id, m.name or "")
        for m in groups.members(turn.conn, group.id)
        if can_act(turn, m) and m.leave_wished_at is None
    )
