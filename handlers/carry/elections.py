"""An election is called, members are named and consent, until all have spoken."""

from __future__ import annotations

from domain import matters
from domain.elections import AnswerNomination, CallElection, Election, NameNobodyElse, Nominate, in_order
from domain.offices import Office, body_of
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.votes import last_day
from handlers.cards import election, vote
from handlers.carry.assembly import still_open
from handlers.menu import menu_of
from handlers.openers.elections import refuse_calling
from handlers.openers.groups import can_act
from handlers.turn import Turn
from handlers.voting import all_have_spoken, close_vote, open_vote
from storage import assembly, elections, groups, notes
from storage.assembly import ProposalRow
from storage.groups import MemberRow


def call(turn: Turn, command: CallElection) -> None:
    """Ask everybody who stands."""
    groups.lock_group(turn.conn, command.group)
    group, offices = turn.group(command.group), in_order(command.offices)
    refuse_calling(turn, group)
    turn.record(command, group.id)
    text = turn.desk.texts.render("elect.words", {"offices": offices})
    words, _ = notes.add_note(turn.conn, text, turn.desk.random_bytes(notes.SALT_BYTES))
    matter = matters.write(Election(offices))
    found = open_vote(turn, group.id, ProposalKind.ELECTION, words, turn.me, matter=matter)
    turn.say("elect.opened", menu_of(turn), group=group.name, day=last_day(found.closes_at))


def nominate(turn: Turn, command: Nominate) -> None:
    """Name a member for an office; another than oneself is asked whether she will stand."""
    found = _gathering(turn, still_open(turn, command.election))
    mine, member = _mine(turn, found), turn.member(command.membership)
    _refuse_candidate(turn, found, member, command.office)
    turn.record(command, found.group_id, (member.person_id,))
    state = "accepted" if member.id == mine.id else "asked"
    named = elections.nominate(turn.conn, found.id, command.office, member.id, turn.me, state)
    facts = {"group": turn.group(found.group_id).name, "office": command.office, "name": member.name or ""}
    if state == "accepted":
        turn.say_with("election.you_stand", election.standing_buttons(named), **facts)
        election.show_answer(turn, found, named)
    else:
        turn.say("election.she_is_asked", menu_of(turn), **facts)
        election.ask_her(turn, found, named)
    _has_spoken(turn, found, mine)


def answer(turn: Turn, command: AnswerNomination) -> None:
    """Consent to stand, or decline; as long as names are gathered the answer can be changed."""
    found = _gathering(turn, still_open_for(turn, command))
    one = elections.nomination_by_id(turn.conn, command.nomination)
    if one is None or one.person_id != turn.me:
        raise Refused("not_for_you")
    if command.accepted:
        _refuse_office(turn, found, turn.member(one.membership_id), one.office)
    turn.record(command, found.group_id, (one.named_by,))
    elections.answer(turn.conn, one.id, "accepted" if command.accepted else "declined")
    turn.say("election.you_answered", menu_of(turn), office=one.office, accepted=command.accepted)
    election.show_answer(turn, found, one.id)
    _go_on(turn, found)


def name_nobody_else(turn: Turn, command: NameNobodyElse) -> None:
    """Say that one has no more names."""
    found = _gathering(turn, still_open(turn, command.election))
    mine = _mine(turn, found)
    turn.record(command, found.group_id)
    turn.say("election.noted", menu_of(turn))
    _has_spoken(turn, found, mine)


def still_open_for(turn: Turn, command: AnswerNomination) -> ProposalRow:
    """Return the election that somebody was named in, as long as names are gathered."""
    return still_open(turn, election.election_of_nomination(turn, command.nomination).id)


def _gathering(turn: Turn, found: ProposalRow) -> ProposalRow:
    if found.kind is not ProposalKind.ELECTION or turn.person is None:
        raise Refused("not_found")
    return found


def _mine(turn: Turn, found: ProposalRow) -> MemberRow:
    """Return the membership in which this person has a say in an election."""
    electors = {one.membership_id for one in assembly.ballots_of(turn.conn, found.id)}
    mine = [m for m in groups.members(turn.conn, found.group_id) if m.person_id == turn.me]
    if not mine:
        raise Refused("not_a_member")
    if mine[0].id not in electors:
        raise Refused("not_an_elector")
    return mine[0]


def _refuse_candidate(turn: Turn, found: ProposalRow, member: MemberRow, office: Office) -> None:
    if office not in election.offices_of(found):
        raise Refused("not_found")
    _refuse_office(turn, found, member, office)
    known = {
        (one.office, one.membership_id): one.state for one in elections.nominations_of(turn.conn, found.id)
    }
    state = known.get((office, member.id))
    if state in {"asked", "accepted"} and (state == "accepted" or member.person_id != turn.me):
        raise Refused("named_already", who=member.name or "", office=office)
    if state == "declined" and member.person_id != turn.me:
        raise Refused("does_not_stand", who=member.name or "", office=office)


def _refuse_office(turn: Turn, found: ProposalRow, member: MemberRow, office: Office) -> None:
    """Officers have an account of their own and one post of a body; the facilitator is none of them."""
    group = turn.group(found.group_id)
    if member.group_id != group.id or member.state != "admitted" or not can_act(turn, member):
        raise Refused("cannot_hold_office", who=member.name or "")
    if member.person_id == group.facilitator_id:
        raise Refused("cannot_hold_office", who=member.name or "")
    held = groups.offices_of(turn.conn, group).of(member.person_id, body_of(office))
    kept = [one for one in held if one not in election.offices_of(found)]
    if kept:
        raise Refused("holds_another_office", who=member.name or "", office=kept[0])


def _has_spoken(turn: Turn, found: ProposalRow, mine: MemberRow) -> None:
    assembly.cast(turn.conn, found.id, mine.id, None, turn.now, None)
    _go_on(turn, found)


def _go_on(turn: Turn, found: ProposalRow) -> None:
    """Close the list of names once everybody who can has spoken and nobody is still being asked."""
    if all_have_spoken(turn, found):
        close_vote(turn, found)
    else:
        vote.redraw(turn, found)
