"""Compares what the assembly resolved with the votes that led to it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, case, func, select

from domain.elections import figures
from domain.matters import print_of
from domain.proposals import UNCOUNTED, Ballots
from storage import ballot_box
from storage.flaws import Flaw
from storage.notes import salted_hash
from storage.schema import ballot, membership, note, proposal, resolution

AT_ONCE = 500
_SAID = [func.count(case((ballot.c.vote == vote, 1))) for vote in ("yes", "no", "abstain")]
_SECRETLY = proposal.c.ballots == Ballots.SECRET.value
_VOTES = (
    select(proposal.c.id, proposal.c.group_id, proposal.c.state, resolution.c.number)
    .add_columns(resolution.c.group_id.label("resolved_in"), func.count(ballot.c.membership_id), *_SAID)
    .add_columns(resolution.c.electors, resolution.c.yes, resolution.c.no, resolution.c.abstained)
    .outerjoin_from(proposal, resolution, resolution.c.proposal_id == proposal.c.id)
    .outerjoin(ballot, ballot.c.proposal_id == proposal.c.id)
    .where(~_SECRETLY)
    .group_by(proposal.c.id, proposal.c.group_id, proposal.c.state, *resolution.c)
    .order_by(proposal.c.id)
    .execution_options(yield_per=AT_ONCE)
)
_SECRET = (
    select(proposal.c.id, proposal.c.group_id, proposal.c.state, proposal.c.concerns, resolution.c.number)
    .add_columns(resolution.c.electors, resolution.c.yes, resolution.c.no, resolution.c.abstained)
    .add_columns(func.count(ballot.c.membership_id), func.count(ballot.c.cast_at))
    .outerjoin_from(proposal, resolution, resolution.c.proposal_id == proposal.c.id)
    .outerjoin(ballot, ballot.c.proposal_id == proposal.c.id)
    .where(_SECRETLY)
    .group_by(proposal.c.id, proposal.c.group_id, proposal.c.state, proposal.c.concerns, *resolution.c)
    .order_by(proposal.c.id)
    .execution_options(yield_per=AT_ONCE)
)
_GAPS = (
    select(resolution.c.group_id, func.count(), func.max(resolution.c.number))
    .group_by(resolution.c.group_id)
    .having(func.count() != func.max(resolution.c.number))
    .order_by(resolution.c.group_id)
)
_WORDS = (
    select(resolution.c.group_id, resolution.c.number, resolution.c.note_hash)
    .add_columns(note.c.hash, note.c.salt, note.c.text)
    .join_from(resolution, proposal, proposal.c.id == resolution.c.proposal_id)
    .join(note, note.c.id == proposal.c.note_id)
    .order_by(resolution.c.id)
    .execution_options(yield_per=AT_ONCE)
)
_MATTERS = (
    select(resolution.c.group_id, resolution.c.number, resolution.c.matter_hash, proposal.c.matter)
    .join_from(resolution, proposal, proposal.c.id == resolution.c.proposal_id)
    .order_by(resolution.c.id)
    .execution_options(yield_per=AT_ONCE)
)
_STRANGERS = (
    select(proposal.c.id, proposal.c.group_id, membership.c.id)
    .join_from(ballot, proposal, proposal.c.id == ballot.c.proposal_id)
    .join(membership, membership.c.id == ballot.c.membership_id)
    .where(membership.c.group_id != proposal.c.group_id)
    .order_by(proposal.c.id, membership.c.id)
)


def check_assembly(conn: Connection) -> Iterator[Flaw]:
    """Every comparison of proposals, ballots and resolutions."""
    yield from _votes(conn)
    yield from _secret_votes(conn)
    yield from _gaps(conn)
    yield from _words(conn)
    yield from _matters(conn)
    yield from _strangers(conn)


def _votes(conn: Connection) -> Iterator[Flaw]:
    """What was accepted is resolved once, with the figures of its ballots; nothing else is."""
    for proposal_id, group, state, number, resolved_in, *numbers in conn.execute(_VOTES):
        counted, recorded = numbers[:4], numbers[4:]
        resolved = number is not None
        wrong = {
            "was accepted and is no resolution": state == "accepted" and not resolved,
            f"was not accepted and is resolution {number}": state != "accepted" and resolved,
            f"is resolution {number} of another group": resolved and resolved_in != group,
            f"is resolution {number}, recorded as {recorded} (electors, yes, no, abstained), "
            f"and its ballots say {counted}": resolved and counted != recorded,
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"proposal {proposal_id} {sentence}", group)


def _secret_votes(conn: Connection) -> Iterator[Flaw]:
    """The box holds a ballot for each who has voted, and a resolution has the figures of its box."""
    for proposal_id, group, state, elected, number, *recorded, electors, cast in conn.execute(_SECRET):
        votes = ballot_box.said_in(conn, proposal_id)
        inside = len(ballot_box.sealed_in(conn, proposal_id)) + sum(votes.values())
        tally = figures(electors, votes, elected)
        counted = [tally.electors, tally.yes, tally.no, tally.abstained]
        resolved = number is not None
        wrong = {
            f"has {cast} voters and {inside} ballots": inside != (0 if state in UNCOUNTED else cast),
            "has a winner and is no resolution, or the other way round": resolved != (state == "accepted"),
            f"is resolution {number}, recorded as {recorded} (electors, yes, no, abstained), "
            f"and its box says {counted}": resolved and counted != recorded,
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"proposal {proposal_id} {sentence}", group)


def _gaps(conn: Connection) -> Iterator[Flaw]:
    """Resolutions of a group are numbered from one, without a gap."""
    for group, there, last in conn.execute(_GAPS):
        yield Flaw(f"{there} resolutions are there and the last has the number {last}", group)


def _words(conn: Connection) -> Iterator[Flaw]:
    """The words of a resolution that were not erased are those that were voted on."""
    for group, number, kept, printed, salt, words in conn.execute(_WORDS):
        if kept != printed or (words is not None and salted_hash(words, salt) != kept):
            yield Flaw(f"the words of resolution {number} are not those that were voted on", group)


def _matters(conn: Connection) -> Iterator[Flaw]:
    """What a resolution carries out is what was voted on."""
    for group, number, kept, matter in conn.execute(_MATTERS):
        if print_of(matter) != kept:
            yield Flaw(f"the matter of resolution {number} is not that which was voted on", group)


def _strangers(conn: Connection) -> Iterator[Flaw]:
    """Only members of a group have a ballot in it."""
    for proposal_id, group, member in conn.execute(_STRANGERS):
        yield Flaw(f"membership {member} of another group has a ballot of proposal {proposal_id}", group)
