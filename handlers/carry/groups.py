"""Groups are founded, and officers appointed until the group elects its own."""

from __future__ import annotations

from domain.calendar import GRACE_DAYS
from domain.codes import make_code
from domain.commands import AppointOfficer, CreateGroup, Role
from domain.ids import PersonId
from domain.offices import BOARD, Office, Offices
from domain.refusals import Refused
from handlers.handover import handing_over
from handlers.menu import menu_of
from handlers.openers.groups import can_act
from handlers.turn import Turn
from handlers.views.groups import invitation
from handlers.views.other_groups import tell_with_menu
from storage import groups, roles
from storage.groups import GroupRow, MemberRow

RANDOM_BYTES = 16


def create(turn: Turn, command: CreateGroup) -> None:
    """Found a group and hand its facilitator what others join by."""
    if Role.FACILITATOR not in {row.role for row in roles.roles_of(turn.conn, turn.me)}:
        raise Refused("not_for_you")
    if command.first_saving_on < turn.today:
        raise Refused("first_day_is_past", back_to="new_group.first_day")
    group_id = groups.add_group(
        turn.conn,
        name=command.name,
        county=command.county,
        village=command.village,
        expected_size=command.expected_size,
        saving=command.saving,
        rhythm=command.rhythm.value,
        first_saving_on=command.first_saving_on,
        next_round_on=command.first_saving_on,
        grace_days=GRACE_DAYS[command.rhythm],
        code=_new_code(turn),
        facilitator_id=turn.me,
        created_at=turn.now,
    )
    turn.record(command, group_id)
    group = turn.group(group_id)
    turn.say("new_group.made", menu_of(turn), name=group.name, first=group.first_saving_on)
    invitation(turn, group)


def _new_code(turn: Turn) -> str:
    while True:
        code = make_code(turn.desk.random_bytes(RANDOM_BYTES))
        if not groups.code_is_taken(turn.conn, code):
            return code


def appoint(turn: Turn, command: AppointOfficer) -> None:
    """Put a member into an office; what waits goes to whoever must decide on it now."""
    groups.lock_group(turn.conn, command.group)
    group, member = turn.group(command.group), turn.member(command.membership)
    offices = groups.offices_of(turn.conn, group)
    _refuse_appointment(turn, group, member, command.office, offices)
    command_id = turn.record(command, group.id, (member.person_id, offices.holder(command.office)))
    with handing_over(turn, group):
        groups.appoint(turn.conn, group.id, command.office, member.id, turn.now, command_id)
        facts = {"group": group.name, "office": command.office, "name": member.name or ""}
        turn.say("appoint.done", menu_of(turn), **facts)
        _tell(turn, group, member, command.office, offices.holder(command.office))


def _refuse_appointment(
    turn: Turn, group: GroupRow, member: MemberRow, office: Office, offices: Offices
) -> None:
    if turn.me != group.facilitator_id:
        raise Refused("facilitator_appoints")
    if office not in BOARD or office in groups.elected_offices(turn.conn, group.id):
        raise Refused("office_is_elected", back_to="appoint.office", office=office)
    if member.group_id != group.id or member.state != "admitted" or not can_act(turn, member):
        raise Refused("cannot_hold_office", back_to="appoint.member", who=member.name or "")
    held = offices.of(member.person_id)
    if held:
        raise Refused("has_an_office", back_to="appoint.office", who=member.name or "", office=held[0])
    if member.person_id == group.facilitator_id:
        raise Refused("cannot_hold_office", back_to="appoint.member", who=member.name or "")


def _tell(turn: Turn, group: GroupRow, member: MemberRow, office: Office, before: PersonId | None) -> None:
    """Tell the new officer, the one before and the board; of a treasurer everybody: money goes there."""
    facts: dict[str, object] = {"office": office, "name": member.name or ""}
    for person, text in ((member.person_id, "appoint.you_are"), (before, "appoint.you_were")):
        if person is not None and person != turn.me:
            tell_with_menu(turn, person, group, text, **facts)
    board = groups.offices_of(turn.conn, group).board
    everybody = tuple((m.helper_id or m.person_id) for m in groups.members(turn.conn, group.id))
    others = dict.fromkeys((*board, *everybody) if office is Office.TREASURER else board)
    for person in others:
        if person not in (member.person_id, before, turn.me):
            turn.tell(person, "appoint.told", (), None, group=group.name, **facts)
