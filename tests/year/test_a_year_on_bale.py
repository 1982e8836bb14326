"""A year of a group of sixteen on Bale."""

from __future__ import annotations

import pytest

from domain.ids import Platform
from tests.year.story import DATABASES, a_year
from tests.year.wired import Wired


@pytest.mark.parametrize("database_url", DATABASES, indirect=True)
async def test_a_year_of_a_group_of_sixteen(ground: Wired) -> None:
    await a_year(ground, Platform.BALE)
