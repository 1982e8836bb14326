"""A membership ends: put to the vote; or, where a member has died, said by one and confirmed by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain import matters, persian
from domain.ids import CommandId
from domain.ledger import Booking
from domain.parting import AnswerDeath, ProposeExpulsion, SayDeath
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.votes import last_day
from handlers.cards import death as card
from handlers.menu import menu_of
from handlers.openers.parting import expel as open_to_vote
from handlers.openers.parting import say_death as may_say
from handlers.parting import Ending, Parted, part
from handlers.turn import Turn
from handlers.voting import open_vote
from storage import books, deaths, groups, notes
from storage.deaths import DeathRow
from storage.entries import Booked
from storage.groups import MemberRow

LONGEST_WORDS = 300


def propose_expulsion(turn: Turn, command: ProposeExpulsion) -> None:
    """Open the secret vote of all others, and tell whom it is about."""
    groups.lock_group(turn.conn, command.group)
    facts = open_to_vote(turn, command.group)
    if command.expulsion.membership not in {one.membership for one in facts.members}:
        raise Refused("already_decided")
    member = turn.member(command.expulsion.membership)
    turn.record(command, command.group, (member.person_id, member.helper_id))
    about = {"name": member.name or "", "reason": command.reason}
    words = persian.clean_line(turn.desk.texts.render("expel.words", about), LONGEST_WORDS)
    note = notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES)).id
    put = (turn, command.group, ProposalKind.EXPULSION, note, turn.me)
    vote = open_vote(*put, matter=matters.write(command.expulsion), concerns=member.id)
    day = last_day(vote.closes_at)
    turn.tell_member(
        member, "expel.about_you", (), f"about_you:{vote.id}", group=facts.group, day=day, **about
    )
    turn.say("propose.opened", menu_of(turn), group=facts.group, day=day)


def say_death(turn: Turn, command: SayDeath) -> None:
    """Keep what one of the board says and put it before another."""
    group_id = turn.member(command.membership).group_id
    groups.lock_group(turn.conn, group_id)
    facts = may_say(turn, group_id)
    if command.membership not in {one.membership for one in facts.members}:
        raise Refused("already_decided")
    member = turn.member(command.membership)
    turn.record(command, group_id, (member.person_id, member.helper_id))
    found = deaths.add_death(
        turn.conn,
        group_id=group_id,
        membership_id=member.id,
        note_id=notes.add_note(turn.conn, command.heir, turn.desk.random_bytes(notes.SALT_BYTES)).id,
        said_by=turn.me,
        said_at=turn.now,
    )
    asked = card.send_cards(turn, found)
    text = "death.second_asked" if asked else "death.nobody_to_confirm"
    turn.say(text, menu_of(turn), **card.facts_of(turn, found))


def answer_death(turn: Turn, command: AnswerDeath) -> None:
    """The second person confirms it, and the membership ends; or declines, and nothing changes."""
    found = _waiting(turn, command)
    if turn.me not in card.confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    member = turn.member(found.membership_id)
    command_id = turn.record(command, found.group_id, (member.person_id, member.helper_id, found.said_by))
    state = "confirmed" if command.confirmed else "declined"
    decided = deaths.decide_death(turn.conn, found, state, turn.me, turn.now)
    card.redraw(turn, decided)
    facts = card.facts_of(turn, decided)
    turn.tell(found.said_by, f"death.{state}", (), f"death:{found.id}:answered", **facts)
    if command.confirmed and member.state == "admitted":
        _mourn(turn, member)
        _tell_board(turn, member, _parted(turn, member, found, command_id), facts)


def _parted(turn: Turn, member: MemberRow, found: DeathRow, command_id: CommandId) -> Parted:
    """End the membership, booked as said by one and confirmed by the other."""

    def book(bookings: Sequence[Booking]) -> tuple[Booked, ...]:
        return books.book(
            turn.conn,
            found.group_id,
            command_id,
            bookings,
            booked_at=turn.now,
            booked_on=turn.today,
            entered_by=found.said_by,
            confirmed_by=turn.me,
        )

    return part(turn, member, Ending(found.said_by, turn.me, book))


def _mourn(turn: Turn, member: MemberRow) -> None:
    """Tell everybody that she is gone, before anything else that follows from it is said."""
    group = turn.group(member.group_id).name
    for other in groups.members(turn.conn, member.group_id):
        if other.id == member.id:
            continue
        key = f"death:{member.id}:told:{other.id}"
        turn.tell_member(other, "death.told_all", (), key, group=group, name=member.name or "")


def _tell_board(turn: Turn, member: MemberRow, parted: Parted, facts: Mapping[str, object]) -> None:
    """Tell the board what is to be done with what was hers."""
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    for person in offices.board:
        turn.tell(person, "death.told_board", (), f"death:{member.id}:{person}", parted=parted, **facts)


def _waiting(turn: Turn, command: AnswerDeath) -> DeathRow:
    """Return what waits for a second person, its group locked."""
    found = deaths.death_by_id(turn.conn, command.death)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    found = deaths.death_by_id(turn.conn, command.death)
    if found is None or found.state != "said" or found.revision != command.revision:
        raise Refused("already_decided")
    return found
