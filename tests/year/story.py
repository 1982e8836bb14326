"""The whole story, and what is kept of it: two pages that every run must write alike."""

from __future__ import annotations

import os
from pathlib import Path

from domain.ids import Platform
from tests.year.account import year_as_text
from tests.year.autumn import autumn
from tests.year.spring import spring
from tests.year.summer import summer
from tests.year.telling import as_members_read_it
from tests.year.winter import winter
from tests.year.wired import Wired

ACCOUNT = Path(__file__).with_name("year.txt")
TELLING = Path(__file__).parents[2] / "docs" / "a-year-of-a-group.md"


DATABASES = ["sqlite", "postgresql"] if os.environ.get("PROVE_YEAR") else ["sqlite"]


async def a_year(ground: Wired, platform: Platform) -> None:
    """Play it, and compare what it leaves; KEEP_YEAR=1 writes both pages anew."""
    village = await spring(ground, platform)
    for season in (summer, autumn, winter):
        await season(village)
    telling = await as_members_read_it(village)
    account = await ground.read(lambda conn: year_as_text(conn, village.group.id))
    for path, written in ((ACCOUNT, account), (TELLING, telling)):
        if os.environ.get("KEEP_YEAR"):
            path.write_text(written, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == written
