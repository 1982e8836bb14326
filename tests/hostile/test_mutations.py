"""Updates bent by chance, thousands of them: none is lost, none holds a chat up, none breaks the bot.

HOSTILE_MUTATIONS says how many (2,000 unless told; `make prove` asks for 100,000), HOSTILE_SEED which ones.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from bot.platforms.raw import JsonObject
from domain.ids import Platform
from tests.hostile.corpus import elsewhere, in_private, of_bale, silent_on_bale, tapped, typed
from tests.hostile.edge import Edge, unfinished
from tests.hostile.memory import Memory
from tests.hostile.mutations import mutated
from tests.stage import Stage
from tests.steps import report

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
MANY = int(os.environ.get("HOSTILE_MUTATIONS", "2000"))
SEED = int(os.environ.get("HOSTILE_SEED", "1405"))
BATCH = 50


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough for thousands; what one refuses is tried on both in test_content."""
    return sqlite_url


async def corpus(stage: Stage, platform: Platform) -> list[JsonObject]:
    """Everything there is to be sent, by a member, a treasurer in the middle of her work, and a stranger."""
    group = await stage.group(members=1)
    member = await stage.member(group.id, platform=platform.value)
    treasurer = await stage.second_account(group.treasurer, platform.value)
    await report(group.members[0])
    card = treasurer.newest("deposit.waiting")
    await member.press("menu_save")
    kinds = (in_private, elsewhere) if platform is Platform.TELEGRAM else (of_bale, silent_on_bale)
    known = [member, treasurer, group.chair]
    found = [one for kind in kinds for phone in known for one in kind(phone.user_id).values()]
    found += [tapped(member.user_id, data) for data in member.last.buttons.values()]
    found += [tapped(treasurer.user_id, data) for data in card.buttons.values()]
    words = [label for rows in (member.newest("common.menu_of_group").menu,) for label in rows]
    return found + [typed(phone.user_id, word) for phone in known for word in (*words, "/cancel", "/back")]


@pytest.mark.parametrize("platform", list(Platform))
async def test_bent_updates_break_nothing(edge: Edge, platform: Platform) -> None:
    random, whole, memory = Random(SEED), await corpus(edge.stage, platform), Memory()
    with memory.watched(MANY // 2):
        for begun in range(0, MANY // 2, BATCH):
            await edge.hear(platform, *(edge.number(platform, mutated(random, whole)) for _ in range(BATCH)))
            assert edge.flaws() == [], f"one of the updates from {begun} on, with HOSTILE_SEED={SEED}"
            chat = 9_000_000 + begun
            assert (await edge.numbered(platform, typed(chat, "/start"))).to(chat)
            edge.forget()
            memory.after(begun + BATCH)
    assert not await unfinished(edge)
    states = await edge.states()
    assert set(states) <= {"done", "aside"}
    assert states.count("done") > len(states) / 3


async def test_each_chat_goes_on_after_bent_updates(edge: Edge) -> None:
    random = Random(SEED + 1)
    for chat in range(100, 140):
        bent = [mutated(random, list(in_private(chat).values())) for _ in range(5)]
        await edge.hear("telegram", *(edge.number("telegram", one) for one in bent))
        assert (await edge.numbered("telegram", typed(chat, "/start"))).to(chat)
