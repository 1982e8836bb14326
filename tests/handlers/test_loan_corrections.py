"""What of signed opening balances cannot be otherwise any more, and what becomes of loans that are."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.calendar import local_day
from domain.ids import EntryId
from domain.ledger import Account, Line
from domain.money import Rial
from storage import old_loans, passbooks
from tests.assembly import voted
from tests.handlers.test_write_off import put_to_vote
from tests.lending import booked
from tests.opening import FREE, HERS, WHY, both_sign, corrected, line_to_correct, old_loan, signed
from tests.phone import Phone
from tests.repaying import balance
from tests.stage import Group, Stage
from tests.years import closed, year_over

BALANCES = date(2026, 3, 20)
FIRST = 3  # the place of the first member without an office


async def loan_corrected(group: Group, place: int, *answers: tuple[str, ...]) -> list[str]:
    """Say that these are the loans of the member at that place, and no others."""
    treasurer = group.treasurer
    await line_to_correct(group, place)
    await treasurer.tap("10000000")
    if treasurer.last.name == "opening_line.same_loans":
        await treasurer.tap("no")
    for one in answers:
        await treasurer.tap("yes")
        await old_loan(treasurer, one)
    assert await treasurer.tap("no") == ["correction.reason"]
    return await treasurer.say(WHY)


async def corrected_with_loans(group: Group, place: int, savings: str) -> list[str]:
    """Say that the member at that place had saved another sum; her loans are right."""
    await line_to_correct(group, place)
    await group.treasurer.say(savings)
    assert await group.treasurer.tap("yes") == ["correction.reason"]
    return await group.treasurer.say(WHY)


async def paid_out(stage: Stage, group: Group, lines: tuple[Line, ...]) -> None:
    """Let money be gone since."""
    await stage.write(partial(booked, stage=stage, group=group, lines=lines))


async def instalment(group: Group, member: Phone, amount: str) -> None:
    await member.press("menu_loans")
    await member.tap("pay")
    await member.tap(amount)
    await member.tap("cash")
    await member.tap("confirm")
    await group.treasurer.tap("confirm_deposit")


async def test_a_loan_that_was_paid_on_is_put_right_and_its_payments_counted_anew(stage: Stage) -> None:
    """Nine hundred thousand were signed, with no fee; it was six hundred, with a fee of ten a month."""
    group = await signed(stage, {FIRST: FREE})
    member = group.members[0]
    await instalment(group, member, "3000000")
    right = ("۶۰۰ هزار تومان", "3", "۱ اردیبهشت", "method_fixed_fee", "۱۰ هزار تومان")
    assert await loan_corrected(group, FIRST, right) == ["correction.sent"]
    assert member.names[-2:] == ["opening.loan", "correction.waiting"]
    assert member.last.facts["owed_before"] == Rial.from_toman(900_000)
    await member.tap("fix_yes")
    assert (await both_sign(group))[0] == "correction.booked"
    left = member.newest("correction.recounted").facts["left"]
    assert left == Rial(3_100_000)  # of three millions one fee, the rest is principal
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 3_100_000
    assert await balance(stage, group, Account.LOAN_INCOME) == 100_000
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    kinds = [one.split(" ", 4)[-1] for one in books.split("\n\n")[0].splitlines() if one[0] != " "]
    assert kinds == [
        "opening",
        "instalment",
        "reversal reverses 1",
        "opening",
        "reversal reverses 2",
        "instalment",
    ]


async def test_a_forgotten_loan_is_added_and_one_that_was_none_is_struck(stage: Stage) -> None:
    group = await signed(stage)
    member = group.members[0]
    await loan_corrected(group, FIRST, FREE)
    await member.tap("fix_yes")
    await both_sign(group)
    assert member.last.name == "opening.loan_slip"
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 9_000_000
    await loan_corrected(group, FIRST)
    await member.tap("fix_yes", member.newest("correction.waiting"))
    await both_sign(group)
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 0
    assert await stage.read(lambda conn: old_loans.old_loans_of(conn, member.membership)) == ()


async def test_a_loan_with_payments_is_not_struck(stage: Stage) -> None:
    group = await signed(stage, {FIRST: FREE})
    await instalment(group, group.members[0], "3000000")
    assert await loan_corrected(group, FIRST) == ["refusals.old_loan_was_repaid"]


async def test_a_loan_that_was_written_off_stays_as_it_was_voted_on(stage: Stage) -> None:
    group = await signed(stage, {FIRST: FREE})
    await put_to_vote(group.chair)
    await voted(group, "yyy-yy")
    right = ("۶۰۰ هزار تومان", "3", "۱ اردیبهشت", "method_zero")
    assert await loan_corrected(group, FIRST, right) == ["refusals.old_loan_was_voted_on"]
    assert await corrected_with_loans(group, FIRST, "۹۰۰ هزار تومان") == ["correction.sent"]
    await group.members[0].tap("fix_yes")
    assert (await both_sign(group))[0] == "correction.booked"


async def test_another_line_leaves_a_loan_and_its_payments_as_they_are(stage: Stage) -> None:
    group = await signed(stage, {FIRST: FREE})
    await instalment(group, group.members[0], "3000000")
    await corrected(group, FIRST + 1, "۹۰۰ هزار تومان")
    await group.members[1].tap("fix_yes")
    await both_sign(group)
    assert group.members[0].last.name == "repayment.receipt_slip"
    assert await balance(stage, group, Account.INTERNAL_LOANS, 1) == 6_000_000


async def test_savings_she_has_no_more_are_not_taken_from_her(stage: Stage) -> None:
    group = await signed(stage)
    member = group.members[0]
    lines = (Line(Account.SAVINGS, HERS, member.membership), Line(Account.BANK, -HERS))
    await paid_out(stage, group, lines)
    assert await corrected(group, FIRST, "۹۰۰ هزار تومان") == ["refusals.savings_were_used"]
    assert group.treasurer.last.facts["there"] == Rial(0)


async def test_surplus_that_was_shared_is_not_taken_away_again(stage: Stage) -> None:
    group = await signed(stage)
    shared = Rial.from_toman(2_000_000)
    lines = (Line(Account.RETAINED_SURPLUS, shared), Line(Account.BANK, -shared))
    await paid_out(stage, group, lines)
    assert await corrected(group, FIRST, "۲ میلیون تومان") == ["refusals.surplus_was_shared"]


async def test_money_in_the_box_that_was_spent_is_not_taken_away(stage: Stage) -> None:
    group = await signed(stage)
    spent = Rial.from_toman(2_500_000)
    await paid_out(stage, group, (Line(Account.RUNNING_COSTS, spent), Line(Account.CASH, -spent)))
    treasurer = group.treasurer
    await treasurer.press("menu_members")
    await treasurer.tap("page")
    await treasurer.tap("money")
    await treasurer.say("۲ میلیون تومان")
    await treasurer.tap("50000000")
    await treasurer.tap("0")
    await treasurer.say(WHY)
    assert await treasurer.tap("confirm") == ["refusals.too_little_there"]


async def test_after_a_year_was_closed_it_is_booked_today_by_the_old_value_date(stage: Stage) -> None:
    group = await signed(stage)
    await year_over(stage, 1405)
    await closed(group)
    await corrected(group, FIRST, "۹۰۰ هزار تومان")
    await group.members[0].tap("fix_yes")
    assert (await both_sign(group))[0] == "correction.booked"
    anew = await stage.read(lambda conn: passbooks.entry_of(conn, EntryId(3)))
    assert (anew.kind, anew.booked_on, anew.value_on) == ("opening", local_day(stage.now), BALANCES)
