"""Joining a group, being admitted or declined, and leaving it."""

from __future__ import annotations

from conversations.talks.leave import Unsettled
from domain.commands import AddPhonelessMember, Admit, DeclineApplicant, JoinGroup, Leave, Stay
from domain.ids import MembershipId
from domain.refusals import Refused
from handlers import leaving
from handlers.cards import applicant
from handlers.cards.acceptance import ask_newcomer
from handlers.carry.accounts import ask_about_same_number, introduce
from handlers.concerned import tell_leaders
from handlers.menu import menu_of
from handlers.openers.groups import can_act, led_by_me
from handlers.openers.people import refuse_who_belongs
from handlers.sizes import size_now, tell_of_size
from handlers.terms import terms_print
from handlers.ticks import use_advance
from handlers.turn import Turn
from handlers.views.other_groups import tell_with_menu
from storage import groups, people, rounds
from storage.groups import GroupRow, MemberRow


def join(turn: Turn, command: JoinGroup) -> None:
    """Store an application and put it before whoever admits."""
    groups.lock_group(turn.conn, command.group)
    group = turn.group(command.group)
    refuse_who_belongs(turn, group)
    if command.terms != terms_print(turn, group):
        raise Refused("terms_changed", back_to="join.consent")
    me = introduce(turn, command.name, command.phone, proven=command.phone_proven)
    people.note_consent(turn.conn, me, bytes.fromhex(command.terms), turn.now)
    turn.record(command, group.id, terms=command.terms)
    membership_id = groups.add_membership(
        turn.conn,
        group_id=group.id,
        person_id=me,
        state="applied",
        purpose=command.purpose,
        terms_hash=bytes.fromhex(command.terms),
        applied_at=turn.now,
    )
    applicant.send_cards(turn, turn.member(membership_id))
    turn.say("join.applied", menu_of(turn), group=group.name)
    ask_about_same_number(turn)


def admit(turn: Turn, command: Admit) -> None:
    """Make an applicant a member, and tell everyone concerned."""
    member, group = _to_decide(turn, command.membership)
    was = size_now(turn, group.id)
    turn.record(command, group.id, (member.person_id,))
    groups.update_membership(turn.conn, member.id, state="admitted", decided_by=turn.me, decided_at=turn.now)
    ask_in_open_round(turn, group, member.id)
    applicant.redraw(turn, turn.member(member.id))
    tell_with_menu(turn, member.person_id, group, "applicant.you_are_in", saving=group.saving)
    ask_newcomer(turn, group, member)
    tell_leaders(turn, group, "applicant.was_admitted", name=member.name or "")
    turn.say("applicant.you_admitted", menu_of(turn), name=member.name or "", group=group.name)
    tell_of_size(turn, group.id, was)


def decline(turn: Turn, command: DeclineApplicant) -> None:
    """Decline an applicant; she is told why."""
    member, group = _to_decide(turn, command.membership)
    turn.record(command, group.id, (member.person_id,))
    groups.update_membership(
        turn.conn, member.id, state="declined", decided_by=turn.me, decided_at=turn.now, reason=command.reason
    )
    applicant.redraw(turn, turn.member(member.id))
    turn.tell(member.person_id, "decline_applicant.told_applicant", group=group.name, reason=command.reason)
    tell_leaders(turn, group, "decline_applicant.told_leaders", name=member.name or "", reason=command.reason)
    turn.say("decline_applicant.done", menu_of(turn), name=member.name or "", group=group.name)


def add_phoneless(turn: Turn, command: AddPhonelessMember) -> None:
    """Take in a member without a phone, who consented in the meeting; her helper is told what to do."""
    groups.lock_group(turn.conn, command.group)
    group = led_by_me(turn, command.group)
    helper = turn.member(command.helper)
    if helper.group_id != group.id or helper.state != "admitted" or not can_act(turn, helper):
        raise Refused("cannot_help", back_to="add_member.helper", who=helper.name or "")
    was, person_id = size_now(turn, group.id), people.add_person(turn.conn, command.name, None, turn.now)
    terms = terms_print(turn, group)
    people.note_consent(turn.conn, person_id, bytes.fromhex(terms), turn.now)
    turn.record(command, group.id, (person_id, helper.person_id), terms)
    membership_id = groups.add_membership(
        turn.conn,
        group_id=group.id,
        person_id=person_id,
        state="admitted",
        helper_id=helper.person_id,
        purpose=command.purpose,
        terms_hash=bytes.fromhex(terms),
        applied_at=turn.now,
        decided_by=turn.me,
        decided_at=turn.now,
    )
    ask_in_open_round(turn, group, membership_id)
    ask_newcomer(turn, group, turn.member(membership_id))
    names = {"name": command.name, "helper": helper.name or ""}
    if helper.person_id != turn.me:
        turn.tell(helper.person_id, "add_member.you_help", group=group.name, name=command.name)
    tell_leaders(turn, group, "add_member.told_leaders", **names)
    turn.say("add_member.done", menu_of(turn), group=group.name, **names)
    tell_of_size(turn, group.id, was)


def leave(turn: Turn, command: Leave) -> None:
    """Withdraw an application, leave at once where nothing is open, else keep the wish."""
    member, group = _own(turn, command.membership)
    unsettled = _unsettled(turn, command, member) if member.state == "admitted" else ()
    command_id = turn.record(command, group.id, (member.person_id, member.helper_id))
    helped = _helped(turn, member)
    if unsettled:
        groups.update_membership(turn.conn, member.id, leave_wished_at=member.leave_wished_at or turn.now)
        tell_leaders(turn, group, "leave.told_wish", name=member.name or "", unsettled=unsettled)
        turn.say("leave.wish_kept", menu_of(turn), group=group.name, unsettled=unsettled, helped=helped)
        leaving.put_before_payer(turn, member, sets_off=command.sets_off)
        return
    if member.state == "admitted":
        leaving.even_out(turn, member, command_id)
    leaving.depart(turn, member)
    if member.state == "applied":
        applicant.redraw(turn, turn.member(member.id))
        turn.say("leave.withdrawn", menu_of(turn), group=group.name)
    else:
        tell_leaders(turn, group, "leave.told_left", name=member.name or "", evens_out=command.evens_out)
        turn.say("leave.left", menu_of(turn), group=group.name, helped=helped)


def stay(turn: Turn, command: Stay) -> None:
    """Take the wish to leave back; the open round asks again."""
    member, group = _own(turn, command.membership)
    if member.leave_wished_at is None:
        raise Refused("already_decided")
    leaving.take_back(turn, member)
    turn.record(command, group.id, (member.person_id, member.helper_id))
    groups.update_membership(turn.conn, member.id, leave_wished_at=None)
    ask_in_open_round(turn, group, member.id)
    tell_leaders(turn, group, "leave.told_stays", name=member.name or "")
    turn.say("leave.stays", menu_of(turn), group=group.name, helped=_helped(turn, member))
    _use_advance_in_open_round(turn, group, member)


def ask_in_open_round(turn: Turn, group: GroupRow, membership_id: MembershipId) -> None:
    """Who is taken in while a round is open is asked for it as well."""
    latest = rounds.latest_round(turn.conn, group.id)
    if latest is None or latest.closed_at is not None:
        return
    if membership_id not in {line.membership_id for line in rounds.lines_of(turn.conn, latest.id)}:
        rounds.add_lines(turn.conn, latest.id, [membership_id], latest.amount)


def _use_advance_in_open_round(turn: Turn, group: GroupRow, member: MemberRow) -> None:
    """What she had paid in advance was not used while she was leaving."""
    latest = rounds.latest_round(turn.conn, group.id)
    for line in rounds.unpaid_lines(turn.conn, member.id):
        if latest and line.number == latest.number:
            use_advance(turn, group, member, line.number, line.left)


def _to_decide(turn: Turn, membership_id: MembershipId) -> tuple[MemberRow, GroupRow]:
    """Return an application this person may decide on now; a refusal otherwise."""
    groups.lock_group(turn.conn, turn.member(membership_id).group_id)
    member = turn.member(membership_id)
    if turn.me not in applicant.deciders_of(turn, member):
        raise Refused("not_yours_to_admit")
    if member.state != "applied":
        raise Refused("already_decided")
    return member, turn.group(member.group_id)


def _unsettled(turn: Turn, command: Leave, member: MemberRow) -> tuple[Unsettled, ...]:
    """Return why she cannot leave at once; what was shown of her debts must still hold."""
    hers = leaving.settlement_of(turn, member)
    sets_off = leaving.can_set_off(turn, member, hers)
    if (command.sets_off, command.evens_out) != (sets_off, sets_off and hers.evens_out):
        raise Refused("terms_changed", back_to="leave.as_a_wish")
    return leaving.left_open(turn, member, hers, sets_off=command.sets_off)


def _helped(turn: Turn, member: MemberRow) -> str:
    """Name whose membership it is, where her helper speaks for her."""
    return "" if member.person_id == turn.me else member.name or ""


def _own(turn: Turn, membership_id: MembershipId) -> tuple[MemberRow, GroupRow]:
    """Return one's own membership, or that of a member one helps."""
    groups.lock_group(turn.conn, turn.member(membership_id).group_id)
    member = turn.member(membership_id)
    if turn.me not in (member.person_id, member.helper_id):
        raise Refused("not_yours")
    if member.state not in ("applied", "admitted"):
        raise Refused("already_decided")
    return member, turn.group(member.group_id)
