"""Replays a group's entries from the first: their sums, their chain, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Connection, Row, bindparam, select

from domain.ids import GroupId
from domain.ledger import COUNTABLE, GENESIS, VERSION, Account, Cells, HeldBy, Sealed, entry_hash
from storage.alteration import find_alteration
from storage.flaws import Flaw
from storage.schema import balance, entry, group, posting, round_line, saving_round

AT_ONCE = 500
CODES = frozenset(account.value for account in Account)
Place = tuple[int, int, str]  # account, holder, purpose

_ENTRIES = (
    select(
        entry, posting.c.line, posting.c.account, posting.c.holder, posting.c.purpose, posting.c.round_number
    )
    .add_columns(posting.c.amount)
    .outerjoin_from(entry, posting, posting.c.entry_id == entry.c.id)
    .where(entry.c.group_id == bindparam("group_id"))
    .order_by(entry.c.sequence, entry.c.id, posting.c.line)
    .execution_options(yield_per=AT_ONCE)
)
_GROUP = select(group.c.head_sequence, group.c.head_hash, group.c.currency).where(
    group.c.id == bindparam("group_id")
)
_BALANCES = select(balance.c.account, balance.c.holder, balance.c.purpose, balance.c.amount).where(
    balance.c.group_id == bindparam("group_id")
)
_ROUND_LINES = (
    select(round_line.c.membership_id, saving_round.c.number, round_line.c.paid)
    .join_from(round_line, saving_round, round_line.c.round_id == saving_round.c.id)
    .where(saving_round.c.group_id == bindparam("group_id"))
)


@dataclass(slots=True)
class _Books:
    """What the entries read so far add up to."""

    group: GroupId
    currency: str
    sequence: int = 0
    hash: bytes = GENESIS
    broken: bool = False  # only the first broken link is named: those after it follow from it
    command: int | None = None
    balances: Counter[Place] = field(default_factory=Counter)
    rounds: Counter[tuple[int, int]] = field(default_factory=Counter)
    below: set[Place] = field(default_factory=set)

    def flaw(self, sentence: str, found: Row[tuple[object, ...]] | None = None) -> Flaw:
        if found is None:
            return Flaw(sentence, self.group)
        return Flaw(sentence, self.group, found.sequence, found.id)


def replay(conn: Connection, group_id: GroupId) -> Iterator[Flaw]:
    """Compare a group's entries with each other, with the head, the balances and the rounds."""
    head = conn.execute(_GROUP, {"group_id": group_id}).one()
    books = _Books(group_id, head.currency)
    rows = conn.execute(_ENTRIES, {"group_id": group_id})
    for _, together in groupby(rows, key=lambda row: row.id):
        postings = list(together)
        first = postings[0]
        if books.command not in (None, first.command_id):
            yield from _check_countable(books)
        books.command = first.command_id
        yield from _check_entry(books, first, postings)
    yield from _check_countable(books)
    yield from _check_head(books, head.head_sequence, head.head_hash)
    yield from _check_balances(books, conn)
    yield from _check_rounds(books, conn)


def _check_entry(
    books: _Books, first: Row[tuple[object, ...]], postings: Sequence[Row[tuple[object, ...]]]
) -> Iterator[Flaw]:
    cells = tuple(_cells(row) for row in postings if row.line is not None)
    yield from _check_place_in_chain(books, first)
    yield from _check_hash(books, first, cells)
    yield from _check_lines(books, first, [row.line for row in postings if row.line is not None], cells)
    books.sequence = first.sequence
    books.hash = first.hash
    for cell in cells:
        books.balances[(cell.account, cell.holder, cell.purpose)] += cell.rials
        if cell.round_number is not None:
            books.rounds[(cell.holder, cell.round_number)] -= cell.rials


def _cells(row: Row[tuple[object, ...]]) -> Cells:
    return Cells(row.account, row.holder, row.purpose, row.round_number, row.amount.rials)


def _check_place_in_chain(books: _Books, found: Row[tuple[object, ...]]) -> Iterator[Flaw]:
    expected = books.sequence + 1
    if found.sequence != expected:
        yield books.flaw(f"sequence {expected} was expected here", found)
    if found.currency != books.currency:
        yield books.flaw(f"its currency is {found.currency}, the group's {books.currency}", found)


def _check_hash(books: _Books, found: Row[tuple[object, ...]], cells: tuple[Cells, ...]) -> Iterator[Flaw]:
    if books.broken:
        return
    if found.previous != books.hash:
        books.broken = True
        yield books.flaw("the chain breaks: it does not carry the hash of the entry before it", found)
    elif found.version != VERSION:
        books.broken = True
        yield books.flaw(f"its canonical form {found.version} is not known to this program", found)
    elif entry_hash(VERSION, _sealed(found, cells), found.previous) != found.hash:
        books.broken = True
        what = find_alteration(_sealed(found, cells), found.previous, found.hash, list(books.balances))
        yield books.flaw(f"the chain breaks: it does not agree with its own hash; {what}", found)


def _sealed(found: Row[tuple[object, ...]], cells: tuple[Cells, ...]) -> Sealed:
    return Sealed(
        group=found.group_id,
        sequence=found.sequence,
        command=found.command_id,
        number=found.number,
        kind=found.kind,
        currency=found.currency,
        booked_on=found.booked_on,
        booked_at=found.booked_at,
        value_on=found.value_on,
        entered_by=found.entered_by,
        confirmed_by=found.confirmed_by,
        meeting=found.meeting,
        reverses=found.reverses,
        note_hash=found.note_hash,
        lines=cells,
    )


def _check_lines(
    books: _Books, found: Row[tuple[object, ...]], numbers: list[int], cells: tuple[Cells, ...]
) -> Iterator[Flaw]:
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        yield books.flaw(f"its postings are numbered {numbers}", found)
    if difference := sum(cell.rials for cell in cells):
        yield books.flaw(f"its postings sum to {difference} rials instead of nothing", found)
    for number, cell in zip(numbers, cells, strict=True):
        if cell.account not in CODES:
            yield books.flaw(f"posting {number} is on account {cell.account}, which there is not", found)
        elif bool(cell.holder) != (Account(cell.account).held_by is not HeldBy.NOBODY):
            yield books.flaw(
                f"posting {number} on account {cell.account} has the holder {cell.holder}", found
            )


def _check_countable(books: _Books) -> Iterator[Flaw]:
    """After each command, in booking order; what fell below is named once."""
    places = {place for place in books.balances if place[0] in COUNTABLE and books.balances[place] < 0}
    for place in sorted(places - books.below):
        sentence = f"account {_name(place)} is at {books.balances[place]} rials after command {books.command}"
        yield Flaw(sentence, books.group, books.sequence)
    books.below = places


def _check_head(books: _Books, sequence: int, head: bytes) -> Iterator[Flaw]:
    if (sequence, head) != (books.sequence, books.hash):
        yield books.flaw(f"its head, at sequence {sequence}, is not the last entry, at {books.sequence}")


def _check_balances(books: _Books, conn: Connection) -> Iterator[Flaw]:
    rows = conn.execute(_BALANCES, {"group_id": books.group})
    stored = Counter({(account, holder, purpose): amount.rials for account, holder, purpose, amount in rows})
    for place in sorted(stored.keys() | books.balances.keys()):
        if stored[place] != books.balances[place]:
            summed = books.balances[place]
            yield books.flaw(
                f"the balance of {_name(place)} is {stored[place]} rials, its postings sum to {summed}"
            )


def _check_rounds(books: _Books, conn: Connection) -> Iterator[Flaw]:
    rows = conn.execute(_ROUND_LINES, {"group_id": books.group})
    stored = Counter({(membership, number): paid.rials for membership, number, paid in rows})
    for line in sorted(stored.keys() | books.rounds.keys()):
        if stored[line] != books.rounds[line]:
            yield books.flaw(
                f"membership {line[0]} has {stored[line]} rials in round {line[1]}, "
                f"the postings that carry its number sum to {books.rounds[line]}"
            )


def _name(place: Place) -> str:
    return "/".join(str(part) for part in place if part)
