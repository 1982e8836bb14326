"""Everything but the network: real updates, the real desk, a real database, and a clock the test moves.

What is said is collected from the outbox after each update as the messengers would show it: an edit
changes the card that stands in the chat. Texts are known by name, so tests speak of messages, not of wording.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Row, bindparam, select, update
from telegram import Update

from bot.intake import print_of
from domain.ids import PictureId, Platform
from domain.outgoing import load_keyboard
from handlers.arrival import Arrival
from handlers.desk import Desk
from handlers.turn import Desk as Tools
from reports.poster import poster
from storage import inbox
from storage.inbox import Incoming, Lane
from storage.outbox import ENDED
from storage.schema import outbox
from storage.units import Database
from tests.conversations.play import counties
from tests.phone import Heard, Phone, Raw
from tests.recorded import RecordedTexts

T = TypeVar("T")
PLACES = Path(__file__).parents[1] / "places"
BEGINNING = datetime(2026, 4, 4, 6, 30, tzinfo=UTC)  # Saturday, 15 Farvardin 1405, 10:00 in Tehran
USERNAMES = {Platform.TELEGRAM: "khodyar_test_bot", Platform.BALE: "khodyar_test_bale_bot"}
BOT_ID = 77
KEY = b"a ballot key for tests only"
MOST_TICKS = 50
SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(state="sent", sent_at=bindparam("now"), message_id=bindparam("number"), **ENDED)
)


class Chance:
    """Bytes that look random and are the same in every run."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, size: int) -> bytes:
        self._drawn += 1
        return sha256(f"draw {self._drawn}".encode()).digest()[:size].ljust(size, b"\0")


@dataclass(frozen=True, slots=True)
class Delivered:
    """The update delivered last, to be delivered again."""

    phone: Phone
    incoming: Incoming


class Installation:
    """One installation of the bot with the phones of all who talk to it."""

    def __init__(self, database: Database, texts: RecordedTexts) -> None:
        self.database, self.texts, self.now = database, texts, BEGINNING
        self.random_bytes = Chance()
        self.tools = Tools(
            texts=texts,
            key=b"a key for tests only",
            usernames=USERNAMES,
            places=counties(),
            offices=(PLACES / "offices.csv").read_text(encoding="utf-8"),
            random_bytes=self.random_bytes,
            poster=poster,
            ballot_key=KEY,
        )
        self.desk = Desk(self.tools)
        self._answer = self.desk.handle
        self.phones: dict[tuple[Platform, int], Phone] = {}
        self._updates = 0
        self._message_ids = 100
        self._last: Delivered | None = None

    def use(self, tools: Tools) -> None:
        """Answer with other tools from now on."""
        self.tools, self.desk = tools, Desk(tools)
        self._answer = self.desk.handle

    # --- people and time --------------------------------------------------------------------------------

    def phone(self, platform: Platform | str = Platform.TELEGRAM, user_id: int | None = None) -> Phone:
        """The phone of an account; a new one where no number is given."""
        place = (Platform(platform), user_id or 1001 + len(self.phones))
        if place not in self.phones:
            self.phones[place] = Phone(*place, self.texts, self._deliver)
        return self.phones[place]

    async def pass_days(self, days: int) -> None:
        """Let days go by, with a tick on each."""
        for _ in range(days):
            await self.pass_time(timedelta(days=1))

    async def pass_time(self, time: timedelta) -> None:
        """Let time go by and tick until nothing is due."""
        self.now += time
        await self.tick()

    async def tick(self) -> None:
        """Do what is due, as the schedule does."""
        await self.database.write(lambda conn: self.desk.tick(conn, self.now))
        await self._collect()

    async def write(self, unit: Callable[[Connection], T]) -> T:
        """Change the database beneath the bot; what that says is collected."""
        result = await self.database.write(unit)
        await self._collect()
        return result

    async def read(self, unit: Callable[[Connection], T]) -> T:
        return await self.database.read(unit)

    # --- updates ----------------------------------------------------------------------------------------

    async def repeat(self) -> list[str]:
        """Deliver the last update again, as platforms do that saw no acknowledgement; return what is said."""
        assert self._last is not None
        phone, before = self._last.phone, len(self._last.phone.heard)
        await self._arrive(self._last.phone, self._last.incoming)
        return phone.since(before)

    async def fail(self, phone: Phone, text: str) -> list[str]:
        """Have an update fail for good, as a mistake of the program makes it; return what is said."""
        self._answer = self.desk.handle_failure
        said = await phone.say(text)
        self._answer = self.desk.handle
        return said

    async def _deliver(self, phone: Phone, kind: str, body: Raw) -> None:
        self._updates += 1
        raw = json.dumps({"update_id": self._updates, kind: body})
        lane = Lane(phone.platform, phone.user_id)
        incoming = Incoming(lane, BOT_ID, self._updates, print_of({kind: {}}, raw, KEY), raw)
        self._last = Delivered(phone, incoming)
        await self._arrive(phone, incoming)

    async def _arrive(self, phone: Phone, incoming: Incoming) -> None:
        await self.database.write(lambda conn: inbox.keep(conn, [incoming], self.now))
        await self.database.write(lambda conn: self._work_off(conn, incoming.lane))
        await self._collect()

    def _work_off(self, conn: Connection, lane: Lane) -> None:
        while (pending := inbox.first_pending(conn, lane)) is not None:
            given = Update.de_json(json.loads(pending.body), None)
            assert inbox.finish(conn, pending.id, self.now)
            tap = self._answer(conn, Arrival(pending.id, lane.platform, pending.received_at), given)
            if tap is not None:
                self.phone(lane.platform, lane.chat_id).answered.append(tap)

    # --- what is said -----------------------------------------------------------------------------------

    async def _collect(self) -> None:
        for row in await self.database.write(self._sent):
            self._show(self.phone(row.platform, row.chat_id), row)

    def _sent(self, conn: Connection) -> list[Row[tuple[object, ...]]]:
        rows = list(conn.execute(select(outbox).where(outbox.c.state == "waiting").order_by(outbox.c.id)))
        sent = [
            {"row": row.id, "number": number, "now": self.now}
            for number, row in enumerate(rows, self._message_ids + 1)
        ]
        if sent:
            conn.execute(SENT, sent)
        self._message_ids += len(sent)
        return rows

    def _show(self, phone: Phone, row: Row[tuple[object, ...]]) -> None:
        name, facts = self.texts.named(row.text)
        picture = PictureId(row.picture_id) if row.picture_id else None
        heard = Heard(name, facts, row.text, load_keyboard(row.keyboard), picture, row.card)
        assert all(heard.choices) or not heard.buttons
        if row.action == "edit":
            at = max(i for i, earlier in enumerate(phone.heard) if earlier.card == row.card)
            phone.heard[at] = replace(heard, picture_id=phone.heard[at].picture_id, edited=True)
        else:
            phone.heard.append(heard)
