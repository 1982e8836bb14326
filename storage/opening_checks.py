"""Compares opening balances, and what was put right of them, with their entries and with those who signed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from domain.correcting import MemberLine, Money
from domain.ids import EntryId, GroupId, OpeningId
from domain.ledger import Account
from domain.opening import LineState
from storage.corrections import CorrectionRow
from storage.flaws import Flaw
from storage.openings import OpeningRow, lines_of, sheet_of
from storage.schema import entry, opening, posting
from storage.schema import opening_correction as correction

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
_OPPOSITE, _ANEW = entry.alias("opposite"), entry.alias("anew")
_WITHOUT_OPENING = (
    select(entry.c.group_id, entry.c.sequence, entry.c.id)
    .outerjoin_from(entry, opening, opening.c.entry_id == entry.c.id)
    .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
    .where(entry.c.kind == KIND, opening.c.id.is_(None), _OPPOSITE.c.id.is_(None))
)
_REPLACED = (
    select(_OPPOSITE.c.group_id, _OPPOSITE.c.sequence, _OPPOSITE.c.id, correction.c.id)
    .select_from(_OPPOSITE)
    .join(entry, _OPPOSITE.c.reverses == entry.c.id)
    .outerjoin(_ANEW, (_ANEW.c.command_id == _OPPOSITE.c.command_id) & (_ANEW.c.kind == KIND))
    .outerjoin(correction, correction.c.entry_id == _ANEW.c.id)
    .where(entry.c.kind == KIND, correction.c.id.is_(None))
)
_CORRECTIONS = select(correction, opening.c.group_id).join(opening).order_by(correction.c.id)
Place = tuple[int, int]  # account, holder


def check_openings(conn: Connection) -> Iterator[Flaw]:
    """What was confirmed and signed is what was booked, once for each group; nothing else is."""
    for row in conn.execute(_OPENINGS).all():
        found = OpeningRow(*row)
        for sentence in _wrong(conn, found):
            yield Flaw(f"the opening balances {sentence}", found.group_id, entry=found.entry_id)
    for group, sequence, entry_id in conn.execute(_WITHOUT_OPENING):
        yield Flaw("no opening balances led to this entry", group, sequence, entry_id)
    for group, sequence, entry_id, _ in conn.execute(_REPLACED):
        yield Flaw("it reverses opening balances that nobody put right", group, sequence, entry_id)
    for row in conn.execute(_CORRECTIONS).all():
        one, group_id = CorrectionRow(*row[:-1]), row[-1]
        for sentence in _wrongly_put_right(conn, one, group_id):
            flaw = f"correction {one.id} of opening balances {sentence}"
            yield Flaw(flaw, group_id, entry=one.entry_id)


def _wrongly_put_right(conn: Connection, one: CorrectionRow, group_id: GroupId) -> list[str]:
    booked, there = one.state == "booked", one.entry_id is not None
    posted = _posted(conn, group_id, one.entry_id) if one.entry_id is not None else {}
    said = {
        "is booked and has no entry": booked and not there,
        "is not booked and has an entry": there and not booked,
        "was not asked for by one and signed by two others": booked
        and len({one.asked_by, one.signed_by, one.decided_by} - {None}) < HANDS,
        "is other than its entry": there
        and any(posted.get(place, 0) != rials for place, rials in _put_right(one).items()),
    }
    return [sentence for sentence, so in said.items() if so]


def _put_right(one: CorrectionRow) -> dict[Place, int]:
    """What the entry must say of the part that was put right."""
    match one.right:
        case MemberLine(savings, _):
            return {(Account.SAVINGS.value, one.membership_id or 0): -savings.rials}
        case Money(cash, bank, aid, giver):
            aid_of = {(Account.CAPITAL_AID.value, giver or 0): -aid.rials}
            return {(Account.CASH.value, 0): cash.rials, (Account.BANK.value, 0): bank.rials} | aid_of


def _wrong(conn: Connection, found: OpeningRow) -> list[str]:
    booked, there = found.state == "booked", found.entry_id is not None
    signed = {found.signed_by, found.countersigned_by, found.entered_by} - {None}
    said = {
        "are booked and have no entry": booked and not there,
        "are not booked and have an entry": there and not booked,
        "are other than their entry": found.entry_id is not None
        and _posted(conn, found.group_id, found.entry_id) != _expected(conn, found),
        "were not entered by one and signed by two others": booked and len(signed) < HANDS,
        "have a line that nobody confirmed": booked and _unconfirmed(conn, found.id),
    }
    return [sentence for sentence, so in said.items() if so]


def _posted(conn: Connection, group_id: GroupId, entry_id: EntryId) -> dict[Place, int]:
    rows = conn.execute(_POSTED, {"entry_id": entry_id, "group_id": group_id})
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
