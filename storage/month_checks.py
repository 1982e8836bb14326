"""Recounts every closed month: what stood on each account at its end, and where the chain was."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Row, and_, bindparam, select

from storage.flaws import Flaw
from storage.months import balances_on, head_on, write_balances
from storage.schema import closed_month, group, month_closing

_GROUPS = select(closed_month.c.group_id).distinct().order_by(closed_month.c.group_id)
_SAME = and_(
    month_closing.c.group_id == closed_month.c.group_id,
    month_closing.c.last_day == closed_month.c.last_day,
    month_closing.c.state == "closed",
    month_closing.c.asked_by == closed_month.c.asked_by,
    month_closing.c.decided_by == closed_month.c.confirmed_by,
)
_CLOSED = (
    select(closed_month, group.c.books_closed_on, month_closing.c.id.label("agreed"))
    .join(group, group.c.id == closed_month.c.group_id)
    .outerjoin(month_closing, _SAME)
    .where(closed_month.c.group_id == bindparam("group_id"))
    .order_by(closed_month.c.last_day)
)
_NOT_FROZEN = (
    select(month_closing.c.group_id, month_closing.c.last_day)
    .outerjoin_from(month_closing, closed_month, _SAME)
    .where(month_closing.c.state == "closed", closed_month.c.id.is_(None))
)


def check_months(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of closed months with the books and with who closed them."""
    for group_id in conn.scalars(_GROUPS).all():
        for row in conn.execute(_CLOSED, {"group_id": group_id}).all():
            yield from _recounted(conn, row)
    for group_id, last_day in conn.execute(_NOT_FROZEN):
        yield Flaw(f"the month that ended on {last_day} was closed and is not kept", group_id)


def _recounted(conn: Connection, row: Row[tuple[object, ...]]) -> Iterator[Flaw]:
    """The month as it was closed, against the books of today."""
    balances = write_balances(balances_on(conn, row.group_id, row.last_day))
    wrong = {
        "has other balances than the books": row.balances != balances,
        "ends with another entry than the books": (row.sequence, bytes(row.head))
        != head_on(conn, row.group_id, row.last_day),
        "is not shut in the books": row.books_closed_on is None or row.books_closed_on < row.last_day,
        "was not agreed to by who is said to have closed it": row.agreed is None,
        f"was asked for and confirmed by person {row.asked_by}": row.asked_by == row.confirmed_by,
    }
    for sentence in (sentence for sentence, so in wrong.items() if so):
        yield Flaw(f"the month that ended on {row.last_day} {sentence}", row.group_id, row.sequence)
