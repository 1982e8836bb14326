"""Links that open the bot with a code: one for each platform it runs on."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import Platform
from domain.values import Link
from handlers.turn import Turn

ADDRESSES: Mapping[Platform, str] = {Platform.TELEGRAM: "https://t.me", Platform.BALE: "https://ble.ir"}


def start_links(turn: Turn, payload: str) -> tuple[Link, ...]:
    """Return the links that send `/start payload`, in the order of the platforms."""
    return links_for(turn.desk.usernames, payload)


def links_for(usernames: Mapping[Platform, str], payload: str) -> tuple[Link, ...]:
    """Return the links of a bot known by these names."""
    named = ((platform, usernames[platform]) for platform in Platform if platform in usernames)
    return tuple(Link(f"{ADDRESSES[platform]}/{name}?start={payload}") for platform, name in named)
