"""Cash that stands under somebody's name, until the treasurer has it."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from domain.ids import GroupId, PersonId
from domain.ledger import Account
from domain.money import Rial
from storage.prepared import Prepared
from storage.schema import balance

_KEPT = Prepared(
    select(balance.c.holder, balance.c.amount)
    .where(
        balance.c.group_id == bindparam("group_id"),
        balance.c.account == Account.IN_TRANSIT.value,
        balance.c.amount > Rial(0),
    )
    .order_by(balance.c.holder),
    lambda holder, amount: (PersonId(holder), amount),
)


def kept_in(conn: Connection, group_id: GroupId) -> tuple[tuple[PersonId, Rial], ...]:
    """Return who keeps how much of a group's cash, by the persons they were when they took it in."""
    return tuple(_KEPT.all(conn, group_id=group_id))
