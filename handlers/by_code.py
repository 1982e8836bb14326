"""What a code opens: a group to join, or another account of the same person."""

from __future__ import annotations

from domain.codes import read_code
from domain.persian import normalise
from domain.refusals import Refused
from handlers import talking
from handlers.carry import accounts
from handlers.turn import Turn
from storage import groups


def open_group(turn: Turn, written: str) -> None:
    """Begin joining the group whose code was opened by a link or typed."""
    code = read_code(written)
    group = groups.group_by_code(turn.conn, code) if code else None
    if group is None:
        raise Refused("no_such_group_code")
    talking.begin(turn, "join", group.id)


def open_joining(turn: Turn, written: str) -> None:
    """Begin joining two accounts by the code that the other one showed."""
    if not begins_joining(turn, written):
        raise Refused("joining_code_unknown")


def begins_joining(turn: Turn, written: str) -> bool:
    """Begin joining two accounts where the text is a code that holds; tell whether it was."""
    code = "".join(normalise(written).split())
    found = accounts.code_written(turn, code) if code.isdecimal() and len(code) == accounts.DIGITS else None
    if found is not None:
        talking.begin(turn, "join_accounts", found)
    return found is not None
