"""Rows of the outbox on their way, claimed by delivery chat by chat; what became of them: `storage.outcomes`.

Within a chat rows go out in the order of their ids, except that reminders let everything else pass; between
chats the priority decides.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update

from domain.ids import Platform
from domain.outgoing import load_keyboard
from storage.fixed import holds
from storage.outbox import ALERT, ENDED, REMINDER, REPLY, OutRow
from storage.prepared import Prepared, nothing
from storage.schema import outbox, picture
from storage.types import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection


PICTURE_TRIES = 4  # so often fetching may fail before its message goes without it: about ten seconds
KEPT_WHEN_SENT = timedelta(days=30)
SWEPT_AT_ONCE = 500  # units stay short
UNSENT = ("waiting", "sending")


class Shown(NamedTuple):
    """The message in which a card stands."""

    message_id: int
    has_caption: bool


class Claim(NamedTuple):
    """A row delivery works on until its lease ends; `shown` is the message that an edit changes."""

    id: int
    out: OutRow
    tries: int
    shown: Shown | None = None


_other = outbox.alias("other")
_reminder = outbox.c.priority == REMINDER
_other_reminder = _other.c.priority == REMINDER
_comes_first = exists().where(
    _other.c.platform == outbox.c.platform,
    _other.c.chat_id == outbox.c.chat_id,
    holds(_other.c.state, *UNSENT),
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
_ON_THE_WAY = (  # what delivery reads of a row
    outbox.c.id,
    outbox.c.tries,
    outbox.c.state,
    outbox.c.keyboard,
    outbox.c.fleeting,
    named(outbox.c.platform, Platform),
    outbox.c.chat_id,
    outbox.c.priority,
    outbox.c.action,
    outbox.c.text,
    outbox.c.created_at,
    outbox.c.picture_id,
    outbox.c.card,
    outbox.c.key,
    outbox.c.inbox_id,
)


def _claim(
    row: int, tries: int, state: str, keyboard: str | None, fleeting: object, *said: object
) -> tuple[Claim, bool]:
    """Return the claim, and whether the row was found in the middle of its sending."""
    made: Callable[..., OutRow] = OutRow
    out = made(*said, keyboard=load_keyboard(keyboard), fleeting=bool(fleeting))
    return Claim(row, out, tries), state == "sending"


_DUE = Prepared(
    select(*_ON_THE_WAY)
    .where(
        outbox.c.platform == bindparam("platform"),
        holds(outbox.c.state, *UNSENT),
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")),
        or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now")),
        outbox.c.priority.between(bindparam("first"), bindparam("last")),
        ~_comes_first,
        ~_waits_for_picture,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True),
    _claim,
)
_LEASE = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(leased_by=bindparam("worker"), leased_until=bindparam("until")),
    nothing,
)
_SHOWN = Prepared(
    select(outbox.c.message_id, holds(outbox.c.action, "photo", "document"))
    .where(
        outbox.c.platform == bindparam("platform"),
        outbox.c.chat_id == bindparam("chat_id"),
        outbox.c.card == bindparam("card"),
        holds(outbox.c.state, "sent"),
        outbox.c.message_id.is_not(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1),
    lambda message_id, has_caption: Shown(message_id, bool(has_caption)),
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
    found = _DUE.all(conn, **asked, first=REPLY, last=ALERT, most=most)
    room = min(most - len(found), most if reminders is None else reminders)
    if room > 0:
        found += _DUE.all(conn, **asked, first=REMINDER, last=REMINDER, most=room)
    _give_up_doubtful(conn, [one.id for one, doubtful in found if doubtful])
    claimed = [one for one, doubtful in found if not doubtful]
    if claimed:
        _LEASE.run_many(conn, [{"row": one.id, "worker": worker, "until": until} for one in claimed])
    return tuple(_with_message(conn, one) for one in claimed)


def _with_message(conn: Connection, claimed: Claim) -> Claim:
    """Find the message in which a card stands now: what came before in this chat is sent or given up."""
    out = claimed.out
    if out.action != "edit":
        return claimed
    shown = _SHOWN.first(conn, platform=out.platform, chat_id=out.chat_id, card=out.card)
    return claimed._replace(shown=shown)


def _give_up_doubtful(conn: Connection, ids: Sequence[int]) -> None:
    if ids:
        doubtful = update(outbox).where(outbox.c.id.in_(ids))
        conn.execute(
            doubtful.values(state="uncertain", reason="stopped while sending", leased_until=None, **ENDED)
        )


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
