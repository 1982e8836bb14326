"""Compares the books with what led to them: deposits, reversals, notes, and who had a hand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, case, func, or_, select

from domain.ledger import COUNTABLE, Account, HeldBy
from domain.posting import Way
from storage.flaws import Flaw
from storage.notes import salted_hash
from storage.schema import deposit, entry, membership, note, posting, reversal
from storage.types import Money

AT_ONCE = 500
_BOOKED = ("confirmed", "reversed")
_ON_LOANS = ("instalment", "set_off")
_OPPOSITE = entry.alias("opposite")
_UNDO = posting.alias("undo")
_PAIR = (_UNDO.c.entry_id == _OPPOSITE.c.id) & (_UNDO.c.line == posting.c.line)
_FITS = (
    _PAIR
    & (_UNDO.c.account == posting.c.account)
    & (_UNDO.c.holder == posting.c.holder)
    & (_UNDO.c.purpose == posting.c.purpose)
    & (func.coalesce(_UNDO.c.round_number, -1) == func.coalesce(posting.c.round_number, -1))
    & (_UNDO.c.amount + posting.c.amount == 0)
)
_SIZE = select(func.count()).where(_UNDO.c.entry_id == _OPPOSITE.c.id).correlate(_OPPOSITE).scalar_subquery()
_NOT_OPPOSITE = (
    select(_OPPOSITE.c.group_id, _OPPOSITE.c.sequence, _OPPOSITE.c.id, _OPPOSITE.c.reverses)
    .join_from(_OPPOSITE, entry, _OPPOSITE.c.reverses == entry.c.id)
    .join(posting, posting.c.entry_id == entry.c.id)
    .outerjoin(_UNDO, _FITS)
    .group_by(
        _OPPOSITE.c.id, _OPPOSITE.c.group_id, _OPPOSITE.c.sequence, _OPPOSITE.c.reverses, entry.c.group_id
    )
    .having(
        or_(
            func.count() != func.count(_UNDO.c.line),
            func.count() != func.min(_SIZE),
            _OPPOSITE.c.group_id != entry.c.group_id,
        )
    )
)
_COUNTABLE = [account.value for account in COUNTABLE]
_PAID_WITH = case(
    (deposit.c.way == Way.SAVINGS.value, posting.c.account == Account.SAVINGS.value),
    else_=posting.c.account.in_(_COUNTABLE),
)
_COUNTED = func.sum(case((_PAID_WITH, posting.c.amount), else_=None), type_=Money)
_HERS = func.count(
    case((or_(posting.c.holder == deposit.c.membership_id, deposit.c.loan_id.is_not(None)), 1))
)
_KEEPER = func.max(case((posting.c.account == Account.IN_TRANSIT.value, posting.c.holder)))
_DEPOSITS = (
    select(deposit.c.id, deposit.c.group_id, deposit.c.state, deposit.c.amount, entry.c.id.label("entry_id"))
    .add_columns(entry.c.sequence, entry.c.group_id.label("booked_in"), _OPPOSITE.c.id.label("undone"))
    .add_columns(_COUNTED.label("counted"), _HERS.label("hers"))
    .add_columns(deposit.c.keeper_id, _KEEPER.label("kept_by"))
    .outerjoin_from(deposit, entry, deposit.c.entry_id == entry.c.id)
    .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
    .outerjoin(posting, posting.c.entry_id == entry.c.id)
    .group_by(
        deposit.c.id, deposit.c.group_id, deposit.c.state, deposit.c.amount, entry.c.id, entry.c.sequence
    )
    .group_by(deposit.c.keeper_id, entry.c.group_id, _OPPOSITE.c.id)
    .order_by(deposit.c.id)
    .execution_options(yield_per=AT_ONCE)
)


def cross_check(conn: Connection) -> Iterator[Flaw]:
    """Every comparison that looks across tables."""
    for check in _CHECKS:
        yield from check(conn)


def _orphans(conn: Connection) -> Iterator[Flaw]:
    rows = (
        select(posting.c.entry_id, posting.c.line).outerjoin_from(posting, entry).where(entry.c.id.is_(None))
    )
    for entry_id, line in conn.execute(rows):
        yield Flaw(f"posting {line} belongs to no entry", entry=entry_id)


def _foreign_holders(conn: Connection) -> Iterator[Flaw]:
    """Money of members stands in the group they are members of."""
    accounts = [account.value for account in Account if account.held_by is HeldBy.MEMBERSHIP]
    here = (membership.c.id == posting.c.holder) & (membership.c.group_id == entry.c.group_id)
    rows = (
        select(entry.c.group_id, entry.c.sequence, entry.c.id, posting.c.line, posting.c.holder)
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .outerjoin(membership, here)
        .where(posting.c.account.in_(accounts), membership.c.id.is_(None))
    )
    for group, sequence, entry_id, line, holder in conn.execute(rows):
        yield Flaw(
            f"posting {line} is held by {holder}, no membership of this group", group, sequence, entry_id
        )


def _reversals(conn: Connection) -> Iterator[Flaw]:
    """A reversal is the exact opposite of its entry, once, in the same group."""
    for group, sequence, entry_id, reverses in conn.execute(_NOT_OPPOSITE):
        yield Flaw(
            f"it is not the exact opposite of entry {reverses}, which it reverses", group, sequence, entry_id
        )


def _reversed_twice(conn: Connection) -> Iterator[Flaw]:
    rows = select(entry.c.group_id, entry.c.reverses, func.count()).where(entry.c.reverses.is_not(None))
    rows = rows.group_by(entry.c.group_id, entry.c.reverses).having(func.count() > 1)
    for group, reverses, times in conn.execute(rows):
        yield Flaw(f"it is reversed {times} times", group, entry=reverses)


def _decided_reversals(conn: Connection) -> Iterator[Flaw]:
    """A reversal that was agreed stands in the books, and was agreed by a second person."""
    rows = (
        select(reversal.c.group_id, reversal.c.entry_id, reversal.c.id, _OPPOSITE.c.id, reversal.c.asked_by)
        .add_columns(reversal.c.decided_by)
        .outerjoin_from(reversal, _OPPOSITE, _OPPOSITE.c.reverses == reversal.c.entry_id)
        .where(reversal.c.state == "done")
    )
    for group, entry_id, reversal_id, booked, asked_by, decided_by in conn.execute(rows):
        if booked is None:
            yield Flaw(f"reversal {reversal_id} was agreed and is not booked", group, entry=entry_id)
        if asked_by == decided_by:
            yield Flaw(
                f"reversal {reversal_id} was asked and agreed by person {asked_by}", group, entry=entry_id
            )


def _notes(conn: Connection) -> Iterator[Flaw]:
    """A note that was not erased agrees with the hash its entry keeps."""
    rows = (
        select(
            entry.c.group_id,
            entry.c.sequence,
            entry.c.id,
            entry.c.note_hash,
            note.c.hash,
            note.c.salt,
            note.c.text,
        )
        .outerjoin_from(entry, note, entry.c.note_id == note.c.id)
        .where(or_(entry.c.note_id.is_not(None), entry.c.note_hash.is_not(None)))
        .execution_options(yield_per=AT_ONCE)
    )
    for group, sequence, entry_id, kept, printed, salt, words in conn.execute(rows):
        if kept != printed or (words is not None and salted_hash(words, salt) != kept):
            yield Flaw("its note is not the one it was booked with", group, sequence, entry_id)


def _deposits(conn: Connection) -> Iterator[Flaw]:
    """Each confirmed deposit has its entry, of its amount, reversed if and only if the entry is."""
    for row in conn.execute(_DEPOSITS):
        booked = row.entry_id is not None
        wrong = {
            "is confirmed and has no entry": row.state in _BOOKED and not booked,
            "is not confirmed and has an entry": row.state not in _BOOKED and booked,
            "is of another group": booked and row.booked_in != row.group_id,
            "is of another amount than its entry": booked and row.counted != row.amount,
            "is kept by another than its entry says": row.kept_by != row.keeper_id,
            "is of a member its entry does not name": booked and not row.hers,
            "is confirmed, its entry reversed": row.state == "confirmed" and row.undone is not None,
            "is reversed, its entry is not": row.state == "reversed" and row.undone is None,
        }
        for sentence in (sentence for sentence, so in wrong.items() if so):
            yield Flaw(f"deposit {row.id} {sentence}", row.group_id, row.sequence, row.entry_id)


def _without_deposit(conn: Connection) -> Iterator[Flaw]:
    """A saving comes from a deposit, and so does an instalment, unless it was booked anew."""
    rows = (
        select(entry.c.group_id, entry.c.sequence, entry.c.id, entry.c.kind)
        .outerjoin_from(entry, deposit, deposit.c.entry_id == entry.c.id)
        .outerjoin(_OPPOSITE, _OPPOSITE.c.reverses == entry.c.id)
        .where(deposit.c.id.is_(None))
        .where(or_(entry.c.kind == "saving", entry.c.kind.in_(_ON_LOANS) & _OPPOSITE.c.id.is_(None)))
    )
    for group, sequence, entry_id, kind in conn.execute(rows):
        yield Flaw(f"no deposit led to this {kind}", group, sequence, entry_id)


def _hands(conn: Connection) -> Iterator[Flaw]:
    """Nobody confirms what they entered."""
    rows = select(entry.c.group_id, entry.c.sequence, entry.c.id, entry.c.entered_by)
    for group, sequence, entry_id, person in conn.execute(
        rows.where(entry.c.entered_by == entry.c.confirmed_by)
    ):
        yield Flaw(f"person {person} entered it and confirmed it", group, sequence, entry_id)


def _parties(conn: Connection) -> Iterator[Flaw]:
    """Payer and reporter only agree to what somebody else entered: the amount the treasurer counted.

    What a correction booked anew was confirmed before, by others than those who agreed to the correction.
    """
    payer, reporter = membership.c.person_id, deposit.c.reported_by
    hers = entry.c.entered_by.in_((payer, membership.c.helper_id))
    anew = select(_OPPOSITE.c.id).where(
        _OPPOSITE.c.command_id == entry.c.command_id, _OPPOSITE.c.reverses.is_not(None)
    )
    rows = (
        select(entry.c.group_id, entry.c.sequence, entry.c.id, deposit.c.id, entry.c.confirmed_by)
        .join_from(deposit, entry, deposit.c.entry_id == entry.c.id)
        .join(membership, membership.c.id == deposit.c.membership_id)
        .where(
            or_(entry.c.confirmed_by == payer, entry.c.confirmed_by == reporter),
            or_(
                hers,
                (entry.c.entered_by == reporter) & deposit.c.loan_id.is_(None),
                entry.c.entered_by.is_(None),
            ),
            ~anew.exists(),
        )
    )
    for group, sequence, entry_id, deposit_id, person in conn.execute(rows):
        yield Flaw(
            f"deposit {deposit_id} was confirmed by person {person}, a party to it", group, sequence, entry_id
        )


_CHECKS: tuple[Callable[[Connection], Iterator[Flaw]], ...] = (
    _orphans,
    _foreign_holders,
    _reversals,
    _reversed_twice,
    _decided_reversals,
    _notes,
    _deposits,
    _without_deposit,
    _hands,
    _parties,
)
