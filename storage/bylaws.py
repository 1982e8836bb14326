"""The versions of a group's bylaws."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, insert, select

from domain import bylaws as rulebook
from domain.bylaws import Bylaws
from domain.ids import GroupId, ProposalId
from domain.proposals import ProposalKind
from storage.fixed import holds
from storage.prepared import Prepared
from storage.schema import bylaws, proposal

PROPOSED = 0  # the version of our own proposals, before anything was adopted


class Adopted(NamedTuple):
    """Rules and their version; `whole` where the assembly had voted on all of them by then.

    Else what it did not name is our proposal.
    """

    version: int
    rules: Bylaws
    adopted_at: datetime | None = None
    whole: bool = False


_NOTHING_ADOPTED = Adopted(PROPOSED, Bylaws())
_by_then = bylaws.alias()
_WHOLE = exists().where(
    _by_then.c.group_id == bylaws.c.group_id,
    _by_then.c.version <= bylaws.c.version,
    proposal.c.id == _by_then.c.proposal_id,
    holds(proposal.c.kind, ProposalKind.BYLAWS.value),
)
_VERSION = select(bylaws.c.version, bylaws.c.rules, bylaws.c.adopted_at, _WHOLE).where(
    bylaws.c.group_id == bindparam("group_id")
)


def _adopted(version: int, rules: str, adopted_at: datetime, whole: object) -> Adopted:
    return Adopted(version, rulebook.read(rules), adopted_at, bool(whole))


_LATEST = Prepared(_VERSION.order_by(bylaws.c.version.desc()).limit(1), _adopted)
_NUMBERED = Prepared(_VERSION.where(bylaws.c.version == bindparam("version")), _adopted)
_ADOPTED = Prepared(
    select(bylaws.c.adopted_at, bylaws.c.rules)
    .where(bylaws.c.group_id == bindparam("group_id"))
    .order_by(bylaws.c.version),
    lambda at, rules: (at, rulebook.read(rules)),
)


def bylaws_of(conn: Connection, group_id: GroupId) -> Adopted:
    """Return the rules that hold in a group now; our proposals as version 0 before any were adopted."""
    return _LATEST.first(conn, group_id=group_id) or _NOTHING_ADOPTED


def bylaws_at(conn: Connection, group_id: GroupId, version: int) -> Adopted:
    """Return the rules of a version; LookupError where a group has none of that number."""
    if version == PROPOSED:
        return _NOTHING_ADOPTED
    found = _NUMBERED.first(conn, group_id=group_id, version=version)
    if found is None:
        raise LookupError(f"group {group_id} has no bylaws of version {version}")
    return found


def versions_of(conn: Connection, group_id: GroupId) -> tuple[tuple[datetime, Bylaws], ...]:
    """Return every version that was adopted, and when, oldest first."""
    return tuple(_ADOPTED.all(conn, group_id=group_id))


def adopt(conn: Connection, group_id: GroupId, rules: Bylaws, proposal: ProposalId, at: datetime) -> int:
    """Enter the next version and return its number; the group is locked."""
    version = bylaws_of(conn, group_id).version + 1
    values = {"version": version, "rules": rulebook.write(rules), "proposal_id": proposal, "adopted_at": at}
    conn.execute(insert(bylaws).values(group_id=group_id, **values))
    return version
