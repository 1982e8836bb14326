"""The card of an objection: for whoever objected, for the board, and for the facilitator once it was carried.

The sum of an entry is shown to her and to the board; the facilitator sees its number and its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conversations.talks.objection import Thing
from domain.calendar import local_day
from domain.ids import MembershipId, NoteId, ObjectionId, PersonId
from domain.objections import About, State
from domain.offices import Confirmed, who_confirms
from domain.votes import last_day
from handlers import reversing
from handlers.cards import move
from handlers.concerned import hand_of
from handlers.turn import Press, Rows, Turn
from storage import assembly, groups, notes, objections, passbooks, rounds
from storage.groups import GroupRow, MemberRow
from storage.moves import MoveRow
from storage.objections import ObjectionRow
from storage.passbooks import EntryRow

KIND = "o"


def own_name(objection_id: ObjectionId) -> str:
    """The card of whoever objected."""
    return f"objection:{objection_id}"


def board_name(objection_id: ObjectionId) -> str:
    """The card of the board."""
    return f"objection_board:{objection_id}"


def carried_name(objection_id: ObjectionId) -> str:
    """The card of the facilitator."""
    return f"objection_carried:{objection_id}"


def send_card(turn: Turn, found: ObjectionRow, person: PersonId) -> None:
    """Show somebody how it stands, with the buttons that are hers."""
    member = turn.member(found.membership_id)
    if person == hand_of(member):
        name, rows = own_name(found.id), _own_rows(found)
    elif person == turn.group(found.group_id).facilitator_id:
        name, rows = carried_name(found.id), _answer_rows(turn, found, person)
    else:
        name, rows = board_name(found.id), _answer_rows(turn, found, person)
    facts = facts_of(turn, found, money=not name.startswith("objection_carried"))
    turn.card(person, name, f"objection.{found.state}", rows, None, None, **facts)


def send_to_board(turn: Turn, found: ObjectionRow) -> None:
    """Show it to the whole board; only those who are not concerned get a button."""
    hand = hand_of(turn.member(found.membership_id))
    for person in groups.offices_of(turn.conn, turn.group(found.group_id)).board:
        if person != hand:
            send_card(turn, found, person)


def redraw(turn: Turn, found: ObjectionRow) -> None:
    """Show on every card how it stands now; buttons for an answer are given anew where one is asked for."""
    text, facts = f"objection.{found.state}", facts_of(turn, found, money=True)
    turn.redraw(own_name(found.id), text, _own_rows(found), **facts)
    turn.redraw(board_name(found.id), text, **facts)
    turn.redraw(carried_name(found.id), text, **facts_of(turn, found, money=False))


def begin_button(turn: Turn, member: MemberRow) -> Press:
    """Return the button that begins an objection of this member."""
    if member.person_id == turn.me:
        return Press(KIND, member.id, "object", 0, "object")
    return Press(KIND, member.id, "object", 0, "object_for", {"name": member.name or ""})


def seen_by_leader(turn: Turn, group: GroupRow) -> tuple[ObjectionRow, ...]:
    """Return what is not settled: the board sees all, the facilitator what was carried to her."""
    standing = objections.unsettled_in(turn.conn, group.id)
    if turn.me != group.facilitator_id:
        return standing
    return tuple(found for found in standing if found.state is State.CARRIED)


def answerers_of(turn: Turn, found: ObjectionRow) -> tuple[PersonId, ...]:
    """Return who may answer now: of the board whoever is not concerned; once carried, the facilitator."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    if found.state is State.CARRIED:
        return (offices.facilitator,)
    if found.state is not State.OPEN:
        return ()
    concerned = turn.parties(turn.member(found.membership_id), *_hands(turn, found, offices.treasurer))
    return who_confirms(Confirmed.OBJECTION, offices, concerned)


def facts_of(turn: Turn, found: ObjectionRow, *, money: bool) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    thing, persons = _thing(turn, found), [p for p in (found.answered_by, found.settled_by) if p is not None]
    names = turn.names(persons)
    return {
        "group": turn.group(found.group_id).name,
        "name": turn.member(found.membership_id).name or "",
        "thing": thing if money else replace(thing, amount=None, what=None),
        "words": _words(turn, found.note_id),
        "day": last_day(found.due_at),
        "answer": _words(turn, found.answer_id),
        "answerer": names.get(found.answered_by, "") if found.answered_by else "",
        "last": _words(turn, found.last_id),
        "settler": names.get(found.settled_by, "") if found.settled_by else "",
    }


def entry_thing(turn: Turn, entry: EntryRow, membership: MembershipId) -> Thing:
    """Return an entry as a member may object to it; what takes another one back has the opposite sum."""
    taken_back = entry.reverses is not None
    first = passbooks.entry_of(turn.conn, entry.reverses) if entry.reverses is not None else entry
    source = reversing.source_of(turn, first)
    what, amount = reversing.called(source) if source else (None, first.gained_by(membership))
    words = move.purpose_of(turn, source) if isinstance(source, MoveRow) else ""
    sum_ = -amount if taken_back else amount
    return Thing(About.ENTRY, entry.sequence, entry.booked_on, sum_, words, what)


def _words(turn: Turn, note_id: NoteId | None) -> str:
    return (notes.note_text(turn.conn, note_id) or "") if note_id else ""


def _thing(turn: Turn, found: ObjectionRow) -> Thing:
    """What it is about, as it stands in the group's books today."""
    about, number, group_id = found.about, found.number, found.group_id
    match about:
        case About.ENTRY:
            entry = passbooks.entry_numbered(turn.conn, group_id, number)
            return entry_thing(turn, entry, found.membership_id)
        case About.RESOLUTION:
            resolved = assembly.resolution_numbered(turn.conn, group_id, number)
            return Thing(about, number, local_day(resolved.resolved_at), words=resolved.words or "")
        case About.ROUND:
            round_, _ = rounds.round_paid_into(turn.conn, group_id, number)
            return Thing(about, number, round_.opens_on, round_.amount)


def _hands(turn: Turn, found: ObjectionRow, treasurer: PersonId | None) -> tuple[PersonId, ...]:
    """Who had a hand in it: those who entered and confirmed an entry; the treasurer collects rounds."""
    match found.about:
        case About.ENTRY:
            entry = passbooks.entry_numbered(turn.conn, found.group_id, found.number)
            return tuple(person for person in (entry.entered_by, entry.confirmed_by) if person is not None)
        case About.ROUND:
            return (treasurer,) if treasurer is not None else ()
        case About.RESOLUTION:
            return ()  # it is of everybody who voted


def _own_rows(found: ObjectionRow) -> Rows:
    if found.state is State.SETTLED:
        return ()
    content = [Press(KIND, found.id, "content", found.revision, "content")]
    if found.state is State.ANSWERED:
        return [content, [Press(KIND, found.id, "carry", found.revision, "carry_objection")]]
    return [content]


def _answer_rows(turn: Turn, found: ObjectionRow, person: PersonId) -> Rows:
    if person not in answerers_of(turn, found):
        return ()
    return [[Press(KIND, found.id, "answer", found.revision, "answer_objection")]]
