"""The ballot box of secret votes, apart from the roll of who voted: no member, no time, no order.

A ballot is stored by rewriting the whole box in the order of its ids, which are random to whoever has no key:
neither position nor the transaction that wrote a row tells which one came last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select

from domain.ids import ProposalId
from domain.secrecy import CountedBallot, SealedBallot
from storage.prepared import Prepared
from storage.schema import counted_ballot, sealed_ballot

_SEALED = Prepared(
    select(sealed_ballot.c.ballot, sealed_ballot.c.choice)
    .where(sealed_ballot.c.proposal_id == bindparam("proposal_id"))
    .order_by(sealed_ballot.c.ballot),
    SealedBallot,
)
_COUNTED = Prepared(
    select(counted_ballot.c.code, counted_ballot.c.choice)
    .where(counted_ballot.c.proposal_id == bindparam("proposal_id"))
    .order_by(counted_ballot.c.number),
    CountedBallot,
)


def sealed_in(conn: Connection, proposal_id: ProposalId) -> tuple[SealedBallot, ...]:
    """Return the ballots of a vote that is open, by their ids."""
    return tuple(_SEALED.all(conn, proposal_id=proposal_id))


def rewrite(
    conn: Connection,
    proposal_id: ProposalId,
    put_in: Iterable[SealedBallot] = (),
    taken_out: Iterable[bytes] = (),
) -> None:
    """Take ballots out of the box, and put others in, in place of those with the same id."""
    box = {one.id: one.choice for one in sealed_in(conn, proposal_id)}
    for ballot in taken_out:
        box.pop(ballot, None)
    box |= {one.id: one.choice for one in put_in}
    conn.execute(delete(sealed_ballot).where(sealed_ballot.c.proposal_id == proposal_id))
    rows = [{"proposal_id": proposal_id, "ballot": ballot, "choice": box[ballot]} for ballot in sorted(box)]
    if rows:
        conn.execute(insert(sealed_ballot), rows)


def keep_count(conn: Connection, proposal_id: ProposalId, counted: Iterable[CountedBallot]) -> None:
    """Empty the box, and keep what it said in the order of the codes."""
    conn.execute(delete(sealed_ballot).where(sealed_ballot.c.proposal_id == proposal_id))
    ordered = sorted(counted, key=lambda one: (one.code, one.choice))
    rows = [
        {"proposal_id": proposal_id, "number": number, "code": one.code, "choice": one.choice}
        for number, one in enumerate(ordered, start=1)
    ]
    if rows:
        conn.execute(insert(counted_ballot), rows)


def counted_in(conn: Connection, proposal_id: ProposalId) -> tuple[CountedBallot, ...]:
    """Return the ballots of a vote that was counted, by their codes."""
    return tuple(_COUNTED.all(conn, proposal_id=proposal_id))


def said_in(conn: Connection, proposal_id: ProposalId) -> Mapping[str, int]:
    """Return how many ballots of a vote that was counted say what."""
    return Counter(one.choice for one in counted_in(conn, proposal_id))


def holds_ballots(conn: Connection) -> bool:
    """Tell whether sealed ballots lie in any box."""
    return conn.execute(select(sealed_ballot.c.proposal_id).limit(1)).first() is not None
