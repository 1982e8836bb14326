"""What the log hides, what it keeps, and what is counted."""

from __future__ import annotations

import json
import logging
import re

import pytest
import structlog
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from bot.logs import scrubbed
from storage.schema import account
from storage.units import Database
from tests.bot.conftest import NOON
from tests.logging_aside import logging_at

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


class Counted:
    """Remembers what it was told to count."""

    def __init__(self) -> None:
        self.kinds: list[tuple[str, str | None]] = []

    def __call__(self, kind: str, platform: str | None) -> None:
        self.kinds.append((kind, platform))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"https://api.telegram.org/bot{TOKEN}/getMe", "https://api.telegram.org/bot#/getMe"),
        ("no account +989121234567", "no account +#"),
        ("۰۹۱۲۱۲۳۴۵۶۷ مریم احمدی", "# # #"),
        ("5,000,000 or ۵٬۰۰۰٬۰۰۰ rials", "# or # rials"),
        ("Bad Request: message is too long", "Bad Request: message is too long"),
        (
            "no connection (ClientConnectorError), again in 2.5 s",
            "no connection (ClientConnectorError), again in 2.5 s",
        ),
        ("ValueError: cannot read 'Maryam'", "ValueError: cannot read '#'"),
        ('File "/srv/bot/run.py", line 12', 'File "/srv/bot/run.py", line 12'),
        ("broken\nDETAIL: Key (name)=(Maryam) exists.", "broken\n#"),
        ("broken\nDETAIL:  Failing row contains (1, Maryam, null).", "broken\n#"),
    ],
)
def test_what_could_be_somebodys_is_hidden(text: str, left: str) -> None:
    assert scrubbed(None, "error", {"event": text, "id": 123456789}) == {"event": left, "id": 123456789}


async def test_a_database_that_refuses_a_row_does_not_show_it(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"platform": "Maryam", "user_id": 989121234567, "chat_id": 989121234567, "created_at": NOON}

    def twice(conn: Connection) -> None:
        conn.execute(insert(account), [row])
        conn.execute(insert(account), [row])

    with pytest.raises(IntegrityError) as refused:
        await database.write(twice)
    with logging_at("INFO", counted := Counted()):
        structlog.get_logger().error("update_failed", exc_info=refused.value)
        logging.getLogger("library").error("it broke", exc_info=refused.value)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["update_failed", "it broke"]
    for line in lines:
        assert "IntegrityError" in line["exception"]
        assert not re.search(r"98912|Maryam", json.dumps(line | {"timestamp": ""}))
    assert counted.kinds == [("update_failed", None)]


def test_what_is_not_shown_is_counted_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_at("ERROR", counted := Counted()):
        structlog.get_logger().info("platform_answers", platform="bale")
        structlog.get_logger().warning("platform_in_trouble", platform="bale")
    assert capsys.readouterr().err == ""
    assert counted.kinds == [("platform_in_trouble", "bale")]


def test_a_library_is_quiet_until_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_at("DEBUG", Counted()):
        logging.getLogger("aiohttp.client").info("GET https://api/bot%s/getMe", TOKEN)
        logging.getLogger("aiohttp.client").warning("GET https://api/bot%s/getMe", TOKEN)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "GET https://api/bot#/getMe"
