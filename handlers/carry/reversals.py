"""A wrong entry is reversed by its exact opposite: asked for with a reason, confirmed by a second person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from domain.commands import AnswerReversal, AskReversal
from domain.ids import CommandId, EntryId, ReversalId
from domain.ledger import Account, Booking, NoteRef
from domain.posting import Way, advance_used
from domain.refusals import Refused
from handlers import repaying
from handlers.cards import deposit as deposit_card
from handlers.cards.reversal import card_name, confirmers_of, deposit_of, redraw, send_cards
from handlers.menu import menu_of
from handlers.repaying import Hands
from handlers.turn import Turn
from storage import advances, books, deposits, groups, notes, passbooks, reversals
from storage.deposits import DepositRow
from storage.reversals import ReversalRow


def ask(turn: Turn, command: AskReversal) -> None:
    """Store the wish of a board member and put it before the second person."""
    groups.lock_group(turn.conn, _standing(turn, command.entry).group_id)
    row = _standing(turn, command.entry)
    if row.loan_id is not None:
        repaying.refuse_before_loss(row, repaying.loan_of(turn, row.loan_id))
    group = turn.group(row.group_id)
    offices = groups.offices_of(turn.conn, group)
    if turn.me not in (*offices.board, offices.facilitator):
        raise Refused("not_for_you")
    if any(asked.entry_id == command.entry for asked in reversals.asked_reversals(turn.conn, group.id)):
        raise Refused("reversal_asked_already")
    _record(turn, command, row)
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
    waits = "reversal.sent" if confirmers_of(turn, found) else "reversal.nobody_to_confirm"
    name = turn.member(row.membership_id).name or ""
    turn.say(waits, menu_of(turn), amount=row.amount, paid_for=row.paid_for, name=name)


def answer(turn: Turn, command: AnswerReversal) -> None:
    """The second person agrees, and both entries stand in the books; or does not, and nothing changes."""
    groups.lock_group(turn.conn, _found(turn, command.reversal).group_id)
    found = _found(turn, command.reversal)
    if found.state != "asked" or found.revision != command.revision:
        raise Refused("already_decided")
    if turn.me not in confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    row = deposit_of(turn, found)
    if command.agreed:
        _reverse(turn, command, found, row)
    else:
        _record(turn, command, row)
    reversals.decide_reversal(turn.conn, found, "done" if command.agreed else "declined", turn.me, turn.now)
    redraw(turn, _found(turn, found.id))
    _tell(turn, found, row, agreed=command.agreed)


def _reverse(turn: Turn, command: AnswerReversal, found: ReversalRow, row: DepositRow) -> None:
    """Book the opposite, in one correction with whatever used what this deposit had paid in advance."""
    command_id = _record(turn, command, row)
    note = NoteRef(found.note_id, notes.note_hash(turn.conn, found.note_id))
    if row.loan_id is not None:
        repaying.take_back(turn, Hands(command_id, found.asked_by), row, note)
    else:
        books.book(
            turn.conn,
            found.group_id,
            command_id,
            list(_correction(turn, found, row, note)),
            booked_at=turn.now,
            booked_on=turn.today,
            entered_by=found.asked_by,
            confirmed_by=turn.me,
        )
    deposits.update_deposit(turn.conn, row, state="reversed")
    deposit_card.redraw(turn, deposit_of(turn, found))


def _correction(turn: Turn, found: ReversalRow, row: DepositRow, note: NoteRef) -> Iterator[Booking]:
    """Yield the opposites, newest first, and then what other payments in advance still cover of the uses."""
    fallen = advances.uses_standing_on(turn.conn, row.membership_id, found.entry_id)
    for entry_id in (*fallen.uses, found.entry_id):
        yield passbooks.entry_of(turn.conn, entry_id).opposite(note)
    left = fallen.left
    for use in map(partial(passbooks.entry_of, turn.conn), reversed(fallen.uses)):
        line = next(line for line in use.lines if line.account is Account.SAVINGS)
        part = min(left, -line.amount)
        if part and line.round_number is not None:
            again = advance_used(row.membership_id, line.round_number, part)
            yield Booking("advance_used", use.value_on, again, note=note)
            left -= part


def _tell(turn: Turn, found: ReversalRow, row: DepositRow, *, agreed: bool) -> None:
    member = turn.member(row.membership_id)
    reason = notes.note_text(turn.conn, found.note_id) or ""
    turn.tell(
        found.asked_by,
        "reversal.your_wish_done" if agreed else "reversal.your_wish_declined",
        key=f"answered:{card_name(found.id)}",
        name=member.name or "",
        amount=row.amount,
        paid_for=row.paid_for,
    )
    if agreed:
        about = {"group": turn.group(found.group_id).name, "amount": row.amount, "reason": reason}
        text, left = _left(turn, row)
        turn.tell_member(member, text, (), f"told:{card_name(found.id)}", **about, **left)


def _left(turn: Turn, row: DepositRow) -> tuple[str, Mapping[str, object]]:
    """Return the text that tells whoever paid it, and how her money stands now."""
    if row.loan_id is None:
        return "reversal.told_member", {"balance": passbooks.member_balance(turn.conn, row.membership_id)}
    account = repaying.account_of(turn, repaying.loan_of(turn, row.loan_id))
    return "repayment.taken_back", repaying.left_facts(turn, account)


def _standing(turn: Turn, entry_id: EntryId) -> DepositRow:
    """Return the deposit of an entry that has not been reversed."""
    row = deposits.deposit_of_entry(turn.conn, entry_id)
    if row is None or row.state != "confirmed" or row.way is Way.SAVINGS:
        raise Refused("nothing_to_reverse")
    return row


def _record(turn: Turn, command: AskReversal | AnswerReversal, row: DepositRow) -> CommandId:
    member = turn.member(row.membership_id)
    return turn.record(command, row.group_id, (member.person_id, member.helper_id, row.reported_by))


def _found(turn: Turn, reversal_id: ReversalId) -> ReversalRow:
    found = reversals.reversal_by_id(turn.conn, reversal_id)
    if found is None:
        raise Refused("not_found")
    return found
