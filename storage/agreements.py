"""What a group agreed to save, and who accepted which version of its rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from domain.agreements import Document
from domain.bylaws import SavingsAgreement
from domain.ids import AcceptanceId, GroupId, MembershipId, PersonId, ProposalId
from storage.bylaws import bylaws_of
from storage.fixed import holds
from storage.prepared import Prepared, nothing
from storage.schema import acceptance, membership, savings_agreement
from storage.types import named

AGREED_ON_NOTHING = 0  # the version before the assembly voted on one


class AcceptanceRow(NamedTuple):
    """A version that one member is asked to accept, or has accepted."""

    id: AcceptanceId
    membership_id: MembershipId
    group_id: GroupId
    document: Document
    version: int
    due_at: datetime | None
    accepted_at: datetime | None


_ROWS = select(
    acceptance.c.id,
    acceptance.c.membership_id,
    membership.c.group_id,
    named(acceptance.c.document, Document),
    acceptance.c.version,
    acceptance.c.due_at,
    acceptance.c.accepted_at,
).join(membership, membership.c.id == acceptance.c.membership_id)
_BY_ID = Prepared(_ROWS.where(acceptance.c.id == bindparam("id")), AcceptanceRow)
_OF_GROUP = Prepared(
    _ROWS.where(
        membership.c.group_id == bindparam("group_id"),
        holds(membership.c.state, "admitted"),
        acceptance.c.document == bindparam("document"),
        acceptance.c.version == bindparam("version"),
    ).order_by(membership.c.id),
    AcceptanceRow,
)
_DUE = Prepared(
    select(acceptance.c.id)
    .where(acceptance.c.due_at <= bindparam("now"), acceptance.c.due_at.is_not(None))
    .order_by(acceptance.c.due_at, acceptance.c.id)
    .limit(bindparam("most")),
    AcceptanceId,
)
_ACCEPT = Prepared(
    update(acceptance)
    .where(acceptance.c.id == bindparam("of_acceptance"))
    .values(accepted_at=bindparam("at"), accepted_by=bindparam("by"), due_at=None),
    nothing,
)
_REMINDED = Prepared(
    update(acceptance).where(acceptance.c.id == bindparam("of_acceptance")).values(due_at=None), nothing
)
_AGREED = Prepared(
    select(func.coalesce(func.max(savings_agreement.c.version), AGREED_ON_NOTHING)).where(
        savings_agreement.c.group_id == bindparam("group_id")
    ),
    int,
)


def version_of(conn: Connection, group_id: GroupId, document: Document) -> int:
    """Return which version holds in a group; 0 where the assembly adopted none."""
    if document is Document.BYLAWS:
        return bylaws_of(conn, group_id).version
    return _AGREED.one(conn, group_id=group_id)


def agree(
    conn: Connection, group_id: GroupId, agreed: SavingsAgreement, proposal: ProposalId, at: datetime
) -> int:
    """Enter the next version of what is saved and return its number; the group is locked."""
    version = _AGREED.one(conn, group_id=group_id) + 1
    values = {"version": version, "amount": agreed.amount, "rhythm": agreed.rhythm.value}
    of = {"group_id": group_id, "proposal_id": proposal, "adopted_at": at}
    conn.execute(insert(savings_agreement).values(**values, **of))
    return version


def ask(
    conn: Connection,
    members: Sequence[MembershipId],
    document: Document,
    version: int,
    *,
    asked_at: datetime,
    due_at: datetime,
) -> None:
    """Lay out an acceptance for each of these members."""
    row = {"document": document.value, "version": version, "asked_at": asked_at, "due_at": due_at}
    if members:
        conn.execute(insert(acceptance), [{"membership_id": member, **row} for member in members])


def acceptance_by_id(conn: Connection, acceptance_id: AcceptanceId) -> AcceptanceRow | None:
    """Return one, None where there is none of that id."""
    return _BY_ID.first(conn, id=acceptance_id)


def asked_of(conn: Connection, group_id: GroupId, document: Document) -> tuple[AcceptanceRow, ...]:
    """Return the acceptances of what holds, of all who are members now, in the order of their joining."""
    version = version_of(conn, group_id, document)
    return tuple(_OF_GROUP.all(conn, group_id=group_id, document=document.value, version=version))


def accept(conn: Connection, acceptance_id: AcceptanceId, at: datetime, by: PersonId) -> None:
    """Note that a version was accepted, and by whom."""
    _ACCEPT.run(conn, of_acceptance=acceptance_id, at=at, by=by)


def acceptances_due(conn: Connection, now: datetime, most: int) -> tuple[AcceptanceId, ...]:
    """Return those whose reminder is due."""
    return tuple(_DUE.all(conn, now=now, most=most))


def note_reminded(conn: Connection, acceptance_id: AcceptanceId) -> None:
    """Remind of this one no more."""
    _REMINDED.run(conn, of_acceptance=acceptance_id)
