"""Open conversations: at most one open and a few parked for each account."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from domain.ids import AccountId, TalkId
from storage.fixed import holds
from storage.prepared import Prepared, nothing
from storage.schema import talk


class TalkRow(NamedTuple):
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
_COLUMNS = tuple(talk.c[name] for name in TalkRow._fields)
_OF_ACCOUNT = select(*_COLUMNS).where(talk.c.account_id == bindparam("account_id"))
_NEWEST_FIRST = _OF_ACCOUNT.order_by(talk.c.updated_at.desc(), talk.c.id.desc())
_ALL = Prepared(_NEWEST_FIRST, TalkRow)
_PARKED = Prepared(_NEWEST_FIRST.where(_IS_PARKED), TalkRow)
_OPEN = Prepared(_OF_ACCOUNT.where(_IS_OPEN), TalkRow)
_BY_ID = Prepared(select(*_COLUMNS).where(talk.c.id == bindparam("id")), TalkRow)
_SAVE = Prepared(
    update(talk)
    .where(talk.c.id == bindparam("talk_id"))
    .values(
        facts=bindparam("new_facts"),
        answers=bindparam("new_answers"),
        version=bindparam("new_version"),
        revision=bindparam("new_revision"),
        updated_at=bindparam("now"),
    ),
    nothing,
)
_BEGIN = Prepared(
    insert(talk).returning(*_COLUMNS), TalkRow, [column.name for column in _COLUMNS if column.name != "id"]
)
_PARK = Prepared(
    update(talk).where(talk.c.account_id == bindparam("of_account"), _IS_OPEN).values(parked=True), nothing
)
_UNPARK = Prepared(update(talk).where(talk.c.id == bindparam("talk_id")).values(parked=False), nothing)
_END = Prepared(delete(talk).where(talk.c.id == bindparam("ended")), nothing)
MOST_PARKED = 5


def open_talk(conn: Connection, account_id: AccountId) -> TalkRow | None:
    """Return the conversation an account is in."""
    return _OPEN.first(conn, account_id=account_id)


def talk_by_id(conn: Connection, talk_id: TalkId) -> TalkRow | None:
    """Return a conversation that has not ended."""
    return _BY_ID.first(conn, id=talk_id)


def begin_talk(
    conn: Connection, account_id: AccountId, name: str, version: int, facts: str, now: datetime
) -> TalkRow:
    """Open a conversation; the one that was open is parked, the oldest parked ones are dropped."""
    earlier = _ALL.all(conn, account_id=account_id)
    if earlier:
        _PARK.run(conn, of_account=account_id)
    for i, row in enumerate(earlier):
        if i >= MOST_PARKED or row.name == name:
            _END.run(conn, ended=row.id)
    values = {"account_id": account_id, "name": name, "version": version, "facts": facts, "answers": "{}"}
    times = {"revision": 1, "parked": False, "started_at": now, "updated_at": now}
    return _BEGIN.one(conn, **values, **times)


def take_up(conn: Connection, row: TalkRow) -> TalkRow:
    """Go on with a parked conversation; the open one is parked instead."""
    _PARK.run(conn, of_account=row.account_id)
    _UNPARK.run(conn, talk_id=row.id)
    return row._replace(parked=False)


def save_talk(conn: Connection, row: TalkRow) -> None:
    """Store facts, answers, version, revision and time of a conversation that goes on."""
    _SAVE.run(
        conn,
        talk_id=row.id,
        new_facts=row.facts,
        new_answers=row.answers,
        new_version=row.version,
        new_revision=row.revision,
        now=row.updated_at,
    )


def forget(conn: Connection, name: str, subject: int) -> None:
    """Drop every conversation of that name about that subject, which stands first in its facts."""
    about = talk.c.facts.startswith(f'{{"${name}.Facts":[{subject},', autoescape=True)
    conn.execute(delete(talk).where(holds(talk.c.name, name), about))


def end_talk(conn: Connection, row: TalkRow) -> TalkRow | None:
    """Forget a conversation and take up the one parked last, if any."""
    _END.run(conn, ended=row.id)
    parked = _PARKED.first(conn, account_id=row.account_id)
    return None if parked is None else take_up(conn, parked)
