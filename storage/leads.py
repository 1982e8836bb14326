"""Leads: people who said that they are interested."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from domain.commands import LeadState
from domain.ids import AccountId, LeadId, PersonId
from storage.fixed import holds
from storage.schema import lead

OPEN = (LeadState.NEW.value, LeadState.CALLED.value)


@dataclass(frozen=True, slots=True)
class LeadRow:
    """Somebody interested; name and phone are None once erased."""

    id: LeadId
    account_id: AccountId
    name: str | None
    phone: str | None
    county: str
    state: LeadState
    created_at: datetime
    handled_by: PersonId | None
    handled_at: datetime | None


def add_lead(
    conn: Connection, account_id: AccountId, county: str, now: datetime, *, name: str, phone: str
) -> LeadId:
    """Store somebody's interest, not yet looked after by anybody."""
    values = {"account_id": account_id, "county": county, "created_at": now, "name": name, "phone": phone}
    return LeadId(conn.execute(insert(lead).values(values).returning(lead.c.id)).scalar_one())


def lead_by_id(conn: Connection, lead_id: LeadId) -> LeadRow | None:
    """Return a lead, None where there is none of that number."""
    row = conn.execute(select(lead).where(lead.c.id == lead_id)).one_or_none()
    return None if row is None else _lead(row)


def lead_since(conn: Connection, account_id: AccountId, county: str, since: datetime) -> LeadRow | None:
    """Return what the account said about this county lately."""
    lately = lead.c.created_at > since
    mine = select(lead).where(lead.c.account_id == account_id, lead.c.county == county, lately)
    row = conn.execute(mine.order_by(lead.c.id.desc())).first()
    return None if row is None else _lead(row)


def count_since(conn: Connection, account_id: AccountId, since: datetime) -> int:
    """Count how often the account said it was interested, in any county."""
    mine = select(func.count(lead.c.id)).where(lead.c.account_id == account_id, lead.c.created_at > since)
    return conn.execute(mine).scalar_one()


def leads_of(conn: Connection, account_ids: Sequence[AccountId]) -> tuple[LeadRow, ...]:
    """Return when these accounts said they were interested, oldest first."""
    mine = select(lead).where(lead.c.account_id.in_(account_ids)).order_by(lead.c.id)
    return tuple(_lead(row) for row in conn.execute(mine))


def correct_lead(conn: Connection, lead_id: LeadId, name: str, phone: str) -> None:
    """Keep the name and phone said last."""
    conn.execute(update(lead).where(lead.c.id == lead_id).values(name=name, phone=phone))


def mark_lead(conn: Connection, lead_id: LeadId, state: LeadState, by: PersonId, now: datetime) -> bool:
    """Say what became of a lead; False where that was said already."""
    marked = update(lead).where(lead.c.id == lead_id, lead.c.state != state.value)
    return conn.execute(marked.values(state=state.value, handled_by=by, handled_at=now)).rowcount == 1


def open_leads(
    conn: Connection, counties: Collection[str] | None, limit: int, before: LeadId | None = None
) -> tuple[LeadRow, ...]:
    """Return the open leads of the counties (None: of all), newest first, those older than `before`."""
    found = select(lead).where(_open(counties)).order_by(lead.c.id.desc()).limit(limit)
    if before is not None:
        found = found.where(lead.c.id < before)
    return tuple(_lead(row) for row in conn.execute(found))


def count_open(conn: Connection, counties: Collection[str] | None) -> int:
    """Count the open leads of the counties (None: of all)."""
    return conn.execute(select(func.count(lead.c.id)).where(_open(counties))).scalar_one()


def _open(counties: Collection[str] | None) -> ColumnElement[bool]:
    waits = holds(lead.c.state, *OPEN)
    return waits if counties is None else waits & lead.c.county.in_(counties)


def _lead(row: Row[tuple[object, ...]]) -> LeadRow:
    return LeadRow(
        row.id,
        row.account_id,
        row.name,
        row.phone,
        row.county,
        LeadState(row.state),
        row.created_at,
        row.handled_by,
        row.handled_at,
    )
