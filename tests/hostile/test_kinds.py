"""Every kind of update of both platforms: answered where a person spoke to the bot, else a closed door."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.platforms.raw import JsonObject
from tests.hostile.corpus import elsewhere, in_private, of_bale, silent_on_bale, tapped, typed
from tests.hostile.edge import Edge

# The library warns of a field it will read otherwise one day; nothing of it reaches us.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
HER = 5


async def heard(edge: Edge, platform: str, content: JsonObject) -> list[str]:
    """What is said to it; afterwards the chat goes on."""
    said = (await edge.numbered(platform, content)).texts
    assert (await edge.numbered(platform, typed(HER, "/start"))).to(HER)
    assert await edge.states() == ["done", "done"]
    return said


@pytest.mark.parametrize("kind", in_private(HER))
async def test_whatever_a_person_sends_is_answered(edge: Edge, kind: str) -> None:
    assert await heard(edge, "telegram", in_private(HER)[kind])


@pytest.mark.parametrize("kind", elsewhere(HER))
async def test_what_is_not_for_the_bot_meets_a_closed_door(edge: Edge, kind: str) -> None:
    assert await heard(edge, "telegram", elsewhere(HER)[kind]) == []


@pytest.mark.parametrize("kind", of_bale(HER))
async def test_the_least_that_bale_documents_is_answered(edge: Edge, kind: str) -> None:
    assert await heard(edge, "bale", of_bale(HER)[kind])


@pytest.mark.parametrize("kind", silent_on_bale(HER))
async def test_what_bale_sends_beside_meets_a_closed_door(edge: Edge, kind: str) -> None:
    assert await heard(edge, "bale", silent_on_bale(HER)[kind]) == []


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_a_tap_without_its_message_is_answered(edge: Edge, platform: str) -> None:
    whole = tapped(HER, "t.1.yes.1.AAAAAAAAAAAA")["callback_query"]
    assert isinstance(whole, dict)
    bare: JsonObject = {name: whole[name] for name in ("id", "from", "data")}
    if platform == "telegram":
        bare["chat_instance"] = "1"
    said = await edge.numbered(platform, {"callback_query": bare})
    assert (len(said.taps), len(said.rows)) == (1, 1)


def test_no_kind_that_the_library_knows_is_left_out() -> None:
    tried = {name for update in elsewhere(HER).values() for name in update}
    assert set(Update.ALL_TYPES) <= tried | {"callback_query"}
