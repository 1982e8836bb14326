"""Where each group's chain of hashes ends, as it is kept outside the database.

Whoever owns the database can cut a chain's tail, or compute it anew; only a head kept elsewhere shows that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from storage.flaws import Flaw
from storage.schema import entry, group

HASH_SIZE = 32


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The last entry of a group at some moment."""

    group: int
    sequence: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.group} {self.sequence} {self.hash.hex()}"


_HEADS = (
    select(group.c.id, group.c.head_sequence, group.c.head_hash)
    .where(group.c.head_sequence > 0)
    .order_by(group.c.id)
)
_THERE = select(entry.c.hash).where(
    entry.c.group_id == bindparam("b_group"), entry.c.sequence == bindparam("b_sequence")
)


def heads(conn: Connection) -> tuple[KeptHead, ...]:
    """Every group that has entries."""
    return tuple(KeptHead(row[0], row[1], bytes(row[2])) for row in conn.execute(_HEADS))


def read_heads(lines: str) -> tuple[KeptHead, ...]:
    """Read what `str` of each head wrote, a line each. ValueError for anything else."""
    return tuple(_head(line) for line in lines.splitlines() if line.strip())


def _head(line: str) -> KeptHead:
    number, sequence, printed = line.split()
    head = KeptHead(int(number), int(sequence), bytes.fromhex(printed))
    if len(head.hash) != HASH_SIZE:
        raise ValueError("a hash of another size")
    return head


def compare_heads(conn: Connection, kept: Iterable[KeptHead]) -> Iterator[Flaw]:
    """Every kept head must still be in its chain; entries may have followed it."""
    for head in kept:
        there = conn.execute(_THERE, {"b_group": head.group, "b_sequence": head.sequence}).scalar()
        if there is None:
            yield Flaw(
                "the head that was kept is not in the books: a tail was cut off", head.group, head.sequence
            )
        elif bytes(there) != head.hash:
            yield Flaw(
                "the head that was kept has another hash: the chain was made anew", head.group, head.sequence
            )
