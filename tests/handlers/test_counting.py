"""A refusal is counted by its name where it is said: from a menu, a link, or the end of a talk."""

from __future__ import annotations

from dataclasses import replace

from domain.ids import Platform
from handlers.desk import Desk
from tests.stage import Stage


async def test_a_refusal_is_counted_once_by_its_name(stage: Stage) -> None:
    counted: list[tuple[Platform, str]] = []
    tools = replace(stage.tools, count_refusal=lambda platform, name: counted.append((platform, name)))
    stage.desk = Desk(tools)
    stage._answer = stage.desk.handle
    stranger = stage.phone(Platform.BALE)
    said = await stranger.say("/start g_ZZZZZZ")
    assert [f"refusals.{name}" for _, name in counted] == [
        name for name in said if name.startswith("refusals.")
    ]
    assert counted == [(Platform.BALE, "no_such_group_code")]
