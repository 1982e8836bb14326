"""What `/metrics` and `/healthz` show of a bot that works, and of one in trouble."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Connection
from starlette.requests import Request

from bot.health import Health
from bot.metrics import Metrics
from bot.platforms.outcome import Refused, Sent
from bot.pulse import Pulse
from domain.ids import Platform
from simulator import PhoneInHand
from storage.inbox import Incoming, Lane, keep
from storage.outbox import OutRow, enqueue
from storage.queues import Queue, queues
from storage.units import Database
from tests.bot.conftest import NOON, Echo, Hand, Start

SOON, LATER = NOON + timedelta(seconds=2), NOON + timedelta(seconds=7)
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


def shown(metrics: Metrics, found: tuple[Queue, ...] | None = ()) -> dict[str, float]:
    """Every line of our own: its name with its labels, and its value."""
    page = metrics.show(found, {Platform.BALE: True, Platform.TELEGRAM: False}, LATER).decode()
    return values(page)


def values(page: str) -> dict[str, float]:
    lines = [line.rpartition(" ") for line in page.splitlines() if line.startswith("khodyar_")]
    return {name: float(value) for name, _, value in lines}


def test_an_update_is_counted_with_its_time() -> None:
    metrics = Metrics()
    metrics.worked(Platform.BALE, "done", NOON, LATER)
    found = shown(metrics)
    assert found['khodyar_updates_total{outcome="done",platform="bale"}'] == 1
    assert found['khodyar_update_seconds_sum{platform="bale"}'] == 7


@pytest.mark.parametrize(("priority", "lane"), [(0, "reply"), (1, "alert"), (2, "reminder")])
def test_a_message_is_counted_in_its_lane(priority: int, lane: str) -> None:
    metrics = Metrics()
    row = OutRow(Platform.BALE, 7, priority, "send", "hello", NOON)
    metrics.said(row, Sent(1), LATER)
    metrics.said(row, Refused("no"), LATER)
    found = shown(metrics)
    assert found[f'khodyar_messages_total{{lane="{lane}",outcome="sent",platform="bale"}}'] == 1
    assert found[f'khodyar_messages_total{{lane="{lane}",outcome="refused",platform="bale"}}'] == 1
    assert found[f'khodyar_message_seconds_count{{lane="{lane}",platform="bale"}}'] == 1


def test_a_clock_that_is_ahead_counts_as_no_time() -> None:
    metrics = Metrics()
    metrics.worked(Platform.BALE, "done", LATER, NOON)
    assert shown(metrics)['khodyar_update_seconds_sum{platform="bale"}'] == 0


def test_queues_empty_themselves_again() -> None:
    metrics = Metrics()
    full = shown(metrics, (Queue(Platform.BALE, 2, 5, NOON), Queue(Platform.BALE, None, 3, NOON)))
    empty = shown(metrics)
    for name, value in [
        ('khodyar_outbox_waiting{lane="reminder",platform="bale"}', 5),
        ('khodyar_outbox_oldest_seconds{lane="reminder",platform="bale"}', 7),
        ('khodyar_inbox_waiting{platform="bale"}', 3),
        ('khodyar_inbox_oldest_seconds{platform="bale"}', 7),
    ]:
        assert (full[name], empty[name]) == (value, 0)


def test_trouble_is_seen() -> None:
    metrics = Metrics()
    metrics.troubled("database_unavailable", None)
    metrics.refused(Platform.BALE, "join_first")
    found = shown(metrics, None)
    assert found['khodyar_troubles_total{kind="database_unavailable",platform="none"}'] == 1
    assert found['khodyar_refusals_total{name="join_first",platform="bale"}'] == 1
    assert found["khodyar_database_readable"] == 0
    assert found['khodyar_intake_alive{platform="bale"}'] == 1
    assert found['khodyar_intake_alive{platform="telegram"}'] == 0


def test_two_bots_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.refused(Platform.BALE, "join_first")
    assert 'khodyar_refusals_total{name="join_first",platform="bale"}' not in shown(other)


def fill(conn: Connection) -> None:
    for chat, priority in [(1, 0), (2, 2), (3, 2)]:
        enqueue(conn, [OutRow(Platform.BALE, chat, priority, "send", "hello", NOON)])
    keep(conn, [Incoming(Lane(Platform.TELEGRAM, 1), 7, 1, b"hash", "{}")], SOON)


async def test_health_tells_since_when_the_oldest_waits(database: Database) -> None:
    hand = Hand()
    hand.time = LATER
    health = Health(database, hand.machine(), Pulse([Platform.BALE]), Metrics())

    async def waiting() -> list[object]:
        answer = await health.routes()[0].endpoint(Request({"type": "http"}))
        report = json.loads(answer.body)
        return [report["database"], report["oldest_waiting_seconds"], report["oldest_update_seconds"]]

    assert await waiting() == ["ok", None, None]
    await database.write(fill)
    assert await waiting() == ["ok", 7, 5]


async def test_queues_are_counted_where_they_stand(database: Database) -> None:
    await database.write(fill)
    assert set(await database.read(queues)) == {
        Queue(Platform.BALE, 0, 1, NOON),
        Queue(Platform.BALE, 2, 2, NOON),
        Queue(Platform.TELEGRAM, None, 1, SOON),
    }


async def test_the_pages_of_a_bot_that_works(phone: PhoneInHand, flavour: str, start: Start) -> None:
    async with start() as bot, aiohttp.ClientSession() as anybody:
        await phone.say("hello")
        await phone.hear("echo hello")
        await phone.say("again")
        await phone.hear("echo again")
        async with anybody.get(f"{bot.address}/metrics") as answer:
            assert answer.content_type == "text/plain"
            found = values(await answer.text())
        async with anybody.get(f"{bot.address}/healthz") as answer:
            report = await answer.json()
    assert found[f'khodyar_updates_total{{outcome="done",platform="{flavour}"}}'] >= 1
    assert found[f'khodyar_messages_total{{lane="reply",outcome="sent",platform="{flavour}"}}'] >= 1
    assert found["khodyar_database_readable"] == 1
    assert set(report) == {"ok", "database", "platforms", "oldest_waiting_seconds", "oldest_update_seconds"}


async def test_an_update_set_aside_is_counted(
    phone: PhoneInHand, flavour: str, start: Start, echo: Echo
) -> None:
    async with start() as bot, aiohttp.ClientSession() as anybody:
        await phone.say("break")
        await phone.hear("sorry")
        await phone.say("after")
        await phone.hear("echo after")
        async with anybody.get(f"{bot.address}/metrics") as answer:
            found = values(await answer.text())
    assert found[f'khodyar_updates_total{{outcome="aside",platform="{flavour}"}}'] == 1


def test_every_metric_is_explained() -> None:
    names = {re.split(r"[{ ]", line)[2] for line in _described(Metrics())}
    explained = set(re.findall(r"`(khodyar_\w+)`", OPERATIONS.read_text(encoding="utf-8")))
    assert {re.sub(r"_total$", "", name) for name in explained} == {
        re.sub(r"_total$", "", name) for name in names
    }


def _described(metrics: Metrics) -> list[str]:
    page = metrics.show((), {Platform.BALE: True}, NOON).decode()
    lines = [line for line in page.splitlines() if line.startswith("# TYPE khodyar_")]
    return [line for line in lines if "_created " not in line]
