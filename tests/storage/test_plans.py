"""What an update asks of the database: so many statements, no more, each finding its rows by an index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import Connection
from telegram import Update

from bot.made_up.chronicle import Setting, history, needed, read_words
from domain.ids import Platform
from handlers.arrival import Arrival
from storage import dispatch, inbox, outcomes, people
from storage.bulk import set_apart, write_rows
from storage.inbox import Incoming, Lane
from storage.outbox import REPLY, OutRow, enqueue
from storage.outcomes import Delivered
from storage.queues import queues
from storage.schema import metadata
from storage.units import Database
from tests.assembly import WORDS, voted
from tests.installation import BOT_ID
from tests.lending import asked, funded, lending
from tests.months import asked as month_asked
from tests.months import until_the_first
from tests.postgres import Reused
from tests.recorded import RecordedTexts
from tests.repaying import say
from tests.stage import Group, Stage
from tests.steps import moved
from tests.storage.plans import Recorder, full_reads

# The most statements each may take, savepoints included; whoever needs fewer lowers the number.
MOST = {
    "menu": 8,
    "save": 13,
    "amount": 4,
    "way": 4,
    "report": 14,
    "waiting": 24,
    "confirm": 26,
    "passbook": 16,
    "fund": 14,
    "rounds": 13,
    "reverse": 15,
    "costs": 9,
    "money": 11,
    "enter_move": 24,
    "confirm_move": 32,
    "assembly": 10,
    "rules": 13,
    "propose": 10,
    "kind": 4,
    "words": 4,
    "open_vote": 39,
    "ballot": 32,
    "last_ballot": 54,
    "objections": 8,
    "object": 13,
    "about": 4,
    "thing": 4,
    "why": 4,
    "objects": 70,
    "answers": 15,
    "answer": 4,
    "answered": 60,
    "content": 43,
    "loans": 26,
    "ask": 17,
    "ask_loan": 56,
    "grant": 88,
    "pay_out": 51,
    "receive": 45,
    "her_loan": 39,
    "repay": 10,
    "repaid": 17,
    "take_in": 26,
    "month_asked": 31,
    "close_month": 36,
    "intake": 4,
    "delivery": 5,
    "sweep": 2,
    "tick": 7,
    "watched": 2,
}


Acts = list[tuple[str, Callable[[], Awaitable[object]]]]


@pytest.fixture
def reused_postgres(unused_postgres: tuple[Reused, Reused]) -> tuple[Reused, Reused]:
    return unused_postgres


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    with made.listening():
        yield made


@pytest.fixture
def stage(database: Database, recorded_texts: RecordedTexts) -> Stage:
    return Stage(database, recorded_texts)


async def test_every_statement_finds_its_rows_by_an_index(stage: Stage, recorder: Recorder) -> None:
    heard = await _acts(stage, recorder)
    assert await stage.database.write(lambda conn: _read_whole(conn, heard)) == []


async def test_an_update_takes_so_many_statements_however_many_groups_there_are(
    stage: Stage, recorder: Recorder
) -> None:
    alone = _counted(await _acts(stage, recorder))
    assert {name: number for name, number in alone.items() if number > MOST[name]} == {}
    assert alone.keys() == MOST.keys()
    await stage.database.write(partial(_others, stage=stage))
    assert _counted(await _acts(stage, recorder)) == alone


def _counted(heard: dict[str, list[str]]) -> dict[str, int]:
    return {name: len(statements) for name, statements in heard.items()}


def _read_whole(conn: Connection, heard: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    distinct = dict.fromkeys(one for several in heard.values() for one in several)
    return [(one, whole) for one in distinct if (whole := full_reads(conn, one))]


async def _acts(stage: Stage, recorder: Recorder) -> dict[str, list[str]]:
    """Everything ordinary once, in a group of its own, with the statements of each."""
    answer, group, units = stage._answer, await stage.group(), list[list[str]]()

    def answering(conn: Connection, arrival: Arrival, update: Update) -> None:
        recorder.taken()
        answer(conn, arrival, update)
        units.append(recorder.taken())

    stage._answer = answering
    heard: dict[str, list[str]] = {}
    await group.treasurer.say("/menu")

    async def play(acts: Acts) -> None:
        for name, act in acts:
            await act()
            heard[name] = units[-1]

    await play([*_conversation(group), *_objection(group)])
    await lending(stage, group)
    await funded(stage, group)
    await play(_loan(group))
    await until_the_first(stage)
    await play(_month(group))
    stage._answer = answer
    return heard | await _around(stage, recorder)


def _conversation(group: Group) -> Acts:
    member, treasurer = group.members[0], group.treasurer
    return [
        ("menu", partial(member.say, "/menu")),
        ("save", partial(member.press, "menu_save")),
        ("amount", partial(member.tap, "5000000")),
        ("way", partial(member.tap, "cash")),
        ("report", partial(member.tap, "confirm")),
        ("waiting", partial(treasurer.press, "menu_waiting")),
        ("confirm", partial(treasurer.tap, "confirm_deposit")),
        ("passbook", partial(member.press, "menu_passbook")),
        ("fund", partial(member.press, "menu_fund")),
        ("rounds", partial(treasurer.press, "menu_rounds")),
        ("reverse", partial(treasurer.press, "menu_reverse")),
        ("costs", partial(member.tap, "costs")),
        ("money", partial(treasurer.press, "menu_money")),
        ("enter_move", partial(moved, treasurer, "banked", "100,000")),
        ("confirm_move", partial(group.chair.tap, "agree_move")),
        ("assembly", partial(member.press, "menu_assembly")),
        ("rules", partial(member.tap, "open_rules")),
        ("propose", partial(member.tap, "propose")),
        ("kind", partial(member.tap, "proposalkind_resolution")),
        ("words", partial(member.say, WORDS)),
        ("open_vote", partial(member.tap, "confirm")),
        ("ballot", partial(member.tap, "yes")),
        ("last_ballot", partial(voted, group, "yy-yy")),
    ]


def _objection(group: Group) -> Acts:
    member, chair = group.members[0], group.chair
    return [
        ("objections", partial(member.press, "menu_objection")),
        ("object", partial(member.tap, "object")),
        ("about", partial(member.tap, "about_entry")),
        ("thing", partial(member.tap, "1")),
        ("why", partial(member.say, WORDS)),
        ("objects", partial(member.tap, "confirm")),
        ("answers", partial(chair.tap, "answer_objection")),
        ("answer", partial(chair.say, WORDS)),
        ("answered", partial(chair.tap, "confirm")),
        ("content", partial(member.tap, "content")),
    ]


def _loan(group: Group) -> Acts:
    member, treasurer = group.members[0], group.treasurer
    return [
        ("loans", partial(member.press, "menu_loans")),
        ("ask", partial(member.tap, "ask")),
        ("ask_loan", partial(asked, member)),
        ("grant", partial(voted, group, "y" * len(group.everybody))),
        ("pay_out", partial(treasurer.tap, "cash")),
        ("receive", partial(member.tap, "receive")),
        ("her_loan", partial(member.press, "menu_loans")),
        ("repay", partial(member.tap, "pay")),
        ("repaid", partial(say, member, "۱۰۰ هزار تومان")),
        ("take_in", partial(treasurer.tap, "confirm_deposit")),
    ]


def _month(group: Group) -> Acts:
    return [
        ("month_asked", partial(month_asked, group.treasurer)),
        ("close_month", partial(group.chair.tap, "agree_month")),
    ]


async def _around(stage: Stage, recorder: Recorder) -> dict[str, list[str]]:
    """What intake, delivery and the schedule ask beside the answers."""
    lane = Lane(Platform.TELEGRAM, 500 + stage._updates)
    heard = {}
    for name, unit in UNITS.items():
        recorder.taken()
        await stage.database.write(partial(unit, stage, lane))
        heard[name] = [one for one in recorder.taken() if not one.startswith(("BEGIN", "COMMIT"))]
    return heard


def _intake(stage: Stage, lane: Lane, conn: Connection) -> None:
    body = f"{lane.chat_id}"
    given = Incoming(lane, BOT_ID, 10_000 + lane.chat_id, body.encode(), body)
    inbox.keep(conn, [given], stage.now)
    inbox.pending_lanes(conn, [lane.platform], 10)
    pending = inbox.first_pending(conn, lane)
    assert pending is not None
    assert inbox.finish(conn, pending.id, stage.now)


def _delivery(stage: Stage, lane: Lane, conn: Connection) -> None:
    now, later = stage.now, stage.now + timedelta(minutes=1)
    enqueue(conn, [OutRow(lane.platform, lane.chat_id, REPLY, "send", "text", now)])
    (claimed,) = dispatch.claim(conn, lane.platform, "worker", now, later, 10)
    outcomes.mark_sent(conn, [Delivered(claimed, 1, "send")], now)


def _sweep(stage: Stage, lane: Lane, conn: Connection) -> None:
    inbox.sweep_inbox(conn, stage.now)
    dispatch.sweep_outbox(conn, stage.now)


def _watched(stage: Stage, lane: Lane, conn: Connection) -> None:
    queues(conn)


def _tick(stage: Stage, lane: Lane, conn: Connection) -> None:
    stage.desk.tick(conn, stage.now)


UNITS: dict[str, Callable[[Stage, Lane, Connection], None]] = {
    "intake": _intake,
    "delivery": _delivery,
    "sweep": _sweep,
    "tick": _tick,
    "watched": _watched,
}


def _others(conn: Connection, stage: Stage) -> None:
    """Other groups with a year of books."""
    numbers = {name: iter(set_apart(conn, metadata.tables[name], 2 * n)) for name, n in needed(1).items()}
    leader = people.add_person(conn, "somebody", None, stage.now)
    for seed in range(2):
        setting = Setting(leader, "03-01", 1, stage.now, stage.texts)
        write_rows(conn, history(setting, numbers, read_words(), Random(seed)))
