"""Finds out which posting was altered: the one that, put back, agrees with the hash again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.ledger import VERSION, Account, Cells, Sealed, entry_hash


def find_alteration(
    found: Sealed, previous: bytes, booked: bytes, places: Iterable[tuple[int, int, str]]
) -> str:
    """Name the altered posting and how it was booked, or all where more than one thing was changed."""
    holders = sorted({holder for _, holder, _ in places})
    for at, was in _guesses(found, holders):
        lines = (*found.lines[:at], was, *found.lines[at + 1 :])
        if entry_hash(VERSION, replace(found, lines=lines), previous) == booked:
            return f"posting {at + 1} reads {_read(found.lines[at])} and was booked as {_read(was)}"
    postings = "; ".join(
        f"posting {at} reads {_read(cells)}" for at, cells in enumerate(found.lines, start=1)
    )
    return f"one of its fields was altered, or several of its postings: {postings or 'there are none'}"


def _guesses(found: Sealed, holders: Iterable[int]) -> Iterator[tuple[int, Cells]]:
    """What a posting may have been: the amount that balances the entry, another holder, account, round."""
    difference = sum(cells.rials for cells in found.lines)
    rounds = [None, *range(1, max((cells.round_number or 0 for cells in found.lines), default=0) + 3)]
    for at, cells in enumerate(found.lines):
        yield at, cells._replace(rials=cells.rials - difference)
        yield from ((at, cells._replace(holder=holder)) for holder in holders)
        yield from ((at, cells._replace(account=account.value)) for account in Account)
        yield from ((at, cells._replace(round_number=number)) for number in rounds)


def _read(cells: Cells) -> str:
    place = "/".join(str(part) for part in (cells.account, cells.holder, cells.purpose) if part)
    of_round = "" if cells.round_number is None else f" round {cells.round_number}"
    return f"{place}{of_round} {cells.rials:+} rials"
