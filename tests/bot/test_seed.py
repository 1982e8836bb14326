from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, select

from bot import seed
from bot.made_up.growing import NotEmpty, Size, grow
from domain.ids import Platform
from storage import people
from storage.bulk import set_apart
from storage.dispatch import claim
from storage.outbox import REMINDER
from storage.schema import (
    acceptance,
    closed_month,
    deposit,
    entry,
    group,
    loan,
    membership,
    outbox,
    person,
    proposal,
    resolution,
    reversal,
    round_line,
)
from storage.units import Database
from storage.verify import verify

PLACES = Path(__file__).parents[2] / "places"
NOW = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)  # 5 Farvardin 1405: the thirteenth round has just opened
SMALL = Size(groups=3, years=1, reminders=70)


async def test_what_is_made_up_keeps_every_rule(database: Database) -> None:
    await grow(database, PLACES, SMALL, NOW)
    assert await database.read(lambda conn: list(verify(conn))) == []


async def test_a_year_of_a_group_holds_what_happens_in_one(database: Database) -> None:
    await grow(database, PLACES, SMALL, NOW)

    def look(conn: Connection) -> None:
        assert count(conn, group) == 3
        assert count(conn, membership) == 3 * 16
        assert count(conn, round_line) == 3 * 16 * 13
        states: dict[str, int] = dict(
            conn.execute(select(deposit.c.state, func.count()).group_by(deposit.c.state)).all()
        )
        assert states.keys() == {"confirmed", "reversed", "waiting"}
        kinds = set(conn.scalars(select(entry.c.kind)))
        assert kinds == {"saving", "advance_used", "reversal", "loan_paid_out", "instalment"}
        assert count(conn, reversal) == states["reversed"]
        assert len(set(conn.scalars(select(group.c.code)))) == 3

    await database.read(look)


async def test_it_agrees_on_a_price_lends_and_closes_its_months(database: Database) -> None:
    await grow(database, PLACES, SMALL, NOW)

    def look(conn: Connection) -> None:
        assert count(conn, closed_month) == 3 * 12
        assert count(conn, acceptance) == 3 * 16
        votes = Counter(
            (kind, state) for kind, state in conn.execute(select(proposal.c.kind, proposal.c.state))
        )
        assert votes["loan_terms", "accepted"] == 3
        states = Counter(conn.scalars(select(loan.c.state)))
        assert states.keys() >= {"running", "settled"}
        assert votes["loan", "accepted"] == states["running"] + states["settled"]
        assert count(conn, resolution) == sum(votes[kind, "accepted"] for kind in ("loan_terms", "loan"))

    await database.read(look)


async def test_real_groups_are_left_alone(database: Database) -> None:
    await grow(database, PLACES, Size(1, 1, 0), NOW)
    with pytest.raises(NotEmpty):
        await grow(database, PLACES, Size(1, 1, 0), NOW)


async def test_reminders_wait_in_the_lowest_lane(database: Database) -> None:
    await grow(database, PLACES, SMALL, NOW)

    def look(conn: Connection) -> None:
        assert set(conn.execute(select(outbox.c.priority, outbox.c.state))) == {(REMINDER, "waiting")}
        assert count(conn, outbox) == 70
        assert claim(conn, Platform.BALE, "one", NOW, NOW, 5)

    await database.write(look)


async def test_numbers_set_apart_are_given_to_nobody_else(database: Database) -> None:
    def unit(conn: Connection) -> None:
        mine = set_apart(conn, person, 5)
        assert people.add_person(conn, "somebody", None, NOW) not in mine
        again = set_apart(conn, person, 5)
        assert not set(mine) & set(again)
        assert people.add_person(conn, "somebody else", None, NOW) > again[-1]

    await database.write(unit)


def test_what_is_asked_for_is_said_on_the_command_line() -> None:
    parser = ArgumentParser()
    seed.add_arguments(parser)
    args = parser.parse_args(["--groups", "10", "--years", "2", "--reminders", "5"])
    assert (args.cast, args.groups, args.years, args.reminders) == (None, 10, 2, 5)


def count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()
