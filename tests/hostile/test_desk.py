"""The same questions through the desk and a database: whatever is typed, a talk can go on where it stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection

from conversations.registry import TALKS
from domain.commands import Command
from handlers import talking
from handlers.openings import OPENINGS
from handlers.turn import Turn
from storage import people, talks
from tests.conversations.play import BUTTON, CONTACT, PICTURE, Play, said_in
from tests.hostile.siege import transcripts
from tests.phone import Phone
from tests.stage import Stage

WORDS = (
    "x\udfff\0\ud83d",
    "😀" * 4096,
    "\u202e\u2066مریم\u2069\u2069\u200f",
    "\u200b\u200c\u2060",
    "<b>*مریم*_`[x](t.me/y)\\",
    "9" * 400,
    "۵۰۰ هزار تومان",
    "' OR 1=1; --",
)


ENDED_BY_AN_AMOUNT = {"opening_line"}  # whatever is understood ends it, so there is no way back into it


@dataclass
class NotedPlay(Play):
    """Plays the docstring and keeps with which facts."""

    facts: object = None

    def __call__(self, *given: object) -> Command | None:
        self.facts = given[-1]
        return super().__call__(*given)


@dataclass
class Talking:
    """A talk with somebody at her phone."""

    stage: Stage
    phone: Phone

    async def begin(self, talk: str) -> None:
        await self.stage.write(lambda conn: self._begin(conn, talk))

    async def answers(self) -> str | None:
        """What is understood so far; None when no talk is open."""
        row = await self.stage.read(lambda conn: talks.open_talk(conn, self._account(conn).id))
        return row.answers if row else None

    async def says(self, what: str) -> None:
        """A member's line of a transcript."""
        if found := BUTTON.fullmatch(what):
            offered = [choice for choice in self.phone.last.choices if not choice.startswith("/")]
            only = offered[0] if len(offered) == 1 else found["word"]
            await self.phone.tap(found["data"] or only)
        elif found := CONTACT.fullmatch(what):
            await self.phone.contact(found["phone"], own=found["whose"] == "own")
        elif PICTURE.fullmatch(what):
            await self.phone.picture()
        else:
            await self.phone.say(what)

    async def withstands(self, word: str) -> None:
        """Something is said to it; what was understood of it can be taken back."""
        before = await self.answers()
        assert await self.phone.say(word)
        if await self.answers() != before:
            await self.phone.say("/back")
        assert await self.answers() == before

    def _begin(self, conn: Connection, talk: str) -> None:
        turn = Turn(self.stage.tools, conn, self.stage.now, self._account(conn))
        talking.begin(turn, talk)
        turn.finish()

    def _account(self, conn: Connection) -> people.AccountRow:
        who = self.phone.user_id
        return people.account_for(conn, self.phone.platform, who, who, self.stage.now)


def opening(facts: object) -> Callable[[Turn, int | None], object]:
    return lambda _turn, _subject: facts


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize("talk", sorted(set(TALKS) - ENDED_BY_AN_AMOUNT))
async def test_the_talk_goes_on_where_it_stood(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, talk: str
) -> None:
    tried = set()
    for test in transcripts(talk):
        play = NotedPlay(stage.texts, test.__doc__ or "")
        test(play)
        monkeypatch.setitem(OPENINGS, talk, opening(play.facts))
        somebody = Talking(stage, stage.phone())
        await somebody.begin(talk)
        for who, what in said_in(play.transcript)[:-1]:
            if who == "member":
                await somebody.says(what)
            elif what == somebody.phone.last.name and what not in tried:
                tried.add(what)
                for word in WORDS:
                    await somebody.withstands(word)
    assert tried
