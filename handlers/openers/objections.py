"""Facts for objecting to something, and for answering an objection."""

from __future__ import annotations

from collections.abc import Iterator

from conversations.talks import answer_objection as answering
from conversations.talks import objection as objecting
from conversations.talks.objection import Thing
from domain.calendar import local_day
from domain.ids import MembershipId, ObjectionId
from domain.objections import ANSWER_DAYS, MOST_AT_ONCE, About, State
from domain.refusals import Refused
from handlers.cards import objection as card
from handlers.standing import own_payer
from handlers.turn import Turn
from storage import assembly, former, notes, objections, passbooks, rounds
from storage.groups import MemberRow

ENTRIES_OFFERED, RESOLUTIONS_OFFERED, ROUNDS_OFFERED = 10, 5, 6


def objection(turn: Turn, subject: int | None) -> objecting.Facts:
    """What a member may object to now; `subject` is her membership."""
    member = objector(turn, MembershipId(subject or 0))
    group = turn.group(member.group_id)
    served = member.person_id != turn.me
    things = things_of(turn, member)
    return objecting.Facts(member.id, group.name, member.name or "", served, things, ANSWER_DAYS)


def objector(turn: Turn, membership_id: MembershipId) -> MemberRow:
    """Return a member whom this person is, or helps; or one whose membership the assembly ended."""
    member = own_payer(turn, membership_id)
    if member.state == "left" and not former.was_expelled(turn.conn, member.id):
        raise Refused("not_a_member")
    return member


def things_of(turn: Turn, member: MemberRow) -> tuple[Thing, ...]:
    """Return what she may object to, newest first; a refusal where that is nothing, or enough is open."""
    standing = objections.unsettled_of(turn.conn, member.id)
    if len(standing) >= MOST_AT_ONCE:
        raise Refused("too_many_objections", count=MOST_AT_ONCE)
    taken = {(one.about, one.number) for one in standing}
    things = tuple(thing for thing in _things(turn, member) if (thing.about, thing.number) not in taken)
    if not things:
        raise Refused("nothing_to_object_to")
    return things


def _things(turn: Turn, member: MemberRow) -> Iterator[Thing]:
    for entry in objections.entries_concerning(turn.conn, member, ENTRIES_OFFERED):
        yield card.entry_thing(turn, passbooks.entry_of(turn.conn, entry), member.id)
    for one in assembly.latest_resolutions(turn.conn, member.group_id, RESOLUTIONS_OFFERED):
        yield Thing(About.RESOLUTION, one.number, local_day(one.resolved_at), words=one.words or "")
    for found in rounds.rounds_of(turn.conn, member.group_id, ROUNDS_OFFERED):
        yield Thing(About.ROUND, found.number, found.opens_on, found.amount)


def answer_objection(turn: Turn, subject: int | None) -> answering.Facts:
    """The objection that this person may answer now; `subject` is its number."""
    found = objections.objection_by_id(turn.conn, ObjectionId(subject or 0))
    if found is None or turn.me not in card.answerers_of(turn, found):
        raise Refused("not_yours_to_answer")
    name = turn.member(found.membership_id).name or ""
    words = notes.note_text(turn.conn, found.note_id) or ""
    last = found.state is State.CARRIED
    return answering.Facts(found.id, found.revision, name, found.about, found.number, words, last)
