"""A member's own entries: what each did to her savings and advances, as her passbook shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select

from domain.ids import CommandId, EntryId, MembershipId
from domain.money import Rial
from storage.passbooks import HERS, NOTHING
from storage.prepared import Prepared
from storage.schema import entry, posting


@dataclass(frozen=True, slots=True)
class PassbookLine:
    """What one entry did to a member's savings and advances."""

    entry_id: EntryId
    sequence: int
    kind: str
    value_on: date
    booked_on: date
    amount: Rial  # what she gained; a reversal is negative
    rounds: tuple[int, ...]
    reversed: bool


class _HerLine(NamedTuple):
    """A posting on a member's money, with its entry."""

    entry_id: EntryId
    sequence: int
    kind: str
    value_on: date
    booked_on: date
    reversed: bool
    reverses: EntryId | None
    command_id: CommandId
    amount: Rial
    round_number: int | None


_HERS: list[ColumnElement[int]] = [literal_column(str(account.value)) for account in HERS]
_REVERSAL = entry.alias("reversal")
_EARLIER = posting.alias("earlier")
_OLDEST_SHOWN = (
    select(_EARLIER.c.entry_id)
    .distinct()
    .where(_EARLIER.c.holder == bindparam("holder"), _EARLIER.c.account.in_(_HERS))
    .order_by(_EARLIER.c.entry_id.desc())
    .limit(1)
    .offset(bindparam("newer"))
)
_HER_LINES = Prepared(
    select(
        entry.c.id,
        entry.c.sequence,
        entry.c.kind,
        entry.c.value_on,
        entry.c.booked_on,
        _REVERSAL.c.id.is_not(None),
        entry.c.reverses,
        entry.c.command_id,
        posting.c.amount,
        posting.c.round_number,
    )
    .join_from(posting, entry, posting.c.entry_id == entry.c.id)
    .outerjoin(_REVERSAL, _REVERSAL.c.reverses == entry.c.id)
    .where(
        posting.c.holder == bindparam("holder"),
        posting.c.account.in_(_HERS),
        posting.c.entry_id >= func.coalesce(_OLDEST_SHOWN.scalar_subquery(), 0),
    )
    .order_by(posting.c.entry_id.desc(), posting.c.line),
    _HerLine,
)


def member_entries(conn: Connection, membership_id: MembershipId, limit: int) -> tuple[PassbookLine, ...]:
    """Return the last entries that changed a member's money, newest first.

    An advance that becomes savings changes nothing, nor do opening balances that were booked anew because of
    another line and are the same for her.
    """
    reach = limit
    while True:
        found = _HER_LINES.all(conn, holder=membership_id, newer=reach - 1)
        entries = [list(lines) for _, lines in groupby(found, attrgetter("entry_id"))]
        shown = _that_changed(entries)
        if len(shown) >= limit or len(entries) < reach:
            return shown[:limit]
        reach *= 2


def _that_changed(entries: Sequence[Sequence[_HerLine]]) -> tuple[PassbookLine, ...]:
    """Leave out what comes to nothing for her, by itself or with what was booked in its place."""
    anew = {(first.command_id, _gained(lines)) for lines in entries if (first := lines[0]).kind == "opening"}
    undone = {
        first.command_id: first.reverses
        for lines in entries
        if (first := lines[0]).reverses is not None and (first.command_id, -_gained(lines)) in anew
    }
    kept = (lines for lines in entries if _gained(lines) and not _replaces(lines[0], undone))
    return tuple(_passbook_line(lines, undone.values()) for lines in kept)


def _replaces(first: _HerLine, undone: Mapping[CommandId, EntryId]) -> bool:
    """Tell whether it is the reversal, or what was booked in its place."""
    before = undone.get(first.command_id)
    return before is not None and (first.kind == "opening" or first.reverses == before)


def _passbook_line(lines: Sequence[_HerLine], standing: Collection[EntryId]) -> PassbookLine:
    """Put together what one entry did to her money; `standing` are those that stand though reversed."""
    first = lines[0]
    return PassbookLine(
        *first[:5],
        amount=_gained(lines),
        rounds=tuple(line.round_number for line in lines if line.round_number is not None),
        reversed=first.reversed and first.entry_id not in standing,
    )


def _gained(lines: Sequence[_HerLine]) -> Rial:
    return -sum((line.amount for line in lines), NOTHING)
