"""Facts for joining, declining, leaving, one's name, and one person on two messengers."""

from __future__ import annotations

from conversations.talks import decline_applicant as declining
from conversations.talks import join as joining_talk
from conversations.talks import join_accounts as accounts_talk
from conversations.talks import leave as leaving
from conversations.talks import rename as renaming
from domain.ids import GroupId, MembershipId
from domain.refusals import Refused
from handlers.cards.applicant import deciders_of
from handlers.leaving import can_set_off, has_agreed, left_open, settlement_of
from handlers.terms import county_of, is_agreed, terms_print
from handlers.turn import Turn
from storage import groups, joining, people
from storage.groups import GroupRow


def join(turn: Turn, subject: int | None) -> joining_talk.Facts:
    """Whose group it is and what is known of whoever wants to join."""
    group = turn.group(GroupId(subject or 0))
    refuse_who_belongs(turn, group)
    known = turn.person
    return joining_talk.Facts(
        group.id,
        group.name,
        group.village,
        county_of(turn, group),
        turn.names([group.facilitator_id]).get(group.facilitator_id, ""),
        group.saving,
        group.rhythm,
        terms_print(turn, group),
        known.name if known else None,
        known.phone if known and known.phone_proven else None,
        is_agreed(turn, group),
    )


def refuse_who_belongs(turn: Turn, group: GroupRow) -> None:
    """A group's own facilitator, its members and its applicants cannot apply."""
    if turn.person is None:
        return
    if turn.me == group.facilitator_id:
        raise Refused("own_group", group=group.name)
    for member in groups.memberships_of(turn.conn, turn.me):
        if member.group_id == group.id:
            raise Refused(
                "already_member" if member.state == "admitted" else "already_applied", group=group.name
            )


def decline_applicant(turn: Turn, subject: int | None) -> declining.Facts:
    """The applicant who is to be declined."""
    member = turn.member(MembershipId(subject or 0))
    if turn.me not in deciders_of(turn, member):
        raise Refused("not_yours_to_admit")
    if member.state != "applied":
        raise Refused("already_decided")
    return declining.Facts(member.id, member.name or "", turn.group(member.group_id).name)


def leave(turn: Turn, subject: int | None) -> leaving.Facts:
    """The membership as it stands, one's own or that of a member one helps."""
    member = turn.member(MembershipId(subject or 0))
    if turn.me not in (member.person_id, member.helper_id):
        raise Refused("not_yours")
    if member.state not in ("applied", "admitted"):
        raise Refused("not_a_member")
    admitted, hers = member.state == "admitted", settlement_of(turn, member)
    return leaving.Facts(
        member.id,
        turn.group(member.group_id).name,
        not admitted,
        member.leave_wished_at is not None,
        left_open(turn, member, hers, sets_off=True) if admitted else (),
        hers,
        sets_off=can_set_off(turn, member, hers),
        agreed=has_agreed(turn, member, hers),
        helped=(member.name or "") if turn.me != member.person_id else "",
    )


def rename(turn: Turn, subject: int | None) -> renaming.Facts:  # noqa: ARG001 — every opening is called alike
    """The name so far."""
    if turn.person is None:
        raise Refused("join_first")
    return renaming.Facts(turn.person.name or "")


def join_accounts(turn: Turn, subject: int | None) -> accounts_talk.Facts:
    """Whose code was written."""
    found = joining.code_by_id(turn.conn, subject or 0, turn.now)
    if found is None:
        raise Refused("joining_code_unknown")
    shown_in = people.account_by_id(turn.conn, found.account_id)
    name = turn.names([shown_in.person_id]).get(shown_in.person_id, "") if shown_in.person_id else ""
    return accounts_talk.Facts(found.id, found.code_hash.hex(), name, shown_in.platform)
