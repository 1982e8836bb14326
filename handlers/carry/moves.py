"""A move of the group's money: entered by the treasurer, booked once another person says that it is right."""

from __future__ import annotations

from domain.calendar import local_day
from domain.ids import CommandId, GroupId, MoveId, PersonId
from domain.ledger import Account, Booking, NoteRef
from domain.moves import AddMovePicture, AnswerMove, EnterMove, HandOver, PayFine, WithdrawMove
from domain.posting import OF_A_MEMBER, MoveKind, money_moved, taken_from
from domain.refusals import Refused
from handlers import keeping
from handlers.cards.move import confirmers_of, enterer_of, facts_of, redraw, send_cards, withdraw_rows
from handlers.lending import refuse_too_little
from handlers.menu import menu_of
from handlers.openers.moves import hand_over as handing
from handlers.standing import own_member
from handlers.turn import Turn
from storage import books, fines, groups, moves, notes
from storage.entries import Booked
from storage.moves import MoveRow

MOST_WAITING = 12


def enter(turn: Turn, command: EnterMove) -> None:
    """Store what the treasurer says; whoever confirms it gets a card."""
    lock_as_treasurer(turn, command.group)
    if not command.is_whole:
        raise Refused("move_is_not_whole", back_to="money_move.kind")
    if len(moves.waiting_moves(turn.conn, command.group)) >= MOST_WAITING:
        raise Refused("too_many_moves_waiting")
    _refuse_too_little(turn, command, back_to="money_move.amount")
    turn.record(command, command.group, _payer(turn, command))
    found = store(turn, command)
    _put_before(turn, found, "money_move.written_down", "money_move.nobody_to_confirm")


def pay_fine(turn: Turn, command: PayFine) -> None:
    """Store that a member has paid the fine of a round; who may confirm her savings gets a card."""
    fine = command.fine
    member = own_member(turn, fine.membership)
    groups.lock_group(turn.conn, member.group_id)
    if fine not in fines.fines_of(turn.conn, member.group_id, member.id):
        raise Refused("fine_is_settled")
    turn.record(command, member.group_id, (member.person_id, member.helper_id))
    found = moves.add_move(
        turn.conn,
        group_id=member.group_id,
        kind=MoveKind.LATE_FINE,
        amount=fine.amount,
        way=command.way,
        membership_id=member.id,
        round_number=fine.round_number,
        picture_id=command.picture,
        entered_by=turn.me,
        entered_at=turn.now,
    )
    _put_before(turn, found, "pay_fine.written_down", "pay_fine.nobody_to_confirm")


def hand_over(turn: Turn, command: HandOver) -> None:
    """Store that the treasurer has cash somebody kept; the other side confirms it."""
    groups.lock_group(turn.conn, command.group)
    if command.keeper not in {one.holder for one in handing(turn, command.group).kept}:
        raise Refused("hand_over_waits")
    whose = (turn, command.group, Account.IN_TRANSIT)
    refuse_too_little(*whose, command.amount, "hand_over.amount", command.keeper)
    turn.record(command, command.group, (command.keeper,))
    found = moves.add_move(
        turn.conn,
        group_id=command.group,
        kind=MoveKind.HANDED_OVER,
        amount=command.amount,
        keeper_id=command.keeper,
        entered_by=turn.me,
        entered_at=turn.now,
    )
    _put_before(turn, found, "money_move.written_down", "money_move.nobody_to_confirm")


def _put_before(turn: Turn, found: MoveRow, shown: str, nobody: str) -> None:
    """Show it to whoever confirms it, and say so."""
    text = shown if send_cards(turn, found) else nobody
    turn.say_with(text, withdraw_rows(found), **facts_of(turn, found))


def lock_as_treasurer(turn: Turn, group_id: GroupId) -> None:
    """Let nobody else decide in the group meanwhile; only its treasurer enters what became of its money."""
    groups.lock_group(turn.conn, group_id)
    if turn.me != groups.offices_of(turn.conn, turn.group(group_id)).treasurer:
        raise Refused("treasurer_enters")


def store(turn: Turn, command: EnterMove) -> MoveRow:
    """Keep a move, which waits from now on; a fine is what the bylaws ask for, nothing else."""
    if command.kind is MoveKind.LATE_FINE and not _is_owed(turn, command):
        raise Refused("terms_changed", back_to="money_move.kind")
    note = None
    if command.purpose:
        note, _ = notes.add_note(turn.conn, command.purpose, turn.desk.random_bytes(notes.SALT_BYTES))
    return moves.add_move(
        turn.conn,
        group_id=command.group,
        kind=command.kind,
        amount=command.amount,
        way=command.way,
        membership_id=command.member,
        round_number=command.round_number,
        note_id=note,
        picture_id=command.picture,
        entered_by=turn.me,
        entered_at=turn.now,
    )


def _is_owed(turn: Turn, command: EnterMove) -> bool:
    """Tell whether that fine of that round is open."""
    owed = fines.fines_in(turn.conn, command.group)
    entered = (command.member, command.round_number, command.amount)
    return any((one.membership, one.round_number, one.amount) == entered for one in owed)


def add_picture(turn: Turn, command: AddMovePicture) -> None:
    """Put the picture of the receipt to a cost that has none."""
    found = _locked(turn, command.move)
    if turn.me != enterer_of(turn, found) or found.picture_id is not None:
        raise Refused("already_decided")
    turn.record(command, found.group_id)
    changed = moves.update_move(turn.conn, found, picture_id=command.picture)
    if changed.state == "waiting":
        send_cards(turn, changed)
    turn.say("money_move.picture_added", menu_of(turn), **facts_of(turn, changed))


def answer(turn: Turn, command: AnswerMove) -> None:
    """Book it, or let it be; whoever entered it is told."""
    found = _waiting(turn, command.move, command.revision)
    if turn.me not in confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    command_id = turn.record(command, found.group_id, (found.entered_by,))
    decided = {"decided_by": turn.me, "decided_at": turn.now}
    if not command.agreed:
        changed = moves.update_move(turn.conn, found, state="declined", **decided)
        turn.tell(enterer_of(turn, found), "move.told_declined", (), None, **facts_of(turn, changed))
    else:
        _refuse_too_little(turn, found)
        keeper = _keeper(turn, found)
        booked = _book(turn, found._replace(keeper_id=keeper), command_id)
        done = {"state": "confirmed", "entry_id": booked.id, "keeper_id": keeper}
        changed = moves.update_move(turn.conn, found, **done, **decided)
        _tell_booked(turn, changed, booked)
    redraw(turn, changed)


def withdraw(turn: Turn, command: WithdrawMove) -> None:
    """Take back what nobody has answered."""
    found = _waiting(turn, command.move, command.revision)
    if turn.me != enterer_of(turn, found):
        raise Refused("not_yours")
    turn.record(command, found.group_id)
    changed = moves.update_move(turn.conn, found, state="withdrawn", decided_by=turn.me, decided_at=turn.now)
    redraw(turn, changed)
    turn.say("money_move.withdrawn", menu_of(turn), **facts_of(turn, changed))


def _refuse_too_little(turn: Turn, move: EnterMove | MoveRow, back_to: str | None = None) -> None:
    """What is taken out of box, account or a keeper's hands must be there, and handed to nobody already."""
    group_id = move.group if isinstance(move, EnterMove) else move.group_id
    keeper = None if isinstance(move, EnterMove) else move.keeper_id
    taken = taken_from(money_moved(move.kind, move.way, move.amount, keeper=keeper))
    if taken is not None:
        refuse_too_little(turn, group_id, taken.account, move.amount, back_to, taken.holder)


def _keeper(turn: Turn, found: MoveRow) -> PersonId | None:
    """Return who keeps what a member paid in cash, or kept what is handed over; None for all else."""
    if found.kind not in OF_A_MEMBER or found.membership_id is None:
        return found.keeper_id
    payer, enterer = turn.member(found.membership_id), enterer_of(turn, found)
    taker = turn.me if enterer in (payer.person_id, payer.helper_id) else enterer
    return keeping.keeper_for(turn, found.group_id, found.way, taker, turn.parties(payer))


def _book(turn: Turn, found: MoveRow, command_id: CommandId) -> Booked:
    note = NoteRef(found.note_id, notes.note_hash(turn.conn, found.note_id)) if found.note_id else None
    lines = money_moved(found.kind, found.way, found.amount, keeper=found.keeper_id)
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [Booking(found.kind.value, local_day(found.entered_at), lines, note=note)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=found.entered_by,
        confirmed_by=turn.me,
    )
    return booked


def _tell_booked(turn: Turn, found: MoveRow, booked: Booked) -> None:
    """Say what is in the box and in the bank now; to who paid a fine of her own, that it is booked."""
    facts, enterer = facts_of(turn, found), enterer_of(turn, found)
    printed = {"entry": booked.sequence, "print": booked.print}
    payer = turn.member(found.membership_id) if found.membership_id else None
    if payer and found.round_number and enterer in (payer.person_id, payer.helper_id):
        turn.tell_member(payer, "pay_fine.receipt", (), None, **facts, **printed)
        return
    totals = books.group_totals(turn.conn, found.group_id)
    turn.tell(enterer, "move.told_confirmed", (), None, **facts, **printed, totals=totals)


def _payer(turn: Turn, command: EnterMove) -> tuple[PersonId | None, ...]:
    """Return who paid an entry fee and who helps her; only members do."""
    if command.member is None:
        return ()
    member = turn.member(command.member)
    if member.group_id != command.group or member.state != "admitted":
        raise Refused("not_a_member")
    return member.person_id, member.helper_id


def _waiting(turn: Turn, move_id: MoveId, revision: int) -> MoveRow:
    found = _locked(turn, move_id)
    if found.state != "waiting" or found.revision != revision:
        raise Refused("already_decided")
    return found


def _locked(turn: Turn, move_id: MoveId) -> MoveRow:
    """Return a move, its group locked against other decisions until the unit ends."""
    groups.lock_group(turn.conn, _found(turn, move_id).group_id)
    return _found(turn, move_id)


def _found(turn: Turn, move_id: MoveId) -> MoveRow:
    found = moves.move_by_id(turn.conn, move_id)
    if found is None:
        raise Refused("not_found")
    return found
