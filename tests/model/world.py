"""Three groups that share some of their people, on a stage on which two may act at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection, select, update

from domain.bylaws import Bylaws, Decider, LoanPrice
from domain.calendar import local_day
from domain.ids import MembershipId
from domain.ledger import Account, Booking, Line
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.offices import Office
from handlers.desk import Desk
from storage import books, inbox, rounds
from storage.inbox import Incoming, Lane
from storage.schema import group as groups
from storage.schema import membership
from storage.units import open_database
from tests.installation import BEGINNING, BOT_ID
from tests.lending import lending
from tests.phone import Phone, Raw
from tests.stage import Group, Stage

WHOLE_BOARD = (Office.CHAIR, Office.SECRETARY, Office.TREASURER)
GROUP_NAMES = ("سپیدار", "زیتون", "انار")
SHARED, CHAIRS = "پری‌دخت نیک‌نام", "هاجر دلاور"
HELPED = ("ننه خاتون", "بی‌بی گل‌افروز")
LATE_IN_THE_YEAR = BEGINNING + timedelta(days=330)
ONE_A_MONTH = Rate(Fraction(12), Period.YEAR)
PRICES = tuple(LoanPrice(method, ONE_A_MONTH) for method in Method)
A_ROUND = timedelta(days=30)
FINE = Rial(50_000)
SAVED, EARNED = Rial.from_toman(1_000_000), Rial(7_000_003)


class Together(Stage):
    """A stage whose program can be stopped and started, and in which several updates arrive at once."""

    _held: list[Incoming] | None = None

    async def restart(self, url: str) -> None:
        """Begin again with nothing but the database."""
        await self.database.close()
        self.database = await open_database(url)
        self.desk = Desk(self.tools)
        self._answer = self.desk.handle

    async def at_once(self, *acts: Awaitable[object]) -> None:
        """Let several chats' updates be worked off side by side."""
        held: list[Incoming] = []
        self._held = held
        for act in acts:
            await act
        self._held = None
        await self.database.write(lambda conn: inbox.keep(conn, held, self.now))
        work = (partial(self._work_off, lane=incoming.lane) for incoming in held)
        await asyncio.gather(*(self.database.write(unit) for unit in work))
        await self._collect()

    async def _deliver(self, phone: Phone, kind: str, body: Raw) -> None:
        if self._held is None:
            await super()._deliver(phone, kind, body)
            return
        self._updates += 1
        raw = json.dumps({"update_id": self._updates, kind: body})
        lane = Lane(phone.platform, phone.user_id)
        self._held.append(Incoming(lane, BOT_ID, self._updates, sha256(raw.encode()).digest(), raw))


async def peopled(stage: Together, price: LoanPrice, decider: Decider) -> list[Group]:
    """A whole board, a treasurer alone, and a group where only the facilitator is; some belong to two.

    A year of theirs is nearly over. The first two have money, lend, and saved too late for two rounds, the
    second of them under bylaws that ask a fine; the third has not decided on anything.
    """
    stage.now = LATE_IN_THE_YEAR - 2 * A_ROUND
    first = await stage.group(offices=WHOLE_BOARD, members=2)
    second = await stage.group("300000 toman", offices=(Office.TREASURER,), members=1)
    third = await stage.group("200000 toman", offices=(), members=1, facilitator=first.facilitator)
    made = [first, second, third]
    first.members.append(await stage.member(first.id, platform="bale"))
    shared = await stage.member(first.id, SHARED)
    first.members.append(shared)
    second.members.append(await stage.member(second.id, phone=shared))
    third.members.append(await stage.member(third.id, phone=first.treasurer))
    await stage.phoneless(first.id, first.members[0], HELPED[0])
    await stage.phoneless(second.id, second.treasurer, HELPED[1])
    await stage.second_account(first.chair, "bale")
    rules = Bylaws(loan_price=price, loan_fund_per_cent=50, instalment_fine=FINE, late_saving_fine=FINE)
    await lending(stage, first, replace(rules, loans_decided_by=decider))
    await lending(stage, second, rules)
    for _ in range(2):
        await stage.pass_time(A_ROUND)
    for group, name in zip(made, GROUP_NAMES, strict=True):
        await stage.write(partial(_call, group=group, name=name))
        await stage.write(partial(_brought, stage=stage, group=group))
    return made


def _call(conn: Connection, group: Group, name: str) -> None:
    conn.execute(update(groups).where(groups.c.id == group.id).values(name=name))


def _brought(conn: Connection, stage: Stage, group: Group) -> None:
    """What members have saved so far, half of it at the bank, and what the group has earned this year."""
    mine = select(membership.c.id).where(membership.c.group_id == group.id)
    members = conn.scalars(mine).all()
    savings = [line for member in members for line in _saved(conn, member)]
    half = SAVED * len(members) // 2
    money = (Line(Account.CASH, half + EARNED), Line(Account.BANK, SAVED * len(members) - half))
    lines = (*money, Line(Account.OTHER_INCOME, -EARNED), *savings)
    today, by = local_day(stage.now), group.facilitator.person
    command = books.record_command(
        conn, "Brought", group_id=group.id, actor=by, parties=(), received_at=stage.now
    )
    brought = [Booking("brought", today, lines)]
    books.book(
        conn,
        group.id,
        command,
        brought,
        booked_at=stage.now,
        booked_on=today,
        entered_by=None,
        confirmed_by=by,
    )


def _saved(conn: Connection, member: MembershipId) -> Iterator[Line]:
    """The rounds that have been closed, and the rest beside them."""
    rest = SAVED
    for line in rounds.unpaid_lines(conn, member):
        if line.number < 3:
            rest -= line.due
            yield Line(Account.SAVINGS, -line.due, member, round_number=line.number)
    if rest:
        yield Line(Account.SAVINGS, -rest, member)
