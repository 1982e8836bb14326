"""An election over HTTP, as it is delivered, logged and kept: nobody finds out who voted how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Connection, Row, make_url, select

from bot.metrics import Metrics
from bot.wiring import RunningBot
from domain.ids import MembershipId, ProposalId
from domain.offices import Office
from domain.secrecy import Box, of_member
from storage import ballot_box, traces
from storage.schema import inbox, outbox
from storage.units import open_database
from tests.http.scene import Scene, hardly
from tests.http.someone import Someone
from tests.http.village import in_hand
from tests.installation import KEY
from tests.logging_aside import logging_at
from tests.stage import NAMES, Stage

OFFICE = ProposalId(2)


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "postgresql")], indirect=True
)
async def test_nobody_finds_out_who_voted_how(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    with logging_at("DEBUG", Metrics().troubled):
        async with scene.running() as bot:
            people = await settled(scene)
            await elect(people)
            await delivered(bot)
            kept = await scene.read(rows)
            files = on_disk(scene.database_url)
    members = await scene.read(lambda conn: ballot_box.counted_in(conn, OFFICE))
    codes = [one.code for one in members]
    assert len(codes) == len(people) == 5

    log = capsys.readouterr().err
    events = [json.loads(line) for line in log.splitlines()]
    written = "\n".join(json.dumps(event | {"timestamp": ""}, ensure_ascii=False) for event in events)
    assert [one for one in (*codes, *NAMES, "for_", KEY.hex()) if one in written] == []

    assert {row.body for row in kept["inbox"]} == {None}
    fleeting = [row for row in kept["outbox"] if row.fleeting]
    assert len(fleeting) == len(people)
    assert {(row.text, row.keyboard) for row in fleeting} == {(None, None)}
    secret = Box(bytes.fromhex(KEY.hex().ljust(64, "0")), OFFICE)
    ids = [secret.ballot_of(of_member(person.membership)) for person in people]
    told = [one.encode() for person in people for one in person.codes]
    assert told
    assert [one for one in (b"callback_query", *ids, *told) if one in files] == []


class Voter(Someone):
    """Somebody with her membership, and what she was told of her code."""

    def __init__(self, someone: Someone, membership: MembershipId) -> None:
        super().__init__(someone.phone, someone.texts)
        self.membership = membership
        self.codes: list[str] = []


async def settled(scene: Scene) -> list[Voter]:
    """Five members and nobody in office, put beneath the bot, on both platforms."""
    database = await open_database(scene.database_url)
    try:
        stage = Stage(database, scene.texts)
        stage.now = scene.now
        group = await stage.group(offices=(), members=4)
        phones = [*group.members, await stage.member(group.id, platform="bale")]
    finally:
        await database.close()
    return [Voter(in_hand(scene, phone), phone.membership) for phone in phones]


async def elect(people: list[Voter]) -> None:
    """The first two stand; all vote, and ask for their codes."""
    first = people[0]
    await first.opens_menu()
    await first.presses("menu_assembly", "assembly.page")
    await first.taps("elect", "elect.offices")
    await first.taps("office_chair", "elect.confirm")
    await first.taps("confirm", "elect.opened")
    for person in people[:2]:
        card = await person.hears("election.open") if person is not first else None
        stand = person.texts.label("stand_for", {"office": Office.CHAIR})
        await person.taps(stand, "election.you_stand", card)
    for person in people[2:]:
        await person.hears("election.open")
        await person.taps("nobody_else", "election.noted")
    for number, person in enumerate(people):
        card = await person.hears("contest.open")
        choice = card.buttons[number % 2]
        await person.phone.tap(choice, card)
        counted = await person.hears_one_of("contest.counted", "contest.counted_last")
        await person.phone.tap(counted.buttons[0], counted)
        person.codes.append((await person.hears("contest.code")).text)


async def delivered(bot: RunningBot) -> None:
    """Let everything be sent, and the schedule see to what was left behind."""
    while await bot.database.read(_unsent):
        await hardly(0)
    await bot.schedule.tick()
    assert await bot.database.read(traces.left) is None


def _unsent(conn: Connection) -> bool:
    waiting = select(outbox.c.id).where(outbox.c.state.in_(("waiting", "sending")))
    return conn.execute(waiting).first() is not None


def rows(conn: Connection) -> dict[str, list[Row[tuple[object, ...]]]]:
    return {table.name: list(conn.execute(select(table))) for table in (inbox, outbox)}


def on_disk(url: str) -> bytes:
    """The bytes of SQLite's files; of PostgreSQL the rows are looked at, its own log is out of reach."""
    if not url.startswith("sqlite"):
        return b""
    path = Path(make_url(url).database or "")
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
