"""What is kept of who is no member any more: that the assembly ended it, and what she still owes."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, or_, select

from domain.ids import LoanId, MembershipId, PersonId
from domain.proposals import ProposalKind
from storage.fixed import holds
from storage.groups import MemberRow
from storage.loans import UNPAID
from storage.prepared import Prepared, alone
from storage.schema import loan, membership, proposal

_UNPAID = Prepared(
    select(loan.c.id)
    .join(membership, membership.c.id == loan.c.membership_id)
    .where(or_(membership.c.person_id == bindparam("person"), membership.c.helper_id == bindparam("person")))
    .where(membership.c.state == "left", holds(loan.c.state, *UNPAID))
    .order_by(loan.c.id),
    LoanId,
)
_BEFORE = Prepared(
    select(membership.c.id)
    .where(membership.c.person_id == bindparam("person_id"), membership.c.group_id == bindparam("group_id"))
    .where(membership.c.state == "left")
    .order_by(membership.c.id),
    MembershipId,
)
_EXPELLED = Prepared(
    select(proposal.c.id)
    .join(membership, membership.c.group_id == proposal.c.group_id)
    .where(membership.c.id == bindparam("membership_id"), proposal.c.concerns == membership.c.id)
    .where(holds(proposal.c.state, "accepted"), proposal.c.kind == ProposalKind.EXPULSION.value),
    alone,
)


def memberships_before(conn: Connection, member: MemberRow) -> tuple[MembershipId, ...]:
    """Return the memberships of hers in the same group that have ended, oldest first."""
    of = {"person_id": member.person_id, "group_id": member.group_id}
    return tuple(_BEFORE.all(conn, **of))


def unpaid_loans(conn: Connection, person_id: PersonId) -> tuple[LoanId, ...]:
    """Return the loans that a person, or whom she helped, has left behind."""
    return tuple(_UNPAID.all(conn, person=person_id))


def was_expelled(conn: Connection, membership_id: MembershipId) -> bool:
    """Tell whether the assembly ended a membership."""
    return _EXPELLED.first(conn, membership_id=membership_id) is not None
