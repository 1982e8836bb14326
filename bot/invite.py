"""`invite`: make a one-time link into a role of the programme, for whoever runs the installation."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.installation import username_setting
from bot.wiring import open_migrated
from domain.appointing import Mandate
from domain.commands import Role
from domain.ids import Platform
from domain.places import Places
from handlers.invitations import CODE_BYTES, digest_of, new_code
from handlers.links import links_for
from storage.invitations import add_invitation
from storage.settings import get

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.settings import Settings

DAYS = 7
MOST_DAYS = 90
UNFIT = 2


class NoSuchMandate(Exception):
    """The role or the place given at the command line cannot be; the text says what would."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the role, the place and how long the link holds."""
    parser.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help="the role to take up"
    )
    parser.add_argument("--province", help="its province; left out for the whole country")
    parser.add_argument("--county", help="its county; left out for the whole province")
    parser.add_argument("--days", type=int, default=DAYS, help=f"how long the link holds (default {DAYS})")


def main(args: Namespace, settings: Settings) -> int:
    """Print one link for each platform the bot is known on; 2 where role, place or days cannot be."""
    try:
        wanted = _mandate(args, _places(settings.places))
        days = _days(args.days)
    except NoSuchMandate as flaw:
        sys.stderr.write(f"{flaw}\n")
        return UNFIT
    for line in asyncio.run(_invite(settings.database_url, wanted, days)):
        sys.stdout.write(f"{line}\n")
    return 0


async def _invite(url: str, wanted: Mandate, days: timedelta) -> list[str]:
    database = await open_migrated(url)
    try:
        return await database.write(lambda conn: _made(conn, wanted, datetime.now(UTC), days))
    finally:
        await database.close()


def _made(conn: Connection, wanted: Mandate, now: datetime, days: timedelta) -> list[str]:
    code = new_code(secrets.token_bytes(CODE_BYTES))
    digest = bytes.fromhex(digest_of(code))
    add_invitation(conn, digest, wanted, created_by=None, created_at=now, expires_at=now + days)
    names = {platform: get(conn, username_setting(platform)) for platform in Platform}
    links = links_for({platform: name for platform, name in names.items() if name}, f"r_{code}")
    how = f"Good once, for {days.days} days. Without a link, send the bot: /start r_{code}"
    return [*(link.address for link in links), how]


def _mandate(args: Namespace, places: Places) -> Mandate:
    province = _province(args.province, places) if args.province else None
    if args.county and province is None:
        raise NoSuchMandate("--county: say the province too, with --province")
    county = _county(args.county, province, places) if args.county else None
    wanted = Mandate(Role(args.role), province, county)
    if not wanted.fits:
        place = "a county" if county else "a province" if province else "the whole country"
        raise NoSuchMandate(f"--role {args.role}: there is no such role for {place}")
    return wanted


def _province(typed: str, places: Places) -> str:
    found = places.find_province(typed)
    if found is None:
        raise NoSuchMandate(f"--province {typed}: {_meant(places.provinces_near(typed))}")
    return found


def _county(typed: str, province: str | None, places: Places) -> str:
    found = places.near(typed, province)
    if len(found) != 1:
        raise NoSuchMandate(f"--county {typed}: {_meant(place.county for place in found)}")
    return found[0].code


def _meant(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"which one is meant? {listed}" if listed else "not in the list of places"


def _days(days: int) -> timedelta:
    if not 1 <= days <= MOST_DAYS:
        raise NoSuchMandate(f"--days {days}: between 1 and {MOST_DAYS}")
    return timedelta(days=days)


def _places(folder: Path) -> Places:
    return Places.from_csv((folder / "counties.csv").read_text(encoding="utf-8"))
