"""Where a person stands: the membership she looks at, its group, its offices, her roles in the programme."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commands import Role
from domain.ids import MembershipId
from domain.offices import Offices
from domain.refusals import Refused
from domain.rights import Standing
from handlers.turn import Turn
from storage import groups, people, roles
from storage.groups import GroupRow, MemberRow
from storage.roles import RoleRow

INVITERS = frozenset({Role.ADMINISTRATOR, Role.INSTITUTE, Role.WELFARE_OFFICER, Role.LOCAL_EXECUTOR})
LEAD_READERS = frozenset({Role.ADMINISTRATOR, Role.LOCAL_EXECUTOR, Role.FACILITATOR})


@dataclass(frozen=True, slots=True)
class Position:
    """Everything menus and openings ask about a person."""

    standings: frozenset[Standing]
    memberships: tuple[MemberRow, ...] = ()
    member: MemberRow | None = None
    group: GroupRow | None = None
    offices: Offices | None = None
    roles: tuple[RoleRow, ...] = ()
    helped: tuple[MemberRow, ...] = ()  # whom she serves, in any group

    @property
    def served(self) -> tuple[MemberRow, ...]:
        """The members she helps in the group that is looked at."""
        return tuple(m for m in self.helped if self.group and m.group_id == self.group.id)


def position(turn: Turn) -> Position:
    """Return where the person of this turn stands now; read once in a turn that has carried nothing out."""
    if turn.memo is None:
        return _position(turn)
    asked = (turn.here.id, turn.here.membership_id, turn.person)
    found = turn.memo.get(asked)
    if not isinstance(found, Position):
        found = turn.memo[asked] = _position(turn)
    return found


def _position(turn: Turn) -> Position:
    if turn.person is None:
        return Position(frozenset({Standing.STRANGER}))
    memberships = groups.memberships_of(turn.conn, turn.person.id)
    held = roles.roles_of(turn.conn, turn.person.id)
    member = _looked_at(turn, memberships)
    group = turn.group(member.group_id) if member else None
    offices = groups.offices_of(turn.conn, group) if group else None
    found = _of_roles(held) | _of_member(member, offices)
    if any(m.state == "applied" for m in memberships):
        found |= {Standing.APPLICANT}
    helped = groups.served_by(turn.conn, turn.person.id)
    if helped:
        found |= {Standing.HELPER}
    found = (found or frozenset({Standing.STRANGER})) | {Standing.KNOWN}
    return Position(found, memberships, member, group, offices, held, helped)


def in_group(turn: Turn) -> tuple[MemberRow, GroupRow, Offices]:
    """Return the membership that is looked at, or refuse kindly where there is none."""
    here = position(turn)
    if here.member is None or here.group is None or here.offices is None:
        raise Refused("join_first")
    return here.member, here.group, here.offices


def own_member(turn: Turn, membership_id: MembershipId) -> MemberRow:
    """Return an admitted member whom this person is, or helps."""
    return _own(turn, membership_id, "admitted")


def own_payer(turn: Turn, membership_id: MembershipId) -> MemberRow:
    """Return a member whom this person is, or helps; one who has left may still owe something."""
    return _own(turn, membership_id, "admitted", "left")


def _own(turn: Turn, membership_id: MembershipId, *states: str) -> MemberRow:
    member = turn.member(membership_id)
    if turn.me not in (member.person_id, member.helper_id):
        raise Refused("not_yours")
    if member.state not in states:
        raise Refused("not_a_member")
    return member


def _looked_at(turn: Turn, memberships: tuple[MemberRow, ...]) -> MemberRow | None:
    admitted = [m for m in memberships if m.state == "admitted"]
    chosen = next((m for m in admitted if m.id == turn.here.membership_id), None)
    if chosen is None and admitted:
        chosen = admitted[0]
        people.look_at(turn.conn, turn.here.id, chosen.id)
    return chosen


def _of_roles(held: tuple[RoleRow, ...]) -> frozenset[Standing]:
    names = {row.role for row in held}
    found = {Standing.FACILITATOR} if Role.FACILITATOR in names else set()
    if names & INVITERS:
        found.add(Standing.INVITER)
    if names & LEAD_READERS:
        found.add(Standing.LEADS)
    return frozenset(found)


def _of_member(member: MemberRow | None, offices: Offices | None) -> frozenset[Standing]:
    if member is None or offices is None:
        return frozenset()
    return frozenset({Standing.MEMBER, *(Standing(office.value) for office in offices.of(member.person_id))})
