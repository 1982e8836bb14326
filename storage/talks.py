"""Open conversations: at most one open and a few parked for each account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from domain.ids import AccountId, TalkId
from storage.schema import talk


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A conversation as stored: facts and answers are the text of the conversations' codec."""

    id: TalkId
    account_id: AccountId
    name: str
    version: int
    facts: str
    answers: str
    revision: int
    parked: bool
    started_at: datetime
    updated_at: datetime


# Written out, as in storage.fixed: the index over open talks must be seen to fit.
_IS_OPEN, _IS_PARKED = talk.c.parked == literal_column("0"), talk.c.parked == literal_column("1")
_OPEN = select(talk).where(talk.c.account_id == bindparam("account_id"), _IS_OPEN)
_BY_ID = select(talk).where(talk.c.id == bindparam("id"))
_PARKED = (
    select(talk)
    .where(talk.c.account_id == bindparam("account_id"), _IS_PARKED)
    .order_by(talk.c.updated_at.desc(), talk.c.id.desc())
)
_SAVE = (
    update(talk)
    .where(talk.c.id == bindparam("talk_id"))
    .values(
        facts=bindparam("new_facts"),
        answers=bindparam("new_answers"),
        version=bindparam("new_version"),
        revision=bindparam("new_revision"),
        updated_at=bindparam("now"),
    )
)
_BEGIN = insert(talk).returning(talk)
_PARK = update(talk).where(talk.c.account_id == bindparam("of_account"), _IS_OPEN).values(parked=True)
_END = delete(talk).where(talk.c.id == bindparam("ended"))
MOST_PARKED = 5


def open_talk(conn: Connection, account_id: AccountId) -> TalkRow | None:
    """Return the conversation an account is in."""
    row = conn.execute(_OPEN, {"account_id": account_id}).one_or_none()
    return None if row is None else TalkRow(*row)


def talk_by_id(conn: Connection, talk_id: TalkId) -> TalkRow | None:
    """Return a conversation that has not ended."""
    row = conn.execute(_BY_ID, {"id": talk_id}).one_or_none()
    return None if row is None else TalkRow(*row)


def begin_talk(
    conn: Connection, account_id: AccountId, name: str, version: int, facts: str, now: datetime
) -> TalkRow:
    """Open a conversation; the one that was open is parked, the oldest parked ones are dropped."""
    _park(conn, account_id)
    parked = conn.execute(_PARKED, {"account_id": account_id}).all()
    drop = [row.id for i, row in enumerate(parked) if i >= MOST_PARKED or row.name == name]
    if drop:
        conn.execute(delete(talk).where(talk.c.id.in_(drop)))
    values = {"account_id": account_id, "name": name, "version": version, "facts": facts, "answers": "{}"}
    times = {"revision": 1, "parked": False, "started_at": now, "updated_at": now}
    return TalkRow(*conn.execute(_BEGIN, values | times).one())


def take_up(conn: Connection, row: TalkRow) -> TalkRow:
    """Go on with a parked conversation; the open one is parked instead."""
    _park(conn, row.account_id)
    conn.execute(update(talk).where(talk.c.id == row.id).values(parked=False))
    return replace(row, parked=False)


def save_talk(conn: Connection, row: TalkRow) -> None:
    """Store facts, answers, version, revision and time of a conversation that goes on."""
    conn.execute(
        _SAVE,
        {
            "talk_id": row.id,
            "new_facts": row.facts,
            "new_answers": row.answers,
            "new_version": row.version,
            "new_revision": row.revision,
            "now": row.updated_at,
        },
    )


def end_talk(conn: Connection, row: TalkRow) -> TalkRow | None:
    """Forget a conversation and take up the one parked last, if any."""
    conn.execute(_END, {"ended": row.id})
    parked = conn.execute(_PARKED, {"account_id": row.account_id}).first()
    if parked is None:
        return None
    return take_up(conn, TalkRow(*parked))


def _park(conn: Connection, account_id: AccountId) -> None:
    conn.execute(_PARK, {"of_account": account_id})
