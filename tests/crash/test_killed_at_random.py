"""Each way to run the bot, killed twice at random while everybody saves; `make crash` does more."""

from __future__ import annotations

from random import Random

import pytest

from tests.crash.combinations import COMBINATIONS, alone
from tests.crash.ground import Size
from tests.crash.killing import kill_at_random


@pytest.mark.parametrize("name", COMBINATIONS)
async def test_nothing_is_lost_and_nothing_counts_twice(name: str) -> None:
    async with alone(name, Size(groups=2, members=6)) as stand:
        outcome = await kill_at_random(stand, 2, Random(name))
    assert outcome.flaws == []
    assert outcome.entries >= 12
