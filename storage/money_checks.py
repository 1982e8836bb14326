"""Compares the books with what the treasurer entered about the group's own money."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, select

from domain.money import Rial
from domain.posting import MoveKind, Way, money_moved
from storage.flaws import Flaw
from storage.schema import cash_move, entry, posting

AT_ONCE = 500
_MOVES = (
    select(cash_move.c.id, cash_move.c.group_id, cash_move.c.kind, cash_move.c.way, cash_move.c.amount)
    .add_columns(
        cash_move.c.state, cash_move.c.entry_id, entry.c.sequence, entry.c.group_id.label("booked_in")
    )
    .add_columns(entry.c.kind.label("booked_as"), posting.c.account, posting.c.amount.label("rials"))
    .outerjoin_from(cash_move, entry, cash_move.c.entry_id == entry.c.id)
    .outerjoin(posting, posting.c.entry_id == entry.c.id)
    .order_by(cash_move.c.id, posting.c.line)
    .execution_options(yield_per=AT_ONCE)
)
_WITHOUT_MOVE = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id)
    .outerjoin_from(entry, cash_move, cash_move.c.entry_id == entry.c.id)
    .where(entry.c.kind.in_([kind.value for kind in MoveKind]), cash_move.c.id.is_(None))
)


def check_money(conn: Connection) -> Iterator[Flaw]:
    """Each confirmed move has its entry, with the accounts and the sum of its kind, and no other has one."""
    for _, together in groupby(conn.execute(_MOVES), key=lambda row: row.id):
        postings = list(together)
        first = postings[0]
        booked = first.entry_id is not None
        lines = [(row.account, row.rials) for row in postings]
        wrong = {
            "is confirmed and has no entry": first.state == "confirmed" and not booked,
            "is not confirmed and has an entry": first.state != "confirmed" and booked,
            "is of another group": booked and first.booked_in != first.group_id,
            "is not what its entry says": booked
            and (first.booked_as != first.kind or lines != _expected(first.kind, first.way, first.amount)),
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"move {first.id} {sentence}", first.group_id, first.sequence, first.entry_id)
    for group, sequence, entry_id in conn.execute(_WITHOUT_MOVE):
        yield Flaw("no move of money led to this entry", group, sequence, entry_id)


def _expected(kind: str, way: str | None, amount: Rial) -> list[tuple[int, Rial]] | None:
    """Return what such a move debits and credits; None where there can be no such move."""
    try:
        lines = money_moved(MoveKind(kind), Way(way) if way else None, amount)
    except ValueError:
        return None
    return [(line.account.value, line.amount) for line in lines]
