"""Compares opening balances with their entry, and with those who confirmed and signed them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from domain.ids import EntryId, OpeningId
from domain.ledger import Account
from domain.opening import LineState
from storage.flaws import Flaw
from storage.openings import OpeningRow, lines_of, sheet_of
from storage.schema import entry, opening, posting

KIND = "opening"
HANDS = 3
_OPENINGS = select(opening).order_by(opening.c.id)
_POSTED = (
    select(posting.c.account, posting.c.holder, posting.c.amount)
    .join(entry, entry.c.id == posting.c.entry_id)
    .where(
        entry.c.id == bindparam("entry_id"),
        entry.c.group_id == bindparam("group_id"),
        entry.c.kind == KIND,
    )
)
_WITHOUT_OPENING = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id)
    .outerjoin_from(entry, opening, opening.c.entry_id == entry.c.id)
    .where(entry.c.kind == KIND, opening.c.id.is_(None))
)
Place = tuple[int, int]  # account, holder


def check_openings(conn: Connection) -> Iterator[Flaw]:
    """What was confirmed and signed is what was booked, once for each group; nothing else is."""
    for row in conn.execute(_OPENINGS).all():
        found = OpeningRow(*row)
        for sentence in _wrong(conn, found):
            yield Flaw(f"the opening balances {sentence}", found.group_id, entry=found.entry_id)
    for group, sequence, entry_id in conn.execute(_WITHOUT_OPENING):
        yield Flaw("no opening balances led to this entry", group, sequence, entry_id)


def _wrong(conn: Connection, found: OpeningRow) -> list[str]:
    booked, there = found.state == "booked", found.entry_id is not None
    signed = {found.signed_by, found.countersigned_by, found.entered_by} - {None}
    said = {
        "are booked and have no entry": booked and not there,
        "are not booked and have an entry": there and not booked,
        "are other than their entry": found.entry_id is not None
        and _posted(conn, found, found.entry_id) != _expected(conn, found),
        "were not entered by one and signed by two others": booked and len(signed) < HANDS,
        "have a line that nobody confirmed": booked and _unconfirmed(conn, found.id),
    }
    return [sentence for sentence, so in said.items() if so]


def _posted(conn: Connection, found: OpeningRow, entry_id: EntryId) -> dict[Place, int]:
    rows = conn.execute(_POSTED, {"entry_id": entry_id, "group_id": found.group_id})
    return {(account, holder): amount.rials for account, holder, amount in rows}


def _expected(conn: Connection, found: OpeningRow) -> dict[Place, int]:
    """What the entry must say, without the rule that made it."""
    sheet = sheet_of(conn, found)
    cells = {
        (Account.CASH.value, 0): found.cash.rials,
        (Account.BANK.value, 0): found.bank.rials,
        (Account.CAPITAL_AID.value, found.giver_id or 0): -found.aid.rials,
        (Account.RETAINED_SURPLUS.value, 0): -sheet.rest.rials,
        **{(Account.INTERNAL_LOANS.value, int(loan)): left.rials for loan, left in sheet.loans},
        **{(Account.SAVINGS.value, int(member)): -amount.rials for member, amount in sheet.savings},
    }
    return {place: amount for place, amount in cells.items() if amount}


def _unconfirmed(conn: Connection, opening_id: OpeningId) -> bool:
    lines = lines_of(conn, opening_id)
    return any(line.state is not LineState.CONFIRMED or line.said_by is None for line in lines)
