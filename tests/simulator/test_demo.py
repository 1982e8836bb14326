"""The demo with a small program in the bot's place: what it is given, and what becomes of it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

from simulator.cast import CAST, read_cast
from simulator.demo import BotFailed, demo, until_told_to_stop
from simulator.wire import parsed
from tests.simulator.raw import field as at

STAND_IN = """
import http.server, os, sys
if sys.argv[1] == "seed":
    sys.exit(int(os.environ.get("SEED_FAILS", "0")))
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if os.environ.get("DIES"):
            os._exit(3)
print(sorted(name for name in os.environ if name.startswith("BOT_")), flush=True)
host, port = os.environ["BOT_LISTEN"].split(":")
http.server.HTTPServer((host, int(port)), Health).serve_forever()
"""


@pytest.fixture
def bot(tmp_path: Path) -> tuple[str, ...]:
    program = tmp_path / "stand_in.py"
    program.write_text(STAND_IN)
    return (sys.executable, str(program))


async def test_it_plays_until_it_is_told_to_stop(
    bot: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_WEBHOOK_URL", "https://the-owners-own.example")
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "left over").touch()
    said: asyncio.Queue[str] = asyncio.Queue()
    play = asyncio.create_task(demo("127.0.0.1", 0, folder, bot, said.put_nowait))
    stopping = asyncio.create_task(until_told_to_stop(play))
    address = await asyncio.wait_for(said.get(), 20)
    async with aiohttp.ClientSession() as session, session.get(f"{address}api/phones") as answer:
        assert len(await answer.json()) == len(read_cast())
    play.cancel()
    await stopping
    assert "BOT_WEBHOOK_URL" not in (folder / "bot.log").read_text()
    assert not (folder / "left over").exists()


@pytest.mark.parametrize(
    ("trouble", "said"), [("SEED_FAILS", "could not be made"), ("DIES", "stopped by itself")]
)
async def test_it_says_when_the_bot_dies(
    bot: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str, said: str
) -> None:
    monkeypatch.setenv(trouble, "1")
    with pytest.raises(BotFailed, match=said):
        await asyncio.wait_for(demo("127.0.0.1", 0, tmp_path / "demo", bot), 20)


def test_the_cast_is_a_whole_group() -> None:
    whole = parsed(CAST.read_text(encoding="utf-8"))
    people = read_cast()
    in_group = [person for person in people if person.role not in {"facilitator", "newcomer"}]
    shown = [person.role for person in people if person.phone.shown]
    assert len(in_group) == 16
    assert shown == ["member", "treasurer", "chair", "facilitator", "member", "newcomer"]
    assert len({person.phone.number for person in people}) == len(people)
    assert at(whole, "facilitator") == at(whole, "people", 3, "key")
