"""What members owe for rounds they saved late into, by the bylaws that were in force when each opened."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, exists, func, select

from domain import late_saving, matters
from domain.ids import GroupId, MembershipId
from domain.late_saving import LateLine
from domain.moves import LateFine, LateFinesWaived
from domain.proposals import ProposalKind
from storage import bylaws
from storage.deposits import OPEN
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import cash_move, deposit, membership, proposal, round_line, saving_round
from storage.types import Moment

_SETTLED = exists().where(
    cash_move.c.membership_id == round_line.c.membership_id,
    cash_move.c.round_number == saving_round.c.number,
    holds(cash_move.c.state, "waiting", "confirmed"),
)
_REPORTED_AT = select(func.min(deposit.c.reported_at, type_=Moment)).where(
    deposit.c.membership_id == round_line.c.membership_id,
    deposit.c.loan_id.is_(None),
    holds(deposit.c.state, *OPEN),
)
_LATE = Prepared(
    select(round_line.c.membership_id, saving_round.c.number, saving_round.c.opens_on, saving_round.c.due_on)
    .add_columns(_REPORTED_AT.scalar_subquery())
    .join(saving_round, saving_round.c.id == round_line.c.round_id)
    .join(membership, membership.c.id == round_line.c.membership_id)
    .where(
        saving_round.c.group_id == bindparam("group_id"),
        saving_round.c.closed_at.is_not(None),
        holds(membership.c.state, "admitted"),
        round_line.c.on_time == False,  # noqa: E712 — a column
        ~_SETTLED,
    )
    .order_by(saving_round.c.number, round_line.c.membership_id),
    LateLine,
)


_WAIVED = Prepared(
    select(proposal.c.matter).where(
        proposal.c.group_id == bindparam("group_id"),
        holds(proposal.c.state, "accepted"),
        holds(proposal.c.kind, ProposalKind.WAIVER.value),
    ),
    matters.read,
)


def fines_in(conn: Connection, group_id: GroupId) -> tuple[LateFine, ...]:
    """Return every fine of a group that is owed and not reported yet, of the oldest round first."""
    unpaid = unpaid_in(conn, group_id)
    decided = _WAIVED.all(conn, group_id=group_id) if unpaid else ()
    waived = [one for one in decided if isinstance(one, LateFinesWaived)]
    return tuple(fine for fine in unpaid if not any(one.covers(fine) for one in waived))


def unpaid_in(conn: Connection, group_id: GroupId) -> tuple[LateFine, ...]:
    """Return every fine of a group that nobody has paid or reported, also where it was waived.

    With a membership its fines end; what was reported in time and nobody has confirmed yet is waited for.
    """
    versions = bylaws.versions_of(conn, group_id)
    if not any(rules.late_saving_fine for _, rules in versions):
        return ()
    return late_saving.fines(_LATE.all(conn, group_id=group_id), versions)


def fines_of(conn: Connection, group_id: GroupId, membership_id: MembershipId) -> tuple[LateFine, ...]:
    """Return what one member owes, of the oldest round first."""
    return tuple(fine for fine in fines_in(conn, group_id) if fine.membership == membership_id)
