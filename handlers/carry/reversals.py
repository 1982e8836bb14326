"""A wrong entry is reversed by its exact opposite: asked for with a reason, confirmed by a second person."""

from __future__ import annotations

from domain.commands import AnswerReversal, AskReversal
from domain.ids import CommandId, ReversalId
from domain.ledger import NoteRef
from domain.refusals import Refused
from handlers.cards.reversal import card_name, confirmers_of, facts_of, redraw, send_cards
from handlers.menu import menu_of
from handlers.repaying import Hands
from handlers.reversing import Wrong, parties_to, refuse_unless_free, wrong_of
from handlers.taking_back import take_back, tell_member
from handlers.turn import Turn
from storage import groups, notes, passbooks, reversals
from storage.reversals import ReversalRow


def ask(turn: Turn, command: AskReversal) -> None:
    """Store the wish of a board member and put it before the second person."""
    group = turn.group(passbooks.entry_of(turn.conn, command.entry).group_id)
    groups.lock_group(turn.conn, group.id)
    offices = groups.offices_of(turn.conn, group)
    if turn.me not in (*offices.board, offices.facilitator):
        raise Refused("not_for_you")
    wrong = wrong_of(turn, command.entry)
    refuse_unless_free(turn, wrong)
    if any(asked.entry_id == command.entry for asked in reversals.asked_reversals(turn.conn, group.id)):
        raise Refused("reversal_asked_already")
    _record(turn, command, wrong)
    note_id, _ = notes.add_note(turn.conn, command.reason, turn.desk.random_bytes(notes.SALT_BYTES))
    reversal_id = reversals.add_reversal(
        turn.conn,
        group_id=group.id,
        entry_id=command.entry,
        asked_by=turn.me,
        asked_at=turn.now,
        note_id=note_id,
    )
    found = _found(turn, reversal_id)
    send_cards(turn, found)
    waits = "reversal.sent" if confirmers_of(turn, found, wrong) else "reversal.nobody_to_confirm"
    turn.say(waits, menu_of(turn), **facts_of(turn, found))


def answer(turn: Turn, command: AnswerReversal) -> None:
    """The second person agrees, and both entries stand in the books; or does not, and nothing changes."""
    groups.lock_group(turn.conn, _found(turn, command.reversal).group_id)
    found = _found(turn, command.reversal)
    if found.state != "asked" or found.revision != command.revision:
        raise Refused("already_decided")
    wrong = wrong_of(turn, found.entry_id)
    if turn.me not in confirmers_of(turn, found, wrong):
        raise Refused("not_yours_to_confirm")
    command_id = _record(turn, command, wrong)
    if command.agreed:
        refuse_unless_free(turn, wrong)
        note = NoteRef(found.note_id, notes.note_hash(turn.conn, found.note_id))
        take_back(turn, wrong, Hands(command_id, found.asked_by), note)
    reversals.decide_reversal(turn.conn, found, "done" if command.agreed else "declined", turn.me, turn.now)
    redraw(turn, _found(turn, found.id))
    _tell(turn, _found(turn, found.id), wrong)


def _tell(turn: Turn, found: ReversalRow, wrong: Wrong) -> None:
    """Tell whoever asked; where it was reversed, also whose money it is and all who had a hand in it."""
    done, facts = found.state == "done", facts_of(turn, found)
    wish = "reversal.your_wish_done" if done else "reversal.your_wish_declined"
    turn.tell(found.asked_by, wish, (), f"answered:{card_name(found.id)}", **facts)
    if not done:
        return
    about = {name: facts[name] for name in ("group", "amount", "reason")}
    tell_member(turn, wrong, f"told:{card_name(found.id)}", **about)
    hers = turn.parties(wrong.member, found.asked_by, turn.me)
    for person in sorted(parties_to(turn, wrong, found.asked_by) - hers):
        turn.tell(person, "reversal.told_hands", (), f"told:{card_name(found.id)}:{person}", **facts)


def _record(turn: Turn, command: AskReversal | AnswerReversal, wrong: Wrong) -> CommandId:
    hers = (wrong.member.person_id, wrong.member.helper_id) if wrong.member else ()
    return turn.record(command, wrong.entry.group_id, (*hers, *wrong.hands))


def _found(turn: Turn, reversal_id: ReversalId) -> ReversalRow:
    found = reversals.reversal_by_id(turn.conn, reversal_id)
    if found is None:
        raise Refused("not_found")
    return found
