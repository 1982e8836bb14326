"""Versions of rules and agreements, who accepted them, and that they are what was voted on."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import partial

import pytest
from sqlalchemy import Connection, text

from domain import matters
from domain.agreements import Document, reminds_at
from domain.bylaws import Bylaws, LoanPrice, LoanRules, SavingsAgreement, amended
from domain.calendar import Rhythm
from domain.ids import GroupId
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from storage import agreements, bylaws
from storage.groups import save_as_agreed
from storage.units import Database
from storage.verify import verify
from tests.storage.founding import DUE, START, Founded, found, vote

AGREED = SavingsAgreement(Rial(6_000_000), Rhythm.WEEKLY)
WHOLE = Bylaws(entry_fee=Rial(500_000))
LOANS = LoanRules(LoanPrice(Method.FLAT, Rate(Fraction(1), Period.MONTH)), 2, 20, 6)
FROZEN = ("bylaws", "savings_agreement")


def decided(conn: Connection) -> Founded:
    """A group that adopted all rules, then those about loans, and agreed on what is saved."""
    here = found(conn)
    whole = vote(conn, here, "yes yes", matter=matters.write(WHOLE))
    bylaws.adopt(conn, here.group, WHOLE, whole.id, START)
    loans = vote(conn, here, "yes yes", matter=matters.write(LOANS))
    bylaws.adopt(conn, here.group, amended(WHOLE, LOANS), loans.id, START)
    saving = vote(conn, here, "yes yes", matter=matters.write(AGREED))
    agreements.agree(conn, here.group, AGREED, saving.id, START)
    save_as_agreed(conn, here.group, saving=AGREED.amount, rhythm=AGREED.rhythm.value)
    return here


def flaws(conn: Connection) -> list[str]:
    return [str(flaw) for flaw in verify(conn)]


def run(statement: str, conn: Connection) -> None:
    conn.execute(text(statement))


def tamper(statement: str, conn: Connection) -> None:
    """Change the database behind the program's back: as one can who owns the file."""
    for table in FROZEN:
        if conn.dialect.name == "postgresql":
            conn.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            for change in ("update", "delete", "replace"):
                conn.execute(text(f"DROP TRIGGER {table}_refuses_{change}"))
    conn.execute(text(statement))


async def test_what_was_decided_has_no_flaw(database: Database) -> None:
    here = await database.write(decided)
    assert await database.read(flaws) == []
    assert (
        await database.read(partial(agreements.version_of, group_id=here.group, document=Document.BYLAWS))
        == 2
    )
    assert (
        await database.read(partial(agreements.version_of, group_id=here.group, document=Document.SAVINGS))
        == 1
    )


@pytest.mark.parametrize(
    "statement", ["UPDATE savings_agreement SET amount = 1", "DELETE FROM savings_agreement"]
)
async def test_an_agreement_is_never_altered(database: Database, statement: str) -> None:
    await database.write(decided)
    with pytest.raises(Exception, match="the books only grow"):
        await database.write(partial(run, statement))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE bylaws SET rules = '{}' WHERE version = 1",
            "version 1 of the bylaws is not what was voted on",
        ),
        (
            "UPDATE bylaws SET rules = '{}' WHERE version = 2",
            "version 2 of the bylaws is not what was voted on",
        ),
        ("DELETE FROM bylaws WHERE version = 1", "version 2 of the bylaws follows version 0"),
        (
            "UPDATE bylaws SET proposal_id = 3 WHERE version = 2",
            "version 2 of the bylaws is not what was voted",
        ),
        (
            "UPDATE proposal SET state = 'rejected' WHERE id = 1",
            "version 1 of the bylaws is not what was voted",
        ),
        ("UPDATE proposal SET matter = 'x' WHERE id = 2", "version 2 of the bylaws is not what was voted on"),
        (
            "UPDATE proposal SET matter = NULL WHERE id = 3",
            "version 1 of the savings agreement is not what was",
        ),
        (
            "UPDATE savings_agreement SET amount = 1",
            "version 1 of the savings agreement is not what was voted on",
        ),
        ("UPDATE groups SET saving = 1", "what is saved is not what the group agreed on last"),
        ("UPDATE groups SET rhythm = 'monthly'", "what is saved is not what the group agreed on last"),
    ],
)
async def test_what_was_tampered_with_is_found(database: Database, statement: str, sentence: str) -> None:
    await database.write(decided)
    await database.write(partial(tamper, statement))
    assert [flaw for flaw in await database.read(flaws) if sentence in flaw]


async def test_each_member_is_asked_once_and_reminded_while_she_has_not_accepted(database: Database) -> None:
    def unit(conn: Connection) -> None:
        here = decided(conn)
        due = reminds_at(START)
        agreements.ask(conn, here.members, Document.BYLAWS, 2, asked_at=START, due_at=due)
        one, other = agreements.asked_of(conn, here.group, Document.BYLAWS)
        agreements.accept(conn, one.id, START, here.persons[0])
        assert agreements.acceptances_due(conn, due - timedelta(seconds=1), 9) == ()
        assert agreements.acceptances_due(conn, due, 9) == (other.id,)
        agreements.note_reminded(conn, other.id)
        assert agreements.acceptances_due(conn, due, 9) == ()
        states = [row.accepted_at for row in agreements.asked_of(conn, here.group, Document.BYLAWS)]
        assert states == [START, None]
        assert agreements.asked_of(conn, here.group, Document.SAVINGS) == ()

    await database.write(unit)


async def test_a_group_that_agreed_on_nothing_saves_as_it_was_founded(database: Database) -> None:
    def unit(conn: Connection) -> tuple[GroupId, int]:
        here = found(conn)
        return here.group, agreements.version_of(conn, here.group, Document.SAVINGS)

    assert (await database.write(unit))[1] == agreements.AGREED_ON_NOTHING
    assert AGREED.amount != DUE
    assert await database.read(flaws) == []
