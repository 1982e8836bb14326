from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.money import Rial
from storage.prepared import Prepared, alone, nothing, part
from storage.schema import inbox, setting
from storage.types import Money
from storage.units import Database

AT = datetime(2026, 4, 4, 6, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Setting:
    name: str
    value: str


ADD = Prepared(insert(setting), nothing, ("name", "value"))
ADD_AND_TELL = Prepared(
    insert(setting).returning(setting.c.name, setting.c.value), Setting, ("name", "value")
)
NAMED = Prepared(select(setting.c.name, setting.c.value).where(setting.c.name == bindparam("name")), Setting)
ALL = Prepared(select(setting.c.name, setting.c.value).order_by(setting.c.name), Setting)
CHANGE = Prepared(
    update(setting).where(setting.c.value == bindparam("old")).values(value=bindparam("new")), nothing
)
ARRIVED = Prepared(
    insert(inbox).returning(inbox.c.received_at),
    alone,
    ("platform", "bot_id", "update_id", "body_hash", "chat_id", "received_at"),
)
LATE = Prepared(select(func.count()).where(inbox.c.received_at > bindparam("moment")), alone)
ECHO = Prepared(select(bindparam("amount", type_=Money)).limit(bindparam("most")), alone)


async def test_rows_become_what_was_asked_for(database: Database) -> None:
    def unit(conn: Connection) -> None:
        ADD.run_many(conn, [{"name": "b", "value": "2"}, {"name": "a", "value": "1"}])
        assert ALL.all(conn) == [Setting("a", "1"), Setting("b", "2")]
        assert NAMED.first(conn, name="b") == Setting("b", "2")
        assert NAMED.first(conn, name="c") is None
        assert ADD_AND_TELL.one(conn, name="c", value="2") == Setting("c", "2")
        assert CHANGE.run(conn, old="2", new="3") == 2

    await database.write(unit)
    assert await database.read(ALL.all) == [Setting("a", "1"), Setting("b", "3"), Setting("c", "3")]


async def test_values_keep_their_types_on_both_ways(database: Database) -> None:
    update = {"platform": "bale", "bot_id": 1, "update_id": 7, "body_hash": b"x", "chat_id": 5}
    arrived = await database.write(lambda conn: ARRIVED.one(conn, **update, received_at=AT))
    assert arrived == AT
    assert await database.read(lambda conn: LATE.one(conn, moment=AT)) == 0
    assert await database.read(lambda conn: ECHO.one(conn, amount=Rial(5), most=1)) == Rial(5)


async def test_a_missing_value_and_a_missing_row_are_told(database: Database) -> None:
    with pytest.raises(KeyError):
        await database.read(NAMED.all)
    with pytest.raises(LookupError):
        await database.read(lambda conn: NAMED.one(conn, name="nobody"))


async def test_errors_are_those_of_every_other_statement(database: Database) -> None:
    def twice(conn: Connection) -> None:
        ADD.run(conn, name="a", value="1")
        ADD.run(conn, name="a", value="secret")

    with pytest.raises(IntegrityError) as raised:
        await database.write(twice)
    assert "secret" not in str(raised.value)
    assert await database.read(ALL.all) == []


async def test_a_part_that_fails_leaves_no_trace_and_the_rest_stays(database: Database) -> None:
    def refused_by_the_database(conn: Connection) -> None:
        with part(conn):
            ADD.run(conn, name="c", value="1")
            conn.execute(insert(setting), {"name": "a", "value": "again"})

    def failed_within_another(conn: Connection) -> None:
        with part(conn), part(conn):
            ADD.run(conn, name="d", value="1")
            raise KeyError

    def unit(conn: Connection) -> None:
        ADD.run(conn, name="a", value="1")
        with part(conn):
            ADD.run(conn, name="b", value="1")
        with pytest.raises(IntegrityError):
            refused_by_the_database(conn)
        with pytest.raises(KeyError):
            failed_within_another(conn)

    await database.write(unit)
    assert await database.read(ALL.all) == [Setting("a", "1"), Setting("b", "1")]


async def test_a_reader_cannot_write_by_it_either(database: Database) -> None:
    with pytest.raises(Exception, match="read"):
        await database.read(lambda conn: ADD.run(conn, name="a", value="1"))
