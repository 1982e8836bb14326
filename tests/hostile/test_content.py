"""What people may type, as answers and as names that others read: nothing of it works or bends a line.

Every text that is said is looked at by `Edge` as its platform would.
"""

from __future__ import annotations

import pytest

from tests.hostile.corpus import in_private, typed
from tests.hostile.edge import Edge
from tests.hostile.words import WORDS


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
async def test_whatever_a_newcomer_types_is_answered(edge: Edge, word: str) -> None:
    """As her name, as her phone, and out of the blue; those who decide about her read what is left of it."""
    group = await edge.stage.group(members=0)
    her = edge.stage.phone().user_id
    for answer in (f"/start g_{group.code}", word, "مریم", word, "/cancel", word):
        said = await edge.numbered("telegram", typed(her, answer))
        assert said.to(her)


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
async def test_whatever_a_member_types_as_an_amount_is_answered(edge: Edge, word: str) -> None:
    member = (await edge.stage.group(members=1)).members[0]
    for answer in (edge.stage.texts.label("menu_save"), word):
        said = await edge.numbered("telegram", typed(member.user_id, answer))
        assert said.to(member.user_id)


@pytest.mark.parametrize("platform", ["telegram", "bale"])
async def test_files_with_endless_names_are_pictures_like_others(edge: Edge, platform: str) -> None:
    member = (await edge.stage.group(members=1)).members[0]
    for kind in ("document", "photo"):
        said = await edge.numbered(platform, in_private(member.user_id)[kind])
        assert said.to(member.user_id)
