"""An objection from the first word to the last: it stops nothing, and it is not passed over."""

from __future__ import annotations

from domain.ids import NoteId, ObjectionId
from domain.objections import Act, AnswerObjection, Object, State, TakeAnswer, answer_due, moved
from domain.refusals import Refused
from domain.votes import last_day
from handlers.cards.objection import answerers_of, redraw, send_card, send_to_board
from handlers.concerned import hand_of
from handlers.menu import menu_of
from handlers.objecting import carry_over
from handlers.openers.objections import objector, things_of
from handlers.turn import Turn
from storage import groups, notes, objections
from storage.objections import ObjectionRow


def raise_it(turn: Turn, command: Object) -> None:
    """Keep it and put it before the board; where nobody there is impartial, before the facilitator."""
    groups.lock_group(turn.conn, turn.member(command.membership).group_id)
    member = objector(turn, command.membership)
    if (command.about, command.number) not in {(one.about, one.number) for one in things_of(turn, member)}:
        raise Refused("nothing_to_object_to")
    turn.record(command, member.group_id, (member.person_id, member.helper_id))
    found = objections.add_objection(
        turn.conn,
        group_id=member.group_id,
        membership_id=member.id,
        about=command.about.value,
        number=command.number,
        note_id=_note(turn, command.words),
        objected_at=turn.now,
        due_at=answer_due(turn.now),
    )
    if answerers_of(turn, found):
        send_to_board(turn, found)
        turn.say("objection.sent", menu_of(turn), day=last_day(found.due_at))
        send_card(turn, found, turn.me)
    else:
        turn.say("objection.sent_to_facilitator", menu_of(turn))
        carry_over(turn, found, Act.LAPSE)


def answer(turn: Turn, command: AnswerObjection) -> None:
    """The board answers; or the facilitator settles it with her words."""
    found = _standing(turn, command.objection, command.revision)
    if turn.me not in answerers_of(turn, found):
        raise Refused("not_yours_to_answer")
    member = turn.member(found.membership_id)
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    words = _note(turn, command.words)
    changed = (
        objections.change_objection(
            turn.conn, found, state=moved(found.state, Act.ANSWER).value, answer_id=words, answered_by=turn.me
        )
        if found.state is State.OPEN
        else _settled(turn, found, Act.SETTLE, last_id=words)
    )
    redraw(turn, changed)
    send_card(turn, changed, hand_of(member))
    turn.say("objection.you_answered", menu_of(turn), name=member.name or "")


def take(turn: Turn, command: TakeAnswer) -> None:
    """Who objected is content, or carries it to the facilitator."""
    found = _standing(turn, command.objection, command.revision)
    member = turn.member(found.membership_id)
    if turn.me not in (member.person_id, member.helper_id):
        raise Refused("not_yours")
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    if command.content:
        redraw(turn, _settled(turn, found, Act.CONTENT))
        turn.say("objection.you_are_content", menu_of(turn))
    else:
        carry_over(turn, found, Act.CARRY)
        turn.say("objection.you_carried", menu_of(turn))


def _settled(turn: Turn, found: ObjectionRow, act: Act, **values: object) -> ObjectionRow:
    end = {"state": moved(found.state, act).value, "settled_by": turn.me, "settled_at": turn.now}
    return objections.change_objection(turn.conn, found, **end, **values)


def _note(turn: Turn, words: str) -> NoteId:
    return notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES)).id


def _standing(turn: Turn, objection_id: ObjectionId, revision: int) -> ObjectionRow:
    """Return an objection as it was when the button was made, its group locked."""
    found = objections.locked_objection(turn.conn, objection_id)
    if found is None:
        raise Refused("not_found")
    if found.revision != revision:
        raise Refused("already_decided")
    return found
