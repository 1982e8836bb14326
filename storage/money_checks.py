"""Compares the books with what the treasurer entered about the group's own money."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, Row, func, select

from domain import late_saving
from domain.ledger import GENESIS, Account
from domain.money import Rial
from domain.posting import MoveKind, Way, money_moved
from storage import bylaws
from storage.flaws import Flaw
from storage.schema import cash_count, cash_move, entry, posting, round_line, saving_round
from storage.types import Money

AT_ONCE = 500
_BOOKED = ("confirmed", "reversed")
_OPPOSITE = entry.alias("opposite")
_MOVES = (
    select(cash_move.c.id, cash_move.c.group_id, cash_move.c.kind, cash_move.c.way, cash_move.c.amount)
    .add_columns(
        cash_move.c.state,
        cash_move.c.entry_id,
        cash_move.c.round_number,
        entry.c.sequence,
        entry.c.group_id.label("booked_in"),
    )
    .add_columns(entry.c.kind.label("booked_as"), posting.c.account, posting.c.amount.label("rials"))
    .add_columns(cash_move.c.membership_id, cash_move.c.keeper_id, posting.c.holder)
    .add_columns(_OPPOSITE.c.id.label("undone"))
    .outerjoin_from(cash_move, entry, cash_move.c.entry_id == entry.c.id)
    .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
    .outerjoin(posting, posting.c.entry_id == entry.c.id)
    .order_by(cash_move.c.id, posting.c.line)
    .execution_options(yield_per=AT_ONCE)
)
_FINES = (
    select(cash_move.c.id, cash_move.c.group_id, cash_move.c.membership_id, cash_move.c.amount)
    .add_columns(saving_round.c.opens_on, saving_round.c.closed_at)
    .add_columns(round_line.c.membership_id.label("in_round"))
    .outerjoin_from(
        cash_move,
        saving_round,
        (saving_round.c.group_id == cash_move.c.group_id)
        & (saving_round.c.number == cash_move.c.round_number),
    )
    .outerjoin(
        round_line,
        (round_line.c.round_id == saving_round.c.id)
        & (round_line.c.membership_id == cash_move.c.membership_id),
    )
    .where(cash_move.c.kind == MoveKind.LATE_FINE.value)
    .order_by(cash_move.c.group_id, cash_move.c.id)
)
_WITHOUT_MOVE = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id)
    .outerjoin_from(entry, cash_move, cash_move.c.entry_id == entry.c.id)
    .where(entry.c.kind.in_([kind.value for kind in MoveKind]), cash_move.c.id.is_(None))
)
_CASH = func.sum(posting.c.amount, type_=Money)
_CASH_THEN = (
    select(func.coalesce(_CASH, 0))
    .join_from(posting, entry, posting.c.entry_id == entry.c.id)
    .where(posting.c.account == Account.CASH.value, entry.c.group_id == cash_count.c.group_id)
    .where(entry.c.sequence <= cash_count.c.sequence)
    .correlate(cash_count)
)
_COUNTS = (
    select(cash_count.c.id, cash_count.c.group_id, cash_count.c.counted, cash_count.c.by_books)
    .add_columns(cash_count.c.sequence, cash_count.c.head, entry.c.hash, _CASH_THEN.scalar_subquery())
    .add_columns(cash_move.c.kind, cash_move.c.amount, cash_move.c.group_id.label("moved_in"))
    .outerjoin_from(
        cash_count,
        entry,
        (entry.c.group_id == cash_count.c.group_id) & (entry.c.sequence == cash_count.c.sequence),
    )
    .outerjoin(cash_move, cash_move.c.id == cash_count.c.move_id)
    .order_by(cash_count.c.id)
    .execution_options(yield_per=AT_ONCE)
)


def check_money(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of moves and counts with the books."""
    yield from _moves(conn)
    yield from _late_fines(conn)
    yield from _counts(conn)


def _moves(conn: Connection) -> Iterator[Flaw]:
    """Each confirmed move has its entry, with the accounts and the sum of its kind, and no other has one.

    It is reversed if and only if its entry is.
    """
    for _, together in groupby(conn.execute(_MOVES), key=lambda row: row.id):
        postings = list(together)
        first = postings[0]
        booked = first.entry_id is not None
        lines = [(row.account, row.holder, row.rials) for row in postings]
        wrong = {
            "is confirmed and has no entry": first.state in _BOOKED and not booked,
            "is not confirmed and has an entry": first.state not in _BOOKED and booked,
            "is confirmed, its entry reversed": first.state == "confirmed" and first.undone is not None,
            "is reversed, its entry is not": first.state == "reversed" and first.undone is None,
            "is of another group": booked and first.booked_in != first.group_id,
            "is a fine of no round, or of a round and no fine": (first.kind == MoveKind.LATE_FINE.value)
            != (first.round_number is not None),
            "is not what its entry says": booked
            and (first.booked_as != first.kind or lines != _expected(first)),
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"move {first.id} {sentence}", first.group_id, first.sequence, first.entry_id)
    for group, sequence, entry_id in conn.execute(_WITHOUT_MOVE):
        yield Flaw("no move of money led to this entry", group, sequence, entry_id)


def _late_fines(conn: Connection) -> Iterator[Flaw]:
    """A fine that was paid is of a closed round that asked her, and what the bylaws said as it opened."""
    for group, together in groupby(conn.execute(_FINES), key=lambda row: row.group_id):
        versions = bylaws.versions_of(conn, group)
        for row in together:
            asked = None if row.opens_on is None else late_saving.asked_for(versions, row.opens_on)
            if row.closed_at is None or row.membership_id != row.in_round:
                yield Flaw(f"move {row.id} is a fine of a round that asked her for nothing", group)
            elif row.amount != asked:
                yield Flaw(f"move {row.id} is another fine than the bylaws asked for", group)


def _counts(conn: Connection) -> Iterator[Flaw]:
    """A count names the cash of the books where they stood then; what it differs by is its move."""
    for row in conn.execute(_COUNTS):
        number, group, counted, by_books, sequence, head, there, cash, *moved = row
        difference = counted - by_books
        kind = MoveKind.CASH_OVER if difference.rials > 0 else MoveKind.CASH_SHORT
        wrong = {
            "names another head than the books have there": head != (there or GENESIS),
            "names another sum of cash than the books have there": by_books != cash,
            "has another difference than its move": moved
            != ([kind.value, abs(difference), group] if difference else [None, None, None]),
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"count {number} {sentence}", group, sequence)


def _expected(move: Row[tuple[object, ...]]) -> list[tuple[int, int, Rial]] | None:
    """Return what such a move debits and credits; None where there can be no such move."""
    try:
        kind, way = MoveKind(move.kind), Way(move.way) if move.way else None
        lines = money_moved(kind, way, move.amount, move.membership_id, move.keeper_id)
    except ValueError:
        return None
    return [(line.account.value, line.holder, line.amount) for line in lines]
