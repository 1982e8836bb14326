"""Short ways through a loan, for scenarios of lending."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from sqlalchemy import Connection

from domain import matters
from domain.bylaws import Bylaws, LoanPrice
from domain.calendar import local_day
from domain.ids import LoanId, MembershipId
from domain.ledger import Account, Booking, Line
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.posting import Way
from domain.proposals import ProposalKind
from domain.votes import count
from storage import assembly, books, bylaws, loans, notes
from storage.loans import LoanRow
from tests.assembly import voted
from tests.phone import Phone
from tests.stage import Group, Stage

FREE = LoanPrice(Method.ZERO, Rate(Fraction(0), Period.YEAR))
RULES = Bylaws(loan_price=FREE, loan_fund_per_cent=50)
SHEEP = "خرید دو گوسفند"


async def lending(stage: Stage, group: Group, rules: Bylaws = RULES) -> None:
    """Let the group have adopted these bylaws."""
    await stage.write(partial(_adopted, stage=stage, group=group, rules=rules))


async def funded(stage: Stage, group: Group, toman: int = 1_000_000, way: Way = Way.CASH) -> None:
    """Let everybody own so much of the fund, in the box or at the bank."""
    await stage.write(partial(_funded, stage=stage, group=group, each=Rial.from_toman(toman), way=way))


async def asked(borrower: Phone, toman: int = 1_000_000, months: int = 3) -> list[str]:
    """Ask for a loan, and return what is answered at last."""
    await borrower.press("menu_loans")
    await borrower.tap("ask")
    await borrower.say(SHEEP)
    await borrower.say(f"{toman} تومان")
    await borrower.say(str(months))
    await borrower.tap("consent")
    return await borrower.tap("confirm")


async def loan(stage: Stage, number: int = 1) -> LoanRow:
    """The loan of that id."""
    found = await stage.read(lambda conn: loans.loan_by_id(conn, LoanId(number)))
    assert found is not None
    return found


async def granted(stage: Stage, group: Group, borrower: Phone, toman: int = 1_000_000) -> None:
    """Ask for a loan and have everybody vote for it."""
    await asked(borrower, toman)
    await voted(group, "y" * len(group.everybody))


async def served(stage: Stage, group: Group, helper: Phone, toman: int = 1_000_000) -> MembershipId:
    """A member without a phone, who owns so much of the fund in cash."""
    made, amount = await stage.phoneless(group.id, helper), Rial.from_toman(toman)
    lines = (Line(Account.CASH, amount), Line(Account.SAVINGS, -amount, made))
    await stage.write(partial(booked, stage=stage, group=group, lines=lines))
    return made


async def spent(stage: Stage, group: Group, toman: int, way: Way = Way.CASH) -> None:
    """Let so much of the group's money be gone."""
    amount = Rial.from_toman(toman)
    lines = (Line(Account.RUNNING_COSTS, amount), Line(way.account, -amount))
    await stage.write(partial(booked, stage=stage, group=group, lines=lines))


def _adopted(conn: Connection, stage: Stage, group: Group, rules: Bylaws) -> None:
    note = notes.add_note(conn, "rules", stage.random_bytes(notes.SALT_BYTES))
    about = {"group_id": group.id, "kind": ProposalKind.BYLAWS.value, "note_id": note.id, "bylaws": 0}
    about |= {"ballots": "open", "matter": matters.write(rules)}
    days = {"opened_at": stage.now, "closes_at": stage.now, "due_at": stage.now}
    made = assembly.add_proposal(conn, about | days | {"call": 1, "proposed_by": group.facilitator.person})
    tally = count(one.vote for one in assembly.ballots_of(conn, made.id))
    closed = assembly.update_proposal(conn, made, state="accepted", closed_at=stage.now)
    assembly.add_resolution(conn, closed, tally, note.hash, stage.now)
    bylaws.adopt(conn, group.id, rules, closed.id, stage.now)


def _funded(conn: Connection, stage: Stage, group: Group, each: Rial, way: Way) -> None:
    savings = [Line(Account.SAVINGS, -each, phone.membership) for phone in group.everybody]
    booked(conn, stage, group, (Line(way.account, each * len(savings)), *savings))


def booked(conn: Connection, stage: Stage, group: Group, lines: tuple[Line, ...]) -> None:
    """Let this stand in the books, whatever led to it."""
    today, nobody = local_day(stage.now), None
    command = books.record_command(
        conn, "Brought", group_id=group.id, actor=nobody, parties=(), received_at=stage.now
    )
    books.book(
        conn,
        group.id,
        command,
        [Booking("brought", today, lines)],
        booked_at=stage.now,
        booked_on=today,
        entered_by=nobody,
        confirmed_by=group.facilitator.person,
    )
