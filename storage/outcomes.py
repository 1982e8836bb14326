"""What became of rows of the outbox that delivery had claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, bindparam, update

from storage import traces
from storage.dispatch import UNSENT, Claim
from storage.fixed import holds
from storage.outbox import ENDED
from storage.prepared import Prepared, nothing
from storage.schema import account, outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from domain.ids import Platform
    from storage.outbox import Action

LONGEST_REASON = 300

_SENT = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state="sent",
        sent_at=bindparam("at"),
        message_id=bindparam("in_message"),
        action=bindparam("sent_as"),
        leased_until=None,
        **ENDED,
    ),
    nothing,
)


class Delivered(NamedTuple):
    """A row that arrived: its message where the platform told one, and as what it went out."""

    claimed: Claim
    message_id: int | None
    sent_as: Action


def mark_sent(conn: Connection, several: Sequence[Delivered], now: datetime) -> None:
    """Record delivery."""
    if several:
        _SENT.run_many(
            conn,
            [
                {"row": one.claimed.id, "at": now, "in_message": one.message_id, "sent_as": one.sent_as}
                for one in several
            ],
        )
    if any(one.claimed.out.fleeting for one in several):
        traces.leave(conn, now)


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
    conn.execute(ended.values(state=state, reason=reason[:LONGEST_REASON], leased_until=None, **ENDED))


def note_unreachable(conn: Connection, platform: Platform, chat_id: int, now: datetime, reason: str) -> None:
    """Remember that a person cannot be reached and give up what waits for her there."""
    here = and_(account.c.platform == platform, account.c.chat_id == chat_id)
    conn.execute(
        update(account).where(here, account.c.unreachable_since.is_(None)).values(unreachable_since=now)
    )
    waiting = and_(outbox.c.platform == platform, outbox.c.chat_id == chat_id)
    rows = update(outbox).where(waiting, holds(outbox.c.state, *UNSENT))
    conn.execute(rows.values(state="given_up", reason=reason[:LONGEST_REASON], leased_until=None, **ENDED))
