"""Updates as they arrived: kept before they are acknowledged, worked off chat by chat, each counted once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Table, bindparam, case, delete, exists, func, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.ids import InboxId, Platform
from domain.patience import Backlog
from storage.fixed import holds
from storage.prepared import Prepared, nothing
from storage.schema import inbox, outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

KEPT_WHEN_DONE = timedelta(days=7)  # how long a repetition is recognised
KEPT_WHEN_ASIDE = timedelta(days=30)
SWEPT_AT_ONCE = 500  # units stay short


@dataclass(frozen=True, slots=True, order=True)
class Lane:
    """One chat, whose updates are worked off in order; chat 0 holds what names no chat."""

    platform: Platform
    chat_id: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update as intake hands it over; `flaw` says why it cannot be worked on and is set aside at once."""

    lane: Lane
    bot_id: int
    update_id: int
    body_hash: bytes
    body: str
    flaw: str | None = None


class Pending(NamedTuple):
    """An update to be worked on; `more` where another of its chat waits behind it."""

    id: InboxId
    lane: Lane
    body: str
    tries: int
    received_at: datetime
    backlog: Backlog
    more: bool


def new_rows(conn: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT whose `on_conflict_…` speaks the dialect of the connection."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


_KEPT = (
    "platform", "bot_id", "update_id", "body_hash", "chat_id", "body", "received_at", "state", "reason",
    "done_at",
)  # fmt: skip
_KEEP = {
    "sqlite": Prepared(sqlite.insert(inbox).on_conflict_do_nothing(), nothing, _KEPT),
    "postgresql": Prepared(postgresql.insert(inbox).on_conflict_do_nothing(), nothing, _KEPT),
}


def keep(conn: Connection, updates: Sequence[Incoming], received_at: datetime) -> None:
    """Store a batch; what is known already changes nothing."""
    if updates:
        _KEEP[conn.dialect.name].run_many(conn, [_row(one, received_at) for one in updates])


def _row(one: Incoming, received_at: datetime) -> dict[str, object]:
    aside = one.flaw is not None
    return {
        "platform": one.lane.platform,
        "bot_id": one.bot_id,
        "update_id": one.update_id,
        "body_hash": one.body_hash,
        "chat_id": one.lane.chat_id,
        "body": one.body,
        "received_at": received_at,
        "state": "aside" if aside else "pending",
        "reason": one.flaw,
        "done_at": received_at if aside else None,
    }


# Answers that wait in the same chat; the only ones with a key ask for patience.
_UNSENT = (
    (outbox.c.platform == inbox.c.platform)
    & (outbox.c.chat_id == inbox.c.chat_id)
    & holds(outbox.c.state, "waiting", "sending")
    & (outbox.c.priority == literal_column("0"))
)
_behind = inbox.alias("behind")
_IS_ONE_BEHIND = exists().where(
    _behind.c.platform == inbox.c.platform,
    _behind.c.chat_id == inbox.c.chat_id,
    holds(_behind.c.state, "pending"),
    _behind.c.id > inbox.c.id,
)
_PENDING = (
    select(
        inbox.c.id,
        inbox.c.platform,
        inbox.c.chat_id,
        inbox.c.body,
        inbox.c.tries,
        inbox.c.received_at,
        select(func.count()).where(_UNSENT).scalar_subquery(),
        select(func.count(outbox.c.key)).where(_UNSENT).scalar_subquery(),
        _IS_ONE_BEHIND,
    )
    .where(
        inbox.c.platform == bindparam("platform"),
        inbox.c.chat_id == bindparam("chat_id"),
        holds(inbox.c.state, "pending"),
    )
    .order_by(inbox.c.id)
    .limit(1)
)
_DONE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("row"), holds(inbox.c.state, "pending"))
    .values(state="done", body=None, done_at=bindparam("at")),
    nothing,
)


def _pending(  # noqa: PLR0913, PLR0917 — the columns of one row
    row: InboxId,
    platform: str,
    chat_id: int,
    body: str,
    tries: int,
    received_at: datetime,
    unsent: int,
    asked_to_wait: int,
    more: object,
) -> Pending:
    lane, backlog = Lane(Platform(platform), chat_id), Backlog(unsent, asked_to_wait > 0)
    return Pending(row, lane, body, tries, received_at, backlog, bool(more))


_FIRST_PENDING = Prepared(_PENDING, _pending)


def first_pending(conn: Connection, lane: Lane) -> Pending | None:
    """Return the oldest update of a chat that still waits."""
    return _FIRST_PENDING.first(conn, platform=lane.platform, chat_id=lane.chat_id)


def pending_lanes(conn: Connection, platforms: Sequence[Platform], limit: int) -> tuple[Lane, ...]:
    """Name the chats in which something waits, those that wait longest first."""
    waiting = (
        select(inbox.c.platform, inbox.c.chat_id)
        .where(holds(inbox.c.state, "pending"), inbox.c.platform.in_(platforms))
        .group_by(inbox.c.platform, inbox.c.chat_id)
        .order_by(func.min(inbox.c.id))
        .limit(limit)
    )
    return tuple(Lane(Platform(row.platform), row.chat_id) for row in conn.execute(waiting))


def finish(conn: Connection, row: InboxId, at: datetime) -> bool:
    """Mark an update done and erase its body; False if that had been done before."""
    return _DONE.run(conn, row=row, at=at) == 1


def count_try(conn: Connection, row: InboxId) -> int:
    """Count a failed try, in a unit of its own, and return how many there were."""
    counted = update(inbox).where(inbox.c.id == row).values(tries=inbox.c.tries + 1).returning(inbox.c.tries)
    tries: int = conn.execute(counted).scalar_one()
    return tries


# A tap may have been a secret vote: nothing of it is kept.
_WITHOUT_TAPS = case((inbox.c.body.contains('"callback_query"'), None), else_=inbox.c.body)


def set_aside(conn: Connection, row: InboxId, reason: str, at: datetime) -> bool:
    """Stop working on an update, keeping a while what was said, not tapped; False if it was not pending."""
    aside = update(inbox).where(inbox.c.id == row, holds(inbox.c.state, "pending"))
    ended = aside.values(state="aside", reason=reason, done_at=at, body=_WITHOUT_TAPS)
    return conn.execute(ended).rowcount == 1


def sweep_inbox(conn: Connection, now: datetime) -> int:
    """Erase some updates whose repetition need not be feared any more; return how many, 0 in the end."""
    old = (
        select(inbox.c.id)
        .where(
            ~holds(inbox.c.state, "pending"),
            inbox.c.done_at < now - KEPT_WHEN_DONE,
            or_(holds(inbox.c.state, "done"), inbox.c.done_at < now - KEPT_WHEN_ASIDE),
        )
        .limit(SWEPT_AT_ONCE)
    )
    return conn.execute(delete(inbox).where(inbox.c.id.in_(old))).rowcount
