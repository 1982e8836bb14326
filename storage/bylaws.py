"""The versions of a group's bylaws."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from domain import bylaws as rulebook
from domain.bylaws import Bylaws
from domain.ids import GroupId, ProposalId
from domain.proposals import ProposalKind
from storage.fixed import holds
from storage.prepared import Prepared, alone
from storage.schema import bylaws, proposal

PROPOSED = 0  # the version of our own proposals, before anything was adopted


class Adopted(NamedTuple):
    """Rules and their version."""

    version: int
    rules: Bylaws


_LATEST = Prepared(
    select(func.coalesce(func.max(bylaws.c.version), PROPOSED)).where(
        bylaws.c.group_id == bindparam("group_id")
    ),
    int,
)
_RULES: Prepared[str] = Prepared(
    select(bylaws.c.rules).where(
        bylaws.c.group_id == bindparam("group_id"), bylaws.c.version == bindparam("version")
    ),
    alone,
)

_ADOPTED = Prepared(
    select(bylaws.c.adopted_at, bylaws.c.rules)
    .where(bylaws.c.group_id == bindparam("group_id"))
    .order_by(bylaws.c.version),
    lambda at, rules: (at, rulebook.read(rules)),
)
_ADOPTED_AT: Prepared[datetime] = Prepared(
    select(bylaws.c.adopted_at).where(
        bylaws.c.group_id == bindparam("group_id"), bylaws.c.version == bindparam("version")
    ),
    alone,
)
_WHOLE = Prepared(
    select(bylaws.c.id)
    .join(proposal, proposal.c.id == bylaws.c.proposal_id)
    .where(
        bylaws.c.group_id == bindparam("group_id"),
        bylaws.c.version <= bindparam("version"),
        holds(proposal.c.kind, ProposalKind.BYLAWS.value),
    )
    .limit(1),
    alone,
)


def bylaws_of(conn: Connection, group_id: GroupId) -> Adopted:
    """Return the rules that hold in a group now; our proposals as version 0 before any were adopted."""
    version = _LATEST.one(conn, group_id=group_id)
    return Adopted(version, bylaws_at(conn, group_id, version))


def bylaws_at(conn: Connection, group_id: GroupId, version: int) -> Bylaws:
    """Return the rules of a version; LookupError where a group has none of that number."""
    if version == PROPOSED:
        return Bylaws()
    stored = _RULES.first(conn, group_id=group_id, version=version)
    if stored is None:
        raise LookupError(f"group {group_id} has no bylaws of version {version}")
    return rulebook.read(stored)


def versions_of(conn: Connection, group_id: GroupId) -> tuple[tuple[datetime, Bylaws], ...]:
    """Return every version that was adopted, and when, oldest first."""
    return tuple(_ADOPTED.all(conn, group_id=group_id))


def adopted_at(conn: Connection, group_id: GroupId, version: int) -> datetime:
    """Return when a version was adopted; LookupError where a group has none of that number."""
    return _ADOPTED_AT.one(conn, group_id=group_id, version=version)


def decided_whole(conn: Connection, group_id: GroupId, version: int) -> bool:
    """Tell whether the assembly had voted on all rules by then; else what it did not name is our proposal."""
    return version > PROPOSED and _WHOLE.first(conn, group_id=group_id, version=version) is not None


def adopt(conn: Connection, group_id: GroupId, rules: Bylaws, proposal: ProposalId, at: datetime) -> int:
    """Enter the next version and return its number; the group is locked."""
    version = _LATEST.one(conn, group_id=group_id) + 1
    values = {"version": version, "rules": rulebook.write(rules), "proposal_id": proposal, "adopted_at": at}
    conn.execute(insert(bylaws).values(group_id=group_id, **values))
    return version
