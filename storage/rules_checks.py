"""Compares the rules of groups with the votes that made them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from domain import bylaws as rulebook
from domain import matters
from domain.bylaws import Bylaws, LoanRules, SavingsAgreement, amended
from domain.calendar import Rhythm
from storage.flaws import Flaw
from storage.schema import bylaws, group, proposal, savings_agreement

AT_ONCE = 500
_BYLAWS = (
    select(bylaws.c.group_id, bylaws.c.version, bylaws.c.rules)
    .add_columns(proposal.c.group_id.label("voted_in"), proposal.c.state, proposal.c.matter)
    .join_from(bylaws, proposal, proposal.c.id == bylaws.c.proposal_id)
    .order_by(bylaws.c.group_id, bylaws.c.version)
    .execution_options(yield_per=AT_ONCE)
)
_AGREED = (
    select(savings_agreement.c.group_id, savings_agreement.c.version)
    .add_columns(savings_agreement.c.amount, savings_agreement.c.rhythm)
    .add_columns(proposal.c.group_id.label("voted_in"), proposal.c.state, proposal.c.matter)
    .join_from(savings_agreement, proposal, proposal.c.id == savings_agreement.c.proposal_id)
    .order_by(savings_agreement.c.group_id, savings_agreement.c.version)
    .execution_options(yield_per=AT_ONCE)
)
_LAST = (
    select(savings_agreement.c.group_id, func.max(savings_agreement.c.version).label("version"))
    .group_by(savings_agreement.c.group_id)
    .subquery()
)
_NOT_AS_AGREED = (
    select(group.c.id)
    .join(_LAST, _LAST.c.group_id == group.c.id)
    .join(
        savings_agreement,
        (savings_agreement.c.group_id == group.c.id) & (savings_agreement.c.version == _LAST.c.version),
    )
    .where((group.c.saving != savings_agreement.c.amount) | (group.c.rhythm != savings_agreement.c.rhythm))
    .order_by(group.c.id)
)


def check_rules(conn: Connection) -> Iterator[Flaw]:
    """Every version is what was voted on; what is saved is what was agreed last."""
    yield from _versions(conn)
    yield from _agreements(conn)
    for group_id in conn.scalars(_NOT_AS_AGREED):
        yield Flaw("what is saved is not what the group agreed on last", group_id)


def _versions(conn: Connection) -> Iterator[Flaw]:
    """Versions are numbered from one; each is the one before, amended by what was voted on."""
    of, last, rules = None, 0, Bylaws()
    for group_id, version, stored, *vote in conn.execute(_BYLAWS):
        if group_id != of:
            of, last, rules = group_id, 0, Bylaws()
        if version != last + 1:
            yield Flaw(f"version {version} of the bylaws follows version {last}", group_id)
        last, found = version, rulebook.read(stored)
        matter = _accepted(group_id, *vote)
        if not isinstance(matter, Bylaws | LoanRules) or amended(rules, matter) != found:
            yield Flaw(f"version {version} of the bylaws is not what was voted on", group_id)
        rules = found


def _agreements(conn: Connection) -> Iterator[Flaw]:
    for group_id, version, amount, rhythm, *vote in conn.execute(_AGREED):
        if _accepted(group_id, *vote) != SavingsAgreement(amount, Rhythm(rhythm)):
            yield Flaw(f"version {version} of the savings agreement is not what was voted on", group_id)


def _accepted(group_id: int, voted_in: int, state: str, matter: str | None) -> matters.Matter | None:
    """Return what this group accepted; None where it was another one, or none did, or it cannot be read."""
    if matter is None or state != "accepted" or voted_in != group_id:
        return None
    try:
        return matters.read(matter)
    except (TypeError, ValueError):
        return None
