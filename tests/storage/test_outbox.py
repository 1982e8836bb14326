from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from domain.ids import Platform
from domain.outgoing import Button, Inline
from storage import dispatch, outcomes
from storage.outbox import ALERT, REMINDER, REPLY, OutRow, enqueue
from storage.outcomes import Delivered
from storage.schema import account, outbox
from storage.units import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOON = NOON + timedelta(minutes=1)
ROW = OutRow(Platform.BALE, 5, REPLY, "send", "one", NOON)


def claim(conn: Connection, worker: str = "one", now: datetime = NOON) -> list[str | None]:
    rows = dispatch.claim(conn, Platform.BALE, worker, now, now + timedelta(minutes=1), 10)
    return [row.out.text for row in rows]


async def test_only_the_first_of_each_chat_is_claimed_replies_first(database: Database) -> None:
    def unit(conn: Connection) -> None:
        alert = ROW._replace(chat_id=6, priority=ALERT, text="alert")
        enqueue(conn, [alert, ROW, ROW._replace(text="two"), ROW._replace(platform=Platform.TELEGRAM)])
        assert claim(conn) == ["one", "alert"]
        assert claim(conn, "two") == []
        assert claim(conn, "two", SOON) == ["one", "alert"]

    await database.write(unit)


async def test_a_row_comes_back_as_it_was_stored(database: Database) -> None:
    row = ROW._replace(keyboard=Inline(((Button("yes", "y"),),)), card="c", key="k")

    def unit(conn: Connection) -> None:
        enqueue(conn, [row])
        (claimed,) = dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 10)
        assert claimed.out == row

    await database.write(unit)


async def test_what_is_postponed_holds_up_its_own_chat_only(database: Database) -> None:
    def unit(conn: Connection) -> None:
        enqueue(conn, [ROW, ROW._replace(text="two"), ROW._replace(chat_id=6, text="other")])
        first, _ = dispatch.claim(conn, Platform.BALE, "one", NOON, NOON, 10)
        outcomes.postpone(conn, first, SOON, "later")
        assert claim(conn) == ["other"]
        assert claim(conn, now=SOON) == ["one", "other"]

    await database.write(unit)


async def test_only_some_reminders_are_taken_at_once_and_replies_before_them(database: Database) -> None:
    def unit(conn: Connection) -> None:
        waiting = [ROW._replace(chat_id=chat, priority=REMINDER, text="reminder") for chat in range(6, 12)]
        enqueue(conn, [*waiting, ROW, ROW._replace(chat_id=12, priority=ALERT, text="alert")])
        taken = dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 10, 2)
        assert [one.out.text for one in taken] == ["one", "alert", "reminder", "reminder"]
        assert not dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 10, 0)
        assert len(dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 3)) == 3

    await database.write(unit)


async def test_a_reminder_on_its_way_is_waited_for(database: Database) -> None:
    def unit(conn: Connection) -> None:
        enqueue(conn, [ROW._replace(priority=REMINDER, text="reminder")])
        (claimed,) = dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 10)
        assert not dispatch.begin_sending(conn, claimed, "two")
        assert dispatch.begin_sending(conn, claimed, "one")
        enqueue(conn, [ROW])
        assert claim(conn) == []
        assert claim(conn, now=SOON) == ["one"]

    await database.write(unit)


async def test_a_worker_that_ends_gives_its_claims_back(database: Database) -> None:
    def unit(conn: Connection) -> None:
        enqueue(conn, [ROW])
        claim(conn)
        dispatch.release_claims(conn, Platform.BALE, "two")
        assert claim(conn) == []
        dispatch.release_claims(conn, Platform.BALE, "one")
        assert claim(conn) == ["one"]

    await database.write(unit)


async def test_it_is_kept_since_when_somebody_cannot_be_reached(database: Database) -> None:
    def unit(conn: Connection) -> None:
        conn.execute(insert(account).values(platform="bale", user_id=5, chat_id=5, created_at=NOON))
        since = select(account.c.unreachable_since)
        outcomes.note_unreachable(conn, Platform.BALE, 5, NOON, "blocked")
        outcomes.note_unreachable(conn, Platform.BALE, 5, SOON, "blocked")
        assert conn.execute(since).scalar() == NOON

    await database.write(unit)


async def test_what_was_said_long_ago_is_erased_but_not_cards_and_keys(database: Database) -> None:
    def unit(conn: Connection) -> None:
        enqueue(conn, [ROW, ROW._replace(card="c"), ROW._replace(key="k"), ROW._replace(text="waits")])
        for _ in range(3):
            claimed = dispatch.claim(conn, Platform.BALE, "one", NOON, SOON, 10)
            outcomes.mark_sent(conn, [Delivered(one, 1, "send") for one in claimed], NOON)
        assert dispatch.sweep_outbox(conn, NOON + timedelta(days=29)) == 0
        assert dispatch.sweep_outbox(conn, NOON + timedelta(days=31)) == 1
        assert conn.execute(select(func.count()).select_from(outbox)).scalar_one() == 3

    await database.write(unit)
