"""One person on two messengers: codes shown in one account and written in the other, and what is moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from domain.ids import AccountId, PersonId
from storage import corrections
from storage.fixed import holds
from storage.schema import (
    account,
    deposit,
    group,
    joining,
    loan,
    membership,
    opening,
    opening_correction,
    opening_line,
    person,
    programme_role,
    proposal,
    reversal,
)


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that holds: the account it was shown in."""

    id: int
    account_id: AccountId
    code_hash: bytes


_HOLDS = select(joining.c.id, joining.c.account_id, joining.c.code_hash).where(joining.c.used_at.is_(None))


def show_code(
    conn: Connection, account_id: AccountId, code_hash: bytes, now: datetime, expires_at: datetime
) -> None:
    """Keep the print of a new code; the account's earlier ones, and what expired unused, are forgotten."""
    unused = (joining.c.account_id == account_id) & joining.c.used_at.is_(None)
    expired = (joining.c.expires_at <= now) & joining.c.asking_id.is_(None)
    conn.execute(delete(joining).where(unused | expired))
    conn.execute(insert(joining).values(code_hash=code_hash, account_id=account_id, expires_at=expires_at))


def open_code(conn: Connection, code_hash: bytes, now: datetime) -> CodeRow | None:
    """Return whose code this is, None where it was never shown, used already or is too old."""
    row = conn.execute(
        _HOLDS.where(joining.c.code_hash == code_hash, joining.c.expires_at > now)
    ).one_or_none()
    return None if row is None else CodeRow(*row)


def code_by_id(conn: Connection, code_id: int, now: datetime) -> CodeRow | None:
    """Return a code that still holds."""
    row = conn.execute(_HOLDS.where(joining.c.id == code_id, joining.c.expires_at > now)).one_or_none()
    return None if row is None else CodeRow(*row)


def use_code(conn: Connection, code_id: int, asking: AccountId, now: datetime) -> None:
    """A code serves once, the account in which it was typed in."""
    conn.execute(update(joining).where(joining.c.id == code_id).values(used_at=now, asking_id=asking))


def asked_with_code(conn: Connection, asking: AccountId, person_id: PersonId) -> bool:
    """Tell whether a code that was shown to this person was typed into that account."""
    shown = select(joining.c.id).join(account, account.c.id == joining.c.account_id)
    hers = shown.where(joining.c.asking_id == asking, account.c.person_id == person_id)
    return conn.execute(hers.limit(1)).first() is not None


def note_wrong_code(
    conn: Connection, account_id: AccountId, nothing: bytes, now: datetime, until: datetime
) -> None:
    """Count a wrong code: a row that was used at once, under a print that no code has."""
    conn.execute(
        insert(joining).values(code_hash=nothing, account_id=account_id, expires_at=until, used_at=now)
    )


def wrong_codes(conn: Connection, account_id: AccountId, now: datetime) -> int:
    """Return how many wrong codes this account wrote lately."""
    found = (
        select(func.count())
        .select_from(joining)
        .where(joining.c.account_id == account_id, joining.c.used_at.is_not(None), joining.c.expires_at > now)
    )
    return conn.execute(found).scalar_one()


def point_to(conn: Connection, kept: PersonId, merged: PersonId) -> None:
    """Make `merged` a pointer to `kept`, and move all that is still going on; the books keep the old id.

    Memberships that would collide in one group must have been joined before.
    """
    moves = (
        (account, account.c.person_id),
        (membership, membership.c.person_id),
        (membership, membership.c.helper_id),
        (programme_role, programme_role.c.person_id),
        (group, group.c.facilitator_id),
    )
    for table, column in moves:
        conn.execute(update(table).where(column == merged).values({column.name: kept}))
    going_on = holds(deposit.c.state, "waiting", "offered")
    for column in (deposit.c.reported_by, deposit.c.decided_by):
        conn.execute(update(deposit).where(column == merged, going_on).values({column.name: kept}))
    before_receipt = holds(loan.c.state, "asked", "voting", "approved", "paid_out")
    for column in (loan.c.asked_by, loan.c.paid_by):
        conn.execute(update(loan).where(column == merged, before_receipt).values({column.name: kept}))
    asked = (reversal.c.asked_by == merged) & holds(reversal.c.state, "asked")
    conn.execute(update(reversal).where(asked).values(asked_by=kept))
    voted_on = (proposal.c.proposed_by == merged) & holds(proposal.c.state, "open")
    conn.execute(update(proposal).where(voted_on).values(proposed_by=kept))
    _pass_opening(conn, kept, merged)
    conn.execute(
        update(membership).where(membership.c.person_id == membership.c.helper_id).values(helper_id=None)
    )
    conn.execute(update(person).where(person.c.merged_into == merged).values(merged_into=kept))
    conn.execute(update(person).where(person.c.id == merged).values(merged_into=kept, account_id=None))


def _pass_opening(conn: Connection, kept: PersonId, merged: PersonId) -> None:
    """Whoever entered, witnessed or signed opening balances does so once, under whatever record."""
    under_way = holds(opening.c.state, "draft", "asked")
    for column in (opening.c.entered_by, opening.c.signed_by):
        conn.execute(update(opening).where(column == merged, under_way).values({column.name: kept}))
    of_it = opening_line.c.opening_id.in_(select(opening.c.id).where(under_way))
    for column in (opening_line.c.entered_by, opening_line.c.witness_id, opening_line.c.said_by):
        conn.execute(update(opening_line).where(column == merged, of_it).values({column.name: kept}))
    unsigned = holds(opening_correction.c.state, *corrections.OPEN)
    for column in (
        opening_correction.c.asked_by,
        opening_correction.c.said_by,
        opening_correction.c.signed_by,
    ):
        conn.execute(update(opening_correction).where(column == merged, unsigned).values({column.name: kept}))
