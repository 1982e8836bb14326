"""One-time links into roles of the programme. Only the digest of a code is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from domain.appointing import Mandate
from domain.commands import Role
from domain.ids import InvitationId, PersonId
from storage.schema import invitation, setting

CLAIM = "claim_hash"


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as it stands; without an inviter it was made at the command line."""

    id: InvitationId
    code_hash: bytes
    mandate: Mandate
    created_by: PersonId | None
    expires_at: datetime
    used_at: datetime | None


_INVITATION = select(
    invitation.c.id,
    invitation.c.code_hash,
    invitation.c.role,
    invitation.c.province,
    invitation.c.county,
    invitation.c.created_by,
    invitation.c.expires_at,
    invitation.c.used_at,
)


def add_invitation(
    conn: Connection,
    code_hash: bytes,
    mandate: Mandate,
    *,
    created_by: PersonId | None,
    created_at: datetime,
    expires_at: datetime,
) -> InvitationId:
    """Store an invitation under the digest of its code."""
    made = insert(invitation).values(
        code_hash=code_hash,
        role=mandate.role.value,
        province=mandate.province,
        county=mandate.county,
        created_by=created_by,
        created_at=created_at,
        expires_at=expires_at,
    )
    return InvitationId(conn.execute(made.returning(invitation.c.id)).scalar_one())


def invitation_by_code(conn: Connection, code_hash: bytes) -> InvitationRow | None:
    """Return the invitation whose code has this digest."""
    return _one(conn, invitation.c.code_hash == code_hash)


def invitation_by_id(conn: Connection, invitation_id: InvitationId) -> InvitationRow | None:
    """Return an invitation that was opened before."""
    return _one(conn, invitation.c.id == invitation_id)


def take(conn: Connection, invitation_id: InvitationId, now: datetime) -> bool:
    """Use an invitation up; False where somebody else was first."""
    unused = update(invitation).where(invitation.c.id == invitation_id, invitation.c.used_at.is_(None))
    return conn.execute(unused.values(used_at=now)).rowcount == 1


def taken_by(conn: Connection, invitation_id: InvitationId, person_id: PersonId) -> None:
    """Note who used it."""
    conn.execute(update(invitation).where(invitation.c.id == invitation_id).values(used_by=person_id))


def claim_digest(conn: Connection) -> str | None:
    """Return the digest of the code with which the first administrator claims the installation."""
    kept: str | None = conn.execute(select(setting.c.value).where(setting.c.name == CLAIM)).scalar()
    return kept


def take_claim(conn: Connection, digest: str) -> bool:
    """Use the claim up; False where it was used, or replaced by a newer one."""
    used = delete(setting).where(setting.c.name == CLAIM, setting.c.value == digest)
    return conn.execute(used).rowcount == 1


def _one(conn: Connection, condition: ColumnElement[bool]) -> InvitationRow | None:
    row = conn.execute(_INVITATION.where(condition)).one_or_none()
    if row is None:
        return None
    mandate = Mandate(Role(row.role), row.province, row.county)
    return InvitationRow(row.id, row.code_hash, mandate, row.created_by, row.expires_at, row.used_at)
