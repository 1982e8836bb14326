"""What is said, judged as its platform would: well-formed, short enough; nothing typed by somebody works."""

from __future__ import annotations

import re

from bot.platforms.bale import Bale
from bot.platforms.messenger import Messenger
from bot.platforms.raw import JsonObject
from bot.platforms.telegram import Telegram
from simulator.flavours import PLATFORMS, Flavour
from simulator.rules import check
from simulator.wire import Call
from tests.recorded import NEVER

TOKEN = "77:AAF-abcdefghijklmnopqrstuvwxyz0123456789"
NOWHERE = "http://127.0.0.1:9"  # nothing is ever sent there
ISOLATES, POP = "\u2066\u2067\u2068", "\u2069"
ISOLATED = re.compile("\u2068([^\u2069]*)\u2069")
MARKS = frozenset("*_`[]<>&")


def both_platforms() -> tuple[Messenger, Messenger]:
    """Telegram and Bale as the bot knows them, with nobody behind them."""
    return Telegram(TOKEN, NOWHERE), Bale(TOKEN, NOWHERE)


def sending(chat: int, text: str, messenger: Messenger, keyboard: JsonObject | None = None) -> Call:
    """The request that sends a text."""
    fields: JsonObject = {"chat_id": chat, "text": messenger.render(text)}
    if messenger.parse_mode:
        fields["parse_mode"] = messenger.parse_mode
    return Call("sendMessage", fields | (keyboard or {}))


def look_at_call(call: Call, messenger: Messenger) -> None:
    """Find nothing that the platform would not take."""
    flaws = check(call, PLATFORMS[Flavour(messenger.platform)])
    assert not flaws, f"{call.fields}: {flaws}"


def look_at_text(text: str) -> None:
    """Find nothing that somebody typed and that works: no bent line, no template, no markup within a name."""
    assert balanced(text), text.encode("unicode_escape")
    assert not [name for name in ISOLATED.findall(text) if MARKS & set(name)], text
    ours = ISOLATED.sub("", text)
    assert not [mark for mark in NEVER if mark in ours], text
    assert not [line for line in ours.splitlines() if line.count("*") % 2], text


def balanced(text: str) -> bool:
    """Whether every isolation is ended on its own line, and nothing else bends the direction."""
    for line in text.splitlines():
        opened = 0
        for letter in line:
            opened += (letter in ISOLATES) - (letter == POP)
            if opened < 0:
                return False
        if opened:
            return False
    return not set("\u202a\u202b\u202d\u202e") & set(text)
