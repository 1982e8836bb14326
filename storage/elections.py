"""Who stands for which office of a group that elects its board."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from domain.ids import MembershipId, NominationId, PersonId, ProposalId
from domain.offices import Office
from storage.inbox import new_rows
from storage.prepared import Prepared
from storage.schema import membership, nomination, person
from storage.types import named


class NominationRow(NamedTuple):
    """Somebody who was named for an office, and what her membership is now."""

    id: NominationId
    proposal_id: ProposalId
    office: Office
    membership_id: MembershipId
    person_id: PersonId
    name: str | None
    member_state: str
    named_by: PersonId
    state: str

    @property
    def stands(self) -> bool:
        """Tell whether she can be voted for."""
        return self.state == "accepted" and self.member_state == "admitted"


_NOMINATION = (
    select(
        nomination.c.id,
        nomination.c.proposal_id,
        named(nomination.c.office, Office),
        nomination.c.membership_id,
        membership.c.person_id,
        person.c.name,
        membership.c.state,
        nomination.c.named_by,
        nomination.c.state,
    )
    .join_from(nomination, membership, membership.c.id == nomination.c.membership_id)
    .join(person, person.c.id == membership.c.person_id)
)
_BY_ID = Prepared(_NOMINATION.where(nomination.c.id == bindparam("id")), NominationRow)
_OF_ELECTION = Prepared(
    _NOMINATION.where(nomination.c.proposal_id == bindparam("proposal_id")).order_by(
        nomination.c.membership_id, nomination.c.id
    ),
    NominationRow,
)


def nomination_by_id(conn: Connection, nomination_id: NominationId) -> NominationRow | None:
    """Return a nomination, None where there is none of that id."""
    return _BY_ID.first(conn, id=nomination_id)


def nominations_of(conn: Connection, election: ProposalId) -> tuple[NominationRow, ...]:
    """Return who was named in an election, in the order of their joining."""
    return tuple(_OF_ELECTION.all(conn, proposal_id=election))


def nominate(
    conn: Connection,
    election: ProposalId,
    office: Office,
    membership_id: MembershipId,
    named_by: PersonId,
    state: str,
) -> NominationId:
    """Name somebody for an office, or change what became of that."""
    values = {"proposal_id": election, "office": office.value, "membership_id": membership_id}
    adding = new_rows(conn, nomination).values(**values, named_by=named_by, state=state)
    kept = adding.on_conflict_do_update(
        index_elements=["proposal_id", "office", "membership_id"], set_={"state": state}
    )
    return NominationId(conn.execute(kept.returning(nomination.c.id)).scalar_one())


def answer(conn: Connection, nomination_id: NominationId, state: str) -> None:
    """Note what somebody who was named has answered."""
    conn.execute(update(nomination).where(nomination.c.id == nomination_id).values(state=state))
