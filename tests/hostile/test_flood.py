"""Whoever floods is slowed down: told so once, nothing counted unseen by her, nobody else waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from bot.intake import Intake
from bot.lanes import IN_A_ROW, Lanes
from bot.updates import Then, Updates
from domain.ids import Platform
from domain.patience import MOST_UNSENT
from storage import people
from storage.inbox import Lane, Pending
from storage.outbox import ALERT, OutRow, enqueue
from storage.schema import deposit
from tests.bot.conftest import Hand
from tests.hostile.corpus import elsewhere, tapped, typed
from tests.hostile.edge import Edge
from tests.installation import BEGINNING
from tests.phone import Phone
from tests.stage import Stage

FLOODING, PATIENT = 5, 6
MANY = 120


@pytest.fixture
def slower(stage: Stage) -> str:
    return stage.texts.render("common.slower")


async def flooded(edge: Edge, platform: str = "telegram") -> list[str]:
    """What waits to be sent to somebody who writes far faster than she can be answered."""
    said = await edge.numbered(platform, *(typed(FLOODING, "/start") for _ in range(MANY)), shown=False)
    return said.to(FLOODING)


@pytest.mark.parametrize("platform", list(Platform))
async def test_a_flood_is_answered_in_part_and_told_so_once(edge: Edge, platform: str, slower: str) -> None:
    said = await flooded(edge, platform)
    assert said[-1] == slower
    assert said.count(slower) == 1
    assert MOST_UNSENT < len(said) <= MOST_UNSENT + 5
    assert await edge.states() == ["done"] * MANY


async def test_the_others_are_answered_meanwhile(edge: Edge, slower: str) -> None:
    await flooded(edge)
    said = await edge.numbered("telegram", typed(PATIENT, "/start"), shown=False)
    assert said.to(PATIENT)
    assert slower not in said.to(PATIENT)


async def test_once_the_word_was_sent_she_is_answered_again(edge: Edge, slower: str) -> None:
    await flooded(edge)
    await edge.numbered("telegram", typed(FLOODING, "/menu"), shown=False)
    assert (await edge.said()).to(FLOODING)[-1] == slower
    again = (await edge.numbered("telegram", typed(FLOODING, "/menu"))).to(FLOODING)
    assert len(again) == 1
    assert slower not in again


async def test_a_second_flood_is_told_again(edge: Edge, slower: str) -> None:
    for _ in range(2):
        assert (await flooded(edge)).count(slower) == 1
        await edge.said()


async def test_each_tap_of_a_flood_stops_its_waiting_sign(edge: Edge) -> None:
    taps = [tapped(FLOODING, f"t.{n}.yes.1.AAAAAAAAAAAA") for n in range(MANY)]
    said = await edge.numbered("telegram", *taps)
    assert len(said.taps) == MANY
    assert len(said.to(FLOODING)) <= MOST_UNSENT + 5


async def test_a_tap_that_was_passed_over_counts_nothing_and_may_be_made_again(edge: Edge) -> None:
    group = await edge.stage.group(members=1)
    member = group.members[0]
    await asked_to_confirm(member)
    confirm = member.last.data("confirm")
    assert confirm is not None
    await edge.numbered("telegram", *(typed(member.user_id, "/menu") for _ in range(MANY)), shown=False)
    await edge.numbered("telegram", tapped(member.user_id, confirm), shown=False)
    assert await deposits(edge) == 0
    await edge.said()
    await edge.numbered("telegram", tapped(member.user_id, confirm))
    assert await deposits(edge) == 1


async def test_blocking_the_bot_is_noted_in_a_flood_too(edge: Edge) -> None:
    await flooded(edge)
    left = elsewhere(FLOODING)["my_chat_member"]
    await edge.numbered("telegram", left, shown=False)
    lane = Lane(Platform.TELEGRAM, FLOODING)
    assert await edge.stage.read(lambda conn: unreachable(conn, lane))


async def test_alerts_that_wait_do_not_count(edge: Edge, slower: str) -> None:
    """A treasurer who comes back to fifty cards is not kept from them."""
    group = await edge.stage.group(members=1)
    chat = group.treasurer.user_id
    await edge.stage.database.write(lambda conn: alerts(conn, chat, 2 * MOST_UNSENT))
    said = await edge.numbered("telegram", typed(chat, "/menu"), shown=False)
    assert slower not in said.to(chat)
    await edge.said()


async def asked_to_confirm(member: Phone) -> None:
    await member.press("menu_save")
    await member.tap("5000000")
    await member.tap("cash")
    assert member.last.name == "saving.confirm"


async def deposits(edge: Edge) -> int:
    return await edge.stage.read(lambda conn: len(list(conn.execute(select(deposit.c.id)))))


def unreachable(conn: Connection, lane: Lane) -> bool:
    return people.account_for(conn, lane.platform, lane.chat_id, lane.chat_id, BEGINNING).unreachable


def alerts(conn: Connection, chat: int, many: int) -> None:
    enqueue(conn, [OutRow(Platform.TELEGRAM, chat, ALERT, "send", f"{n}", BEGINNING) for n in range(many)])


class Noting(Updates):
    """Notes whose turn it is; says when all are through."""

    turns: list[int]
    left: int
    through: Callable[[], None]

    async def work(self, pending: Pending, then: Then) -> Pending | None:
        self.turns.append(pending.lane.chat_id)
        found = await super().work(pending, then)
        self.left -= 1
        if not self.left:
            self.through()
        return found


async def test_floods_in_every_place_leave_the_others_their_turn(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.lanes.SIDE_BY_SIDE", 2)
    floods = [elsewhere(chat)["edited_message"] for chat in (1, 2) for _ in range(4 * IN_A_ROW)]
    batch = [edge.number("telegram", one) for one in (*floods, typed(PATIENT, "/start"))]
    stage, messenger, machine = edge.stage, edge.messengers[Platform.TELEGRAM], Hand().machine()
    await Intake(stage.database, lambda: stage.now, lambda lanes: None).take(messenger, batch)
    worker = Noting(messenger, stage.database, stage.desk, machine)
    lanes = Lanes(stage.database, {Platform.TELEGRAM: worker}, machine, "one", lambda: None)
    worker.turns, worker.left, worker.through = [], len(batch), lanes.stop
    await worker.start()
    await lanes.run()
    await worker.stop()
    assert worker.turns.index(PATIENT) <= 3 * IN_A_ROW
    await edge.said()
