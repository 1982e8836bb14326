"""The versions of a group's bylaws."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from domain import bylaws as rulebook
from domain.bylaws import Bylaws
from domain.ids import GroupId, ProposalId
from storage.prepared import Prepared, alone
from storage.schema import bylaws

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


def adopt(conn: Connection, group_id: GroupId, rules: Bylaws, proposal: ProposalId, at: datetime) -> int:
    """Enter the next version and return its number; the group is locked."""
    version = _LATEST.one(conn, group_id=group_id) + 1
    values = {"version": version, "rules": rulebook.write(rules), "proposal_id": proposal, "adopted_at": at}
    conn.execute(insert(bylaws).values(group_id=group_id, **values))
    return version
