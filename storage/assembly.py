"""Proposals, the ballots laid out for each, and the resolutions that came of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, literal, select, true, update

from domain.ids import GroupId, MembershipId, NoteId, PersonId, ProposalId
from domain.matters import print_of
from domain.proposals import Ballots, ProposalKind
from domain.votes import Tally, Vote
from storage.fixed import holds
from storage.groups import MemberRow
from storage.prepared import Prepared, alone, nothing
from storage.schema import ballot, group, inbox, membership, note, proposal, resolution
from storage.types import named


class ProposalRow(NamedTuple):
    """Something that was put to the vote; a second call is a row of its own that follows the first."""

    id: ProposalId
    group_id: GroupId
    kind: ProposalKind
    note_id: NoteId
    ballots: Ballots
    matter: str | None
    concerns: MembershipId | None
    bylaws: int
    call: int
    follows: ProposalId | None
    proposed_by: PersonId
    opened_at: datetime
    closes_at: datetime
    due_at: datetime
    state: str
    closed_at: datetime | None


class BallotRow(NamedTuple):
    """An elector's ballot, and what her membership is now."""

    membership_id: MembershipId
    person_id: PersonId
    member_state: str
    vote: Vote | None
    cast_at: datetime | None
    entered_by: PersonId | None

    @property
    def awaited(self) -> bool:
        """Tell whether it may still be cast for the first time."""
        return self.cast_at is None and self.member_state == "admitted"


class ResolutionRow(NamedTuple):
    """What the assembly resolved, by its number in the group; None for words that were erased."""

    number: int
    kind: ProposalKind
    words: str | None
    resolved_at: datetime


_NAMED = {"kind": ProposalKind, "ballots": Ballots}
_PROPOSAL = select(
    *(named(column, _NAMED[column.name]) if column.name in _NAMED else column for column in proposal.c)
)
_BY_ID = Prepared(_PROPOSAL.where(proposal.c.id == bindparam("id")), ProposalRow)
_GROUP_OF = select(proposal.c.group_id).where(proposal.c.id == bindparam("id"))
_LOCK = Prepared(
    select(group.c.id).where(group.c.id == _GROUP_OF.scalar_subquery()).with_for_update(), GroupId
)
_OPEN_OF_GROUP = Prepared(
    _PROPOSAL.where(proposal.c.group_id == bindparam("group_id"), holds(proposal.c.state, "open")).order_by(
        proposal.c.id
    ),
    ProposalRow,
)
_DUE = Prepared(
    select(proposal.c.id)
    .where(proposal.c.due_at <= bindparam("now"), holds(proposal.c.state, "open"))
    .order_by(proposal.c.due_at, proposal.c.id)
    .limit(bindparam("most")),
    ProposalId,
)
_BALLOTS = Prepared(
    select(
        ballot.c.membership_id,
        membership.c.person_id,
        membership.c.state,
        named(ballot.c.vote, Vote),
        ballot.c.cast_at,
        ballot.c.entered_by,
    )
    .join(membership, membership.c.id == ballot.c.membership_id)
    .where(ballot.c.proposal_id == bindparam("proposal_id"))
    .order_by(ballot.c.membership_id),
    BallotRow,
)
_CAST = Prepared(
    update(ballot)
    .where(
        ballot.c.proposal_id == bindparam("of_proposal"),
        ballot.c.membership_id == bindparam("of_membership"),
    )
    .values(vote=bindparam("new_vote"), cast_at=bindparam("at"), entered_by=bindparam("by")),
    nothing,
)
_RESOLUTIONS = (
    select(resolution.c.number, named(proposal.c.kind, ProposalKind), note.c.text, resolution.c.resolved_at)
    .join(proposal, proposal.c.id == resolution.c.proposal_id)
    .join(note, note.c.id == proposal.c.note_id)
    .where(resolution.c.group_id == bindparam("group_id"))
    .order_by(resolution.c.number.desc())
    .limit(bindparam("most"))
)
_LATEST = Prepared(_RESOLUTIONS, ResolutionRow)
_MATTER_IN_FORCE: Prepared[str | None] = Prepared(
    select(proposal.c.matter)
    .join(resolution, resolution.c.proposal_id == proposal.c.id)
    .where(resolution.c.group_id == bindparam("group_id"), proposal.c.kind == bindparam("kind"))
    .order_by(resolution.c.number.desc())
    .limit(1),
    alone,
)
_NUMBERED = Prepared(_RESOLUTIONS.where(resolution.c.number == bindparam("number")), ResolutionRow)
_NUMBER_OF = Prepared(
    select(resolution.c.number).where(resolution.c.proposal_id == bindparam("proposal_id")), alone
)
_PROPOSED = Prepared(
    select(func.count())
    .select_from(proposal)
    .where(proposal.c.group_id == bindparam("group_id"), proposal.c.proposed_by == bindparam("person_id")),
    int,
)
_VOTED = Prepared(
    select(func.count())
    .select_from(ballot)
    .where(ballot.c.membership_id == bindparam("membership_id"), ballot.c.cast_at.is_not(None)),
    int,
)
_UNREAD = Prepared(
    select(inbox.c.id)
    .where(holds(inbox.c.state, "pending"), inbox.c.received_at < bindparam("moment"))
    .limit(1),
    alone,
)


def add_proposal(
    conn: Connection,
    values: Mapping[str, object],
    without: MembershipId | None = None,
    among: Collection[MembershipId] | None = None,
) -> ProposalRow:
    """Open a vote, with an empty ballot for everybody who is a member now.

    Where that is said: for all but one, also if she has joined again since, or for some only.
    """
    herself = membership.alias()
    her = select(herself.c.person_id).where(herself.c.id == (without or 0))
    made = conn.execute(insert(proposal).values(values).returning(proposal.c.id)).scalar_one()
    found = _BY_ID.one(conn, id=made)
    electors = select(literal(made), membership.c.id).where(
        membership.c.group_id == found.group_id,
        holds(membership.c.state, "admitted"),
        membership.c.person_id.not_in(her),
        true() if among is None else membership.c.id.in_(among),
    )
    conn.execute(insert(ballot).from_select(["proposal_id", "membership_id"], electors))
    return found


def proposal_by_id(conn: Connection, proposal_id: ProposalId) -> ProposalRow | None:
    """Return a proposal, None where there is none of that id."""
    return _BY_ID.first(conn, id=proposal_id)


def known_proposal(conn: Connection, proposal_id: ProposalId) -> ProposalRow:
    """Return a proposal that others name; LookupError where there is none of that id."""
    return _BY_ID.one(conn, id=proposal_id)


def locked_proposal(conn: Connection, proposal_id: ProposalId) -> ProposalRow | None:
    """Return a proposal, its group locked against other decisions until the unit ends."""
    if conn.dialect.name == "postgresql":
        _LOCK.first(conn, id=proposal_id)
    return _BY_ID.first(conn, id=proposal_id)


def open_proposals(conn: Connection, group_id: GroupId) -> tuple[ProposalRow, ...]:
    """Return what a group votes on now, oldest first."""
    return tuple(_OPEN_OF_GROUP.all(conn, group_id=group_id))


def proposals_due(conn: Connection, now: datetime, most: int) -> tuple[ProposalId, ...]:
    """Return votes whose reminder or whose closing is due."""
    return tuple(_DUE.all(conn, now=now, most=most))


def ballots_of(conn: Connection, proposal_id: ProposalId) -> tuple[BallotRow, ...]:
    """Return the ballots of all electors, in the order of their joining."""
    return tuple(_BALLOTS.all(conn, proposal_id=proposal_id))


def cast(
    conn: Connection,
    proposal_id: ProposalId,
    membership_id: MembershipId,
    vote: Vote | None,
    at: datetime | None,
    entered_by: PersonId | None,
) -> None:
    """Fill a ballot, or fill it anew: without a vote it was cast secretly, without a time it was not cast."""
    of = {"of_proposal": proposal_id, "of_membership": membership_id}
    _CAST.run(conn, **of, new_vote=None if vote is None else vote.value, at=at, by=entered_by)


def update_proposal(conn: Connection, found: ProposalRow, **values: object) -> ProposalRow:
    """Change a proposal and return it changed."""
    conn.execute(update(proposal).where(proposal.c.id == found.id).values(**values))
    return _BY_ID.one(conn, id=found.id)


def look_again(conn: Connection, group_id: GroupId, now: datetime) -> None:
    """Have the next tick see whether the open votes of a group still wait for anybody."""
    running = update(proposal).where(proposal.c.group_id == group_id, holds(proposal.c.state, "open"))
    conn.execute(running.values(due_at=now))


def add_resolution(
    conn: Connection, found: ProposalRow, tally: Tally, note_hash: bytes, at: datetime
) -> None:
    """Enter a resolution under the group's next number; the group is locked."""
    latest = select(func.coalesce(func.max(resolution.c.number), 0)).where(
        resolution.c.group_id == found.group_id
    )
    figures = {"electors": tally.electors, "yes": tally.yes, "no": tally.no, "abstained": tally.abstained}
    of = {"group_id": found.group_id, "proposal_id": found.id, "resolved_at": at}
    prints = {"note_hash": note_hash, "matter_hash": print_of(found.matter)}
    number = conn.execute(latest).scalar_one() + 1
    conn.execute(insert(resolution).values(number=number, **of, **prints, **figures))


def number_of(conn: Connection, proposal_id: ProposalId) -> int | None:
    """Return the number of the resolution that came of a proposal."""
    return _NUMBER_OF.first(conn, proposal_id=proposal_id)


def latest_resolutions(conn: Connection, group_id: GroupId, most: int) -> tuple[ResolutionRow, ...]:
    """Return what a group resolved last, newest first."""
    return tuple(_LATEST.all(conn, group_id=group_id, most=most))


def resolution_numbered(conn: Connection, group_id: GroupId, number: int) -> ResolutionRow:
    """Return a group's resolution of that number, which is known to be there."""
    return _NUMBERED.one(conn, group_id=group_id, number=number, most=1)


def matter_in_force(conn: Connection, group_id: GroupId, kind: ProposalKind) -> str | None:
    """Return what was resolved last of a kind of which the newest holds."""
    return _MATTER_IN_FORCE.first(conn, group_id=group_id, kind=kind.value)


def part_taken(conn: Connection, member: MemberRow) -> tuple[int, int]:
    """Return how many votes of the group she proposed, and in how many she voted."""
    proposed = _PROPOSED.one(conn, group_id=member.group_id, person_id=member.person_id)
    return proposed, _VOTED.one(conn, membership_id=member.id)


def all_read_before(conn: Connection, moment: datetime) -> bool:
    """Tell whether everything that reached us before this moment has been worked off."""
    return _UNREAD.first(conn, moment=moment) is None


def join_ballots(conn: Connection, staying: MembershipId, going: MembershipId) -> None:
    """One member, one vote: of two memberships that become one, the one that stays has the ballot."""
    is_open = exists().where(proposal.c.id == ballot.c.proposal_id, holds(proposal.c.state, "open"))
    laid_out = select(ballot.c.proposal_id, ballot.c.cast_at).where(is_open)
    hers = dict(conn.execute(laid_out.where(ballot.c.membership_id == staying)).all())
    for proposal_id, cast_at in conn.execute(laid_out.where(ballot.c.membership_id == going)).all():
        stays = proposal_id in hers and (hers[proposal_id] is not None or cast_at is None)
        given_up, of_it = going if stays else staying, ballot.c.proposal_id == proposal_id
        conn.execute(delete(ballot).where(of_it, ballot.c.membership_id == given_up))
        moved = update(ballot).where(of_it, ballot.c.membership_id == going)
        conn.execute(moved.values(membership_id=staying))
