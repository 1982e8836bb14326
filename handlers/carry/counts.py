"""The cash is counted and compared with the books; a difference is a move that another person confirms."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ledger import Account
from domain.moves import CountCash, EnterMove
from domain.posting import DIFFERENCES, MoveKind
from domain.refusals import Refused
from handlers.cards.move import facts_of, send_cards, withdraw_rows
from handlers.carry.moves import lock_as_treasurer, store
from handlers.menu import menu_of
from handlers.openers.moves import refuse_handed_over
from handlers.turn import Turn
from storage import books, counts, groups, moves
from storage.entries import Head, lock_head, print_of
from storage.moves import MoveRow


def count(turn: Turn, command: CountCash) -> None:
    """Keep the count beside the head of the books; a difference waits for its confirmation."""
    lock_as_treasurer(turn, command.group)
    if any(one.kind in DIFFERENCES for one in moves.waiting_moves(turn.conn, command.group)):
        raise Refused("difference_waits")
    refuse_handed_over(turn, command.group)
    by_books = books.balance_of(turn.conn, command.group, Account.CASH)
    if by_books != command.by_books:
        raise Refused("cash_moved_meanwhile", back_to="cash_count.counted")
    turn.record(command, command.group)
    difference = _difference(turn, command)
    head = lock_head(turn.conn, command.group)
    counts.add_count(
        turn.conn,
        group_id=command.group,
        counted=command.counted,
        by_books=by_books,
        sequence=head.sequence,
        head=head.hash,
        counted_by=turn.me,
        counted_at=turn.now,
        move_id=difference.id if difference else None,
    )
    if difference is None:
        _tell_it_agrees(turn, command, head)
    else:
        told = send_cards(turn, difference)
        text = "cash_count.differs" if told else "cash_count.nobody_to_confirm"
        facts = facts_of(turn, difference)
        turn.say_with(text, withdraw_rows(difference), counted=command.counted, **facts)


def _difference(turn: Turn, command: CountCash) -> MoveRow | None:
    difference = command.counted - command.by_books
    if not difference:
        return None
    kind = MoveKind.CASH_SHORT if difference.rials < 0 else MoveKind.CASH_OVER
    return store(turn, EnterMove(command.group, kind, abs(difference), None, None, command.reason, None))


def _tell_it_agrees(turn: Turn, command: CountCash, head: Head) -> None:
    """Say it to the treasurer, and to the chair who counted with her."""
    group = turn.group(command.group)
    facts: Mapping[str, object] = {
        "group": group.name,
        "by": turn.names([turn.me]).get(turn.me) or "",
        "counted": command.counted,
        "number": head.sequence,
        "print": print_of(head.hash),
    }
    turn.say("cash_count.agrees", menu_of(turn), **facts)
    chair = groups.offices_of(turn.conn, group).chair
    if chair is not None:
        turn.tell(chair, "cash_count.told_agrees", (), None, **facts)
