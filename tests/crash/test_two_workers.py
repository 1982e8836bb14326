"""Two workers behind one address, either of them killed: nothing is lost, said twice or left lying."""

from __future__ import annotations

from random import Random

from tests.crash.combinations import side_by_side
from tests.crash.ground import Size
from tests.crash.killing import kill_at_random


async def test_either_may_be_killed() -> None:
    async with side_by_side(2, Size(groups=2, members=6)) as stand:
        outcome = await kill_at_random(stand, 2, Random("two"))
    assert outcome.flaws == []
    assert outcome.entries >= 12
