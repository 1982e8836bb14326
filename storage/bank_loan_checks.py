"""Compares what a bank loan was shared by with what its receivers agreed to."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from domain import matters
from domain.bank_loans import BankSharing, difference
from domain.proposals import ProposalKind
from storage.flaws import Flaw
from storage.schema import ballot, proposal

AT_ONCE = 500
_VOTES = (
    select(proposal.c.id, proposal.c.group_id, proposal.c.note_id, proposal.c.matter)
    .where(proposal.c.kind == ProposalKind.BANK_SHARES.value)
    .order_by(proposal.c.id)
    .execution_options(yield_per=AT_ONCE)
)
_AGREED = (
    select(proposal.c.note_id, proposal.c.matter, func.count())
    .join(ballot, (ballot.c.proposal_id == proposal.c.id) & (ballot.c.vote == "yes"))
    .where(proposal.c.kind == ProposalKind.BANK_CONSENT.value, proposal.c.state == "ended")
    .group_by(proposal.c.note_id, proposal.c.matter)
)


def check_bank_loans(conn: Connection) -> Iterator[Flaw]:
    """Shares that were put to the vote sum to what there is, and each receiver had agreed to hers."""
    agreed = {(note, matter): count for note, matter, count in conn.execute(_AGREED)}
    for proposal_id, group, note, matter in conn.execute(_VOTES):
        try:
            sharing = matters.carried(matter, BankSharing)
        except (TypeError, ValueError):
            yield Flaw(f"proposal {proposal_id} carries no shares of a bank loan", group)
            continue
        if difference(sharing):
            yield Flaw(f"the shares of proposal {proposal_id} do not sum to the bank loan", group)
        if agreed.get((note, matter)) != len(sharing.shares):
            yield Flaw(f"not all who receive a share by proposal {proposal_id} had agreed to it", group)
