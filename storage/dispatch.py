"""Rows of the outbox on their way: claimed by delivery chat by chat, and what became of them.

Within a chat rows go out in the order of their ids, except that reminders let everything else pass; between
chats the priority decides. Answers to pressed buttons stand outside of any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update

from domain.ids import Platform
from domain.outgoing import load_keyboard
from storage.fixed import holds
from storage.outbox import ALERT, REMINDER, REPLY, Action, OutRow
from storage.schema import account, outbox, picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row

PICTURE_TRIES = 4  # so often fetching may fail before its message goes without it: about ten seconds
KEPT_WHEN_SENT = timedelta(days=30)
SWEPT_AT_ONCE = 500  # units stay short
LONGEST_REASON = 300
UNSENT = ("waiting", "sending")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row delivery works on until its lease ends."""

    id: int
    out: OutRow
    tries: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The message in which a card stands."""

    message_id: int
    has_caption: bool


_other = outbox.alias("other")
_reminder = outbox.c.priority == REMINDER
_other_reminder = _other.c.priority == REMINDER
_comes_first = exists().where(
    _other.c.platform == outbox.c.platform,
    _other.c.chat_id == outbox.c.chat_id,
    holds(_other.c.state, *UNSENT),
    ~holds(_other.c.action, "answer"),
    _other.c.id != outbox.c.id,
    or_(
        _other.c.leased_until > bindparam("now"),
        and_(_reminder, ~_other_reminder),
        and_(_reminder == _other_reminder, _other.c.id < outbox.c.id),
    ),
)
_waits_for_picture = exists().where(
    picture.c.id == outbox.c.picture_id,
    holds(picture.c.state, "queued"),
    picture.c.platform != outbox.c.platform,
    picture.c.tries < PICTURE_TRIES,
)
_DUE = (
    select(outbox)
    .where(
        outbox.c.platform == bindparam("platform"),
        holds(outbox.c.state, *UNSENT),
        ~holds(outbox.c.action, "answer"),
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")),
        or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now")),
        outbox.c.priority.between(bindparam("first"), bindparam("last")),
        ~_comes_first,
        ~_waits_for_picture,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
_ANSWERS = (
    update(outbox)
    .where(
        outbox.c.platform == bindparam("on_platform"),
        holds(outbox.c.action, "answer"),
        holds(outbox.c.state, "waiting"),
    )
    .values(state="sent", sent_at=bindparam("at"))
    .returning(outbox)
)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="sent",
        sent_at=bindparam("at"),
        message_id=bindparam("in_message"),
        action=bindparam("sent_as"),
        leased_until=None,
    )
)


def claim(
    conn: Connection,
    platform: Platform,
    worker: str,
    now: datetime,
    until: datetime,
    most: int,
    reminders: int | None = None,
) -> tuple[Claim, ...]:
    """Lease the next row of every chat that has one due, at most so many, and so many reminders of them.

    A reminder found in the middle of its sending is recorded as uncertain: it is said once or not at all.
    """
    asked = {"platform": platform, "now": now}
    found = [*conn.execute(_DUE, asked | {"first": REPLY, "last": ALERT, "most": most})]
    room = min(most - len(found), most if reminders is None else reminders)
    if room > 0:
        found += conn.execute(_DUE, asked | {"first": REMINDER, "last": REMINDER, "most": room})
    _give_up_doubtful(conn, [row.id for row in found if row.state == "sending"])
    rows = [row for row in found if row.state == "waiting"]
    if rows:
        leased = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
        conn.execute(leased.values(leased_by=worker, leased_until=until))
    return tuple(map(_claim, rows))


def _give_up_doubtful(conn: Connection, ids: Sequence[int]) -> None:
    if ids:
        doubtful = update(outbox).where(outbox.c.id.in_(ids))
        conn.execute(doubtful.values(state="uncertain", reason="stopped while sending", leased_until=None))


def claim_answers(conn: Connection, platform: Platform, now: datetime) -> tuple[Claim, ...]:
    """Take all answers to pressed buttons; they count as sent from here on and are never tried again."""
    return tuple(map(_claim, conn.execute(_ANSWERS, {"on_platform": platform, "at": now})))


def _claim(row: Row[*tuple[object, ...]]) -> Claim:
    out = OutRow(
        platform=Platform(row.platform),
        chat_id=row.chat_id,
        priority=row.priority,
        action=row.action,
        text=row.text,
        created_at=row.created_at,
        keyboard=load_keyboard(row.keyboard),
        picture_id=row.picture_id,
        card=row.card,
        callback_id=row.callback_id,
        key=row.key,
        inbox_id=row.inbox_id,
    )
    return Claim(row.id, out, row.tries)


def release_claims(conn: Connection, platform: Platform, worker: str | None) -> None:
    """Give back what a worker that ends has claimed; None for every worker, where only one can be running."""
    leased = update(outbox).where(outbox.c.platform == platform, outbox.c.leased_until.is_not(None))
    mine = leased if worker is None else leased.where(outbox.c.leased_by == worker)
    conn.execute(mine.where(holds(outbox.c.state, *UNSENT)).values(leased_until=None))


def begin_sending(conn: Connection, claimed: Claim, worker: str) -> bool:
    """Write down that a reminder is about to be sent; False if the lease was lost meanwhile."""
    mine = update(outbox).where(
        outbox.c.id == claimed.id, outbox.c.leased_by == worker, holds(outbox.c.state, "waiting")
    )
    return conn.execute(mine.values(state="sending")).rowcount == 1


def shown(conn: Connection, out: OutRow) -> Shown | None:
    """Find the message in which a card stands now."""
    newest = (
        select(outbox.c.message_id, outbox.c.action)
        .where(
            outbox.c.platform == out.platform,
            outbox.c.chat_id == out.chat_id,
            outbox.c.card == out.card,
            holds(outbox.c.state, "sent"),
            outbox.c.message_id.is_not(None),
        )
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    row = conn.execute(newest).first()
    return None if row is None else Shown(row.message_id, row.action in {"photo", "document"})


# --- what became of it ----------------------------------------------------------------------------------


def mark_sent(
    conn: Connection, claimed: Claim, now: datetime, message_id: int | None, sent_as: Action
) -> None:
    """Record delivery; `sent_as` says whether a picture went out as text after all."""
    conn.execute(_SENT, {"row": claimed.id, "at": now, "in_message": message_id, "sent_as": sent_as})


def postpone(conn: Connection, claimed: Claim, until: datetime, reason: str) -> None:
    """Count a try and wait; the rows behind it in the chat wait too."""
    values = {
        "state": "waiting",
        "not_before": until,
        "reason": reason[:LONGEST_REASON],
        "leased_until": None,
    }
    again = update(outbox).where(outbox.c.id == claimed.id)
    conn.execute(again.values(**values, tries=outbox.c.tries + 1))


def give_up(conn: Connection, claimed: Claim, reason: str, *, uncertain: bool = False) -> None:
    """Stop trying, saying why; `uncertain` where it may have arrived."""
    state = "uncertain" if uncertain else "given_up"
    ended = update(outbox).where(outbox.c.id == claimed.id)
    conn.execute(ended.values(state=state, reason=reason[:LONGEST_REASON], leased_until=None))


def note_unreachable(conn: Connection, platform: Platform, chat_id: int, now: datetime, reason: str) -> None:
    """Remember that a person cannot be reached and give up what waits for her there."""
    here = and_(account.c.platform == platform, account.c.chat_id == chat_id)
    conn.execute(
        update(account).where(here, account.c.unreachable_since.is_(None)).values(unreachable_since=now)
    )
    waiting = and_(outbox.c.platform == platform, outbox.c.chat_id == chat_id)
    rows = update(outbox).where(waiting, holds(outbox.c.state, *UNSENT))
    conn.execute(rows.values(state="given_up", reason=reason[:LONGEST_REASON], leased_until=None))


def oldest_waiting(conn: Connection) -> datetime | None:
    """Return when the oldest row that waits was stored."""
    waiting = select(func.min(outbox.c.id)).where(holds(outbox.c.state, *UNSENT))
    found: datetime | None = conn.execute(
        select(outbox.c.created_at).where(outbox.c.id == waiting.scalar_subquery())
    ).scalar()
    return found


def sweep_outbox(conn: Connection, now: datetime) -> int:
    """Erase some of what was said long ago; return how much, 0 when none is left.

    What has a card may still change, and what has a key must stay known: that is kept.
    """
    old = (
        select(outbox.c.id)
        .where(outbox.c.card.is_(None), outbox.c.key.is_(None))
        .where(outbox.c.created_at < now - KEPT_WHEN_SENT, ~holds(outbox.c.state, *UNSENT))
        .limit(SWEPT_AT_ONCE)
    )
    return conn.execute(delete(outbox).where(outbox.c.id.in_(old))).rowcount
