from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.__main__ import main
from bot.settings import Settings
from domain.appointing import Mandate
from domain.commands import Role
from handlers.invitations import digest_of
from storage import settings
from storage.invitations import InvitationRow, invitation_by_code
from storage.units import open_database

T = TypeVar("T")
SHIRAZ = "07-23"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str) -> pytest.MonkeyPatch:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.setenv("BOT_ENV_FILE", "")
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "123456:abcdefghijklmnopqrstuvwx")
    monkeypatch.setenv("BOT_DATABASE_URL", database_url)
    return monkeypatch


def within(url: str, unit: Callable[[Connection], T]) -> T:
    """Run a unit on the database the command works on."""

    async def run() -> T:
        database = await open_database(url)
        try:
            return await database.write(unit)
        finally:
            await database.close()

    return asyncio.run(run())


def invited(url: str, said: str) -> InvitationRow:
    found = re.search(r"/start r_(\S+)", said)
    assert found is not None
    row = within(url, lambda conn: invitation_by_code(conn, bytes.fromhex(digest_of(found[1]))))
    assert row is not None
    return row


def test_a_facilitator_of_a_county_is_invited(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--role", "facilitator", "--province", "فارس", "--county", "شيراز"]) == 0
    row = invited(database_url, capsys.readouterr().out)
    assert row.mandate == Mandate(Role.FACILITATOR, "فارس", SHIRAZ)
    assert (row.created_by, row.used_at) == (None, None)
    assert timedelta(days=6) < row.expires_at - datetime.now(UTC) <= timedelta(days=7)


def test_there_is_a_link_for_each_platform_the_bot_is_known_on(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    within(database_url, lambda conn: settings.put(conn, "username:bale", "khodyar_bot"))
    assert main(["invite", "--role", "institute", "--days", "1"]) == 0
    link, how = capsys.readouterr().out.splitlines()
    assert link == f"https://ble.ir/khodyar_bot?start={how.rpartition(' ')[2]}"
    assert invited(database_url, how).mandate == Mandate(Role.INSTITUTE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--role facilitator", "--role facilitator: there is no such role for the whole country"),
        ("--role institute --province یزد", "--role institute: there is no such role for a province"),
        ("--role facilitator --county شیراز", "--county: say the province too, with --province"),
        ("--role facilitator --province ناکجا", "--province ناکجا: not in the list of places"),
        ("--role adviser --province خراسان", "--province خراسان: which one is meant? خراسان جنوبی, "),
        (
            "--role adviser --province تهران --county شهر",
            "--county شهر: which one is meant? اسلامشهر, شهریار",
        ),
        ("--role institute --days 0", "--days 0: between 1 and 90"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", *arguments.split()]) == 2
    heard = capsys.readouterr()
    assert heard.err.startswith(said)
    assert heard.err.count("\n") == 1
    assert heard.out == ""
