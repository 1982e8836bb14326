from __future__ import annotations

import pytest
from sqlalchemy import Connection, bindparam, select

from domain.ids import Platform
from storage.prepared import Prepared, alone
from storage.schema import setting
from storage.types import Named, named
from storage.units import Database

ECHO = Prepared(select(bindparam("platform", type_=Named(Platform))), alone)
VALUE = Prepared(select(named(setting.c.value, Platform)).where(setting.c.name == bindparam("name")), alone)


async def test_a_member_of_an_enum_is_stored_as_its_word(database: Database) -> None:
    assert await database.read(lambda conn: ECHO.one(conn, platform=Platform.BALE)) is Platform.BALE
    assert await database.read(lambda conn: ECHO.one(conn, platform=None)) is None


@pytest.mark.parametrize(("word", "member"), [("bale", Platform.BALE), ("telegram", Platform.TELEGRAM)])
async def test_a_word_is_read_as_a_member(database: Database, word: str, member: Platform) -> None:
    def unit(conn: Connection) -> object:
        conn.execute(setting.insert(), {"name": "a", "value": word})
        return VALUE.one(conn, name="a")

    assert await database.write(unit) is member


async def test_a_word_that_the_enum_lacks_is_told(database: Database) -> None:
    def unit(conn: Connection) -> object:
        conn.execute(setting.insert(), {"name": "a", "value": "pigeon"})
        return VALUE.one(conn, name="a")

    with pytest.raises(ValueError, match="pigeon"):
        await database.write(unit)
