"""Loans of the paper book: entered with a member's line, confirmed by her, running once it is signed."""

from __future__ import annotations

from domain.bylaws import Bylaws
from domain.calendar import from_jalali
from domain.ledger import Account
from domain.loan_owed import Parts
from domain.money import Rial
from domain.opening import LineState
from storage import old_loans, passbooks
from storage.loans import LoanRow
from tests.assembly import voted
from tests.handlers.test_write_off import put_to_vote, taken_back
from tests.lending import lending, loan
from tests.opening import (
    BOARD,
    FREE,
    WITH_FEE,
    asked,
    begun,
    confirmed,
    entered,
    line,
    lines_entered,
    old_loan,
    opening,
)
from tests.phone import Phone
from tests.repaying import balance, report
from tests.stage import Group, Stage

LOANS = {3: FREE, 4: WITH_FEE}  # of the first two members without an office


async def running(stage: Stage) -> Group:
    """Six members with a million each in 3 of cash, 5 in the bank; 1.9 million of old loans."""
    group = await asked(stage, LOANS)
    await confirmed(group)
    await group.secretary.tap("sign")
    assert (await group.chair.tap("sign"))[0] == "opening.booked"
    return group


async def left(stage: Stage, group: Group, number: int) -> int:
    return await balance(stage, group, Account.INTERNAL_LOANS, number)


async def brought(stage: Stage, member: Phone) -> tuple[LoanRow, ...]:
    return await stage.read(lambda conn: old_loans.old_loans_of(conn, member.membership))


async def test_they_are_shown_confirmed_and_booked_with_everything_else(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    assert group.treasurer.last.facts["lent"] == Rial.from_toman(1_900_000)
    assert group.treasurer.last.facts["rest"] == Rial.from_toman(3_900_000)
    free, late = group.members[0], group.members[1]
    assert free.names[-2:] == ["opening.loan", "opening.waiting_line"]
    days = [from_jalali(1405, month, 1) for month in (2, 3, 4)]
    assert free.newest("opening.loan").facts["instalments"] == [(day, Rial(3_000_000)) for day in days]
    assert free.last.facts["owed"] == Rial.from_toman(900_000)
    shown = late.newest("opening.loan").facts
    assert (shown["fee"], shown["late"]) == (Rial.from_toman(100_000), 29)
    assert shown["arrears"] == Parts(fee=Rial.from_toman(40_000), principal=Rial.from_toman(400_000))
    assert "opening.loan" not in group.members[2].names
    await confirmed(group)
    assert group.chair.newest("opening.sign").facts["lent"] == Rial.from_toman(1_900_000)
    assert (await loan(stage)).state == "brought"
    await group.secretary.tap("sign")
    await group.chair.tap("sign")
    assert free.names[-2:] == ["opening.slip", "opening.loan_slip"]
    books = await stage.read(lambda conn: passbooks.books_as_text(conn, group.id))
    assert books.splitlines()[:12] == [
        "1 2026-04-04 value 2026-03-20 opening",
        "  101 +30,000,000",
        "  102 +50,000,000",
        "  111/1 +9,000,000",
        "  111/2 +10,000,000",
        *(f"  201/{phone.membership} -10,000,000" for phone in group.everybody),
        "  303 -39,000,000",
    ]
    assert (await loan(stage)).state == "running"


async def test_from_then_on_it_is_repaid_as_every_loan(stage: Stage) -> None:
    group = await running(stage)
    free = group.members[0]
    await free.press("menu_loans")
    page = free.newest("repayment.page").facts
    assert (page["from_paper"], page["left"]) == (True, Rial.from_toman(900_000))
    await report(free, "3000000")
    await group.treasurer.tap("confirm_deposit")
    assert free.newest("repayment.receipt_slip").facts["left"] == Rial.from_toman(600_000)
    assert await left(stage, group, 1) == 6_000_000
    late = group.members[1]
    await report(late, "10400000")  # all principal, and the fees of the two that are due
    await group.treasurer.tap("confirm_deposit")
    slip = late.newest("repayment.receipt_slip").facts
    assert slip["parts"] == Parts(fee=Rial(400_000), principal=Rial(10_000_000))
    assert (await loan(stage, 2)).state == "settled"
    assert await balance(stage, group, Account.LOAN_INCOME) == 400_000
    await group.treasurer.press("menu_loans")
    assert [one["name"] for one in group.treasurer.newest("repayment.board").fact("loans", list)] == [
        free.newest("repayment.page").facts["name"]
    ]


async def test_an_instalment_is_taken_back_and_what_is_left_is_written_off(stage: Stage) -> None:
    group = await running(stage)
    free = group.members[0]
    await report(free, "3000000")
    await group.treasurer.tap("confirm_deposit")
    await taken_back(group)
    await group.chair.tap("agree_reversal")
    assert free.last.name == "repayment.taken_back"
    assert await left(stage, group, 1) == 9_000_000
    assert "propose.opened" in await put_to_vote(group.chair)
    await voted(group, "yyy-yy")
    assert (await loan(stage)).state == "written_off"
    assert await balance(stage, group, Account.LOAN_LOSSES) == 9_000_000
    await free.press("menu_loans")
    assert free.newest("repayment.lost").facts["from_paper"] is True


async def test_what_she_says_is_left_is_put_before_her_again_with_its_instalments(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    treasurer, member = group.treasurer, group.members[0]
    await member.tap("wrong")
    await member.tap("claim_loan")
    await member.say("۶۰۰ هزار تومان")
    assert await member.tap("confirm") == ["opening.you_disputed"]
    assert member.newest("opening.disputed_line").facts["of_loan"] is True
    assert treasurer.last.facts["claimed"] == Rial.from_toman(600_000)
    await treasurer.tap("line", treasurer.last)
    await treasurer.tap("10000000")
    assert treasurer.newest("opening_line.savings").facts["claimed"] is None
    assert treasurer.newest("opening_line.same_loans").facts["claimed"] == Rial.from_toman(600_000)
    await treasurer.tap("no")
    await treasurer.tap("yes")
    await old_loan(treasurer, ("۶۰۰ هزار تومان", "3", "۱ اردیبهشت", "method_zero"))
    assert await treasurer.tap("no") == ["opening_line.written", "opening.page"]
    assert member.names[-2:] == ["opening.loan", "opening.waiting_line"]
    await member.tap("right", member.last)
    found = await line(stage, member)
    assert (found.state, found.claimed, found.of_loan) == (LineState.CONFIRMED, None, False)
    assert [one.principal for one in await brought(stage, member)] == [Rial.from_toman(600_000)]


async def test_another_loan_beside_the_savings_she_named_is_put_before_her(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    treasurer, member = group.treasurer, group.members[0]
    await member.tap("wrong")
    await member.tap("claim_savings")
    await member.say("یک میلیون و دویست هزار تومان")
    await member.tap("confirm")
    await treasurer.tap("line", treasurer.last)
    await treasurer.tap("12000000")
    await treasurer.tap("no")
    await treasurer.tap("no")
    assert (await line(stage, member)).state is LineState.WAITING
    assert await brought(stage, member) == ()
    assert member.last.facts["owed"] == Rial(0)


async def test_her_savings_corrected_as_she_says_leave_her_loan_as_it_was(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    treasurer, member = group.treasurer, group.members[0]
    before = await brought(stage, member)
    await member.tap("wrong")
    await member.tap("claim_savings")
    await member.say("یک میلیون و دویست هزار تومان")
    await member.tap("confirm")
    await treasurer.tap("line", treasurer.last)
    await treasurer.tap("12000000")
    await treasurer.tap("yes")
    assert (await line(stage, member)).state is LineState.CONFIRMED
    assert [one.fixed for one in await brought(stage, member)] == [one.fixed for one in before]


async def test_a_loan_that_changes_voids_the_signature(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    await confirmed(group)
    await group.secretary.tap("sign")
    await group.treasurer.tap("lines")
    await group.treasurer.tap_data(list(group.treasurer.last.buttons.values())[3])
    await group.treasurer.tap("10000000")
    await group.treasurer.tap("no")
    await group.treasurer.tap("no")
    assert group.chair.newest("opening.altered").edited
    assert (await opening(stage, group)).signed_by is None


async def test_two_loans_of_one_member(stage: Stage) -> None:
    group = await stage.group(offices=BOARD, members=1)
    treasurer = group.treasurer
    await treasurer.press("menu_members")
    await begun(treasurer)
    await lines_entered(treasurer, {3: FREE})
    await treasurer.tap("lines")
    await treasurer.tap_data(list(treasurer.last.buttons.values())[3])
    await treasurer.tap("10000000")
    await treasurer.tap("no")
    for answers in (FREE, WITH_FEE):
        await treasurer.tap("yes")
        await old_loan(treasurer, answers)
    await treasurer.tap("no")
    await treasurer.tap("send")
    assert group.members[0].names[-3:] == ["opening.loan", "opening.loan", "opening.waiting_line"]
    await confirmed(group)
    await group.secretary.tap("sign")
    await group.chair.tap("sign")
    assert group.members[0].names[-3:] == ["opening.slip", "opening.loan_slip", "opening.loan_slip"]
    assert await group.members[0].press("menu_passbook") == ["passbook.page"]
    loans = group.members[0].last.fact("loans", list)
    assert [one["left"] for one in loans] == [Rial(9_000_000), Rial(10_000_000)]


async def test_what_is_overdue_is_shown_with_the_fine_of_the_bylaws(stage: Stage) -> None:
    group = await stage.group(offices=BOARD, members=1)
    await lending(stage, group, Bylaws(instalment_fine=Rial(50_000)))
    await group.treasurer.press("menu_members")
    await begun(group.treasurer)
    await lines_entered(group.treasurer, {3: WITH_FEE})
    await group.treasurer.tap("send")
    shown = group.members[0].newest("opening.loan").facts
    assert shown["arrears"] == Parts(fee=Rial(400_000), principal=Rial(4_000_000), fine=Rial(50_000))
    assert (await loan(stage)).bylaws == 1


async def test_a_group_may_have_lent_all_it_had(stage: Stage) -> None:
    """Of six millions saved one is there; with the loans the books agree to the rial."""
    answers = ("۵ میلیون تومان", "10", "۱ اردیبهشت", "method_zero")
    group = await entered(stage, cash="یک میلیون تومان", bank="0", loans={3: answers})
    assert group.treasurer.last.facts["rest"] == Rial(0)
    assert await group.treasurer.tap("send") == ["opening.page"]


async def test_who_cannot_be_reached_is_witnessed_with_her_loan(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    await stage.pass_days(8)
    place = next(n for n, heard in enumerate(group.chair.heard) if heard.name == "opening.loan")
    card = group.chair.heard[place + 1]
    assert (card.name, card.facts["owed"]) == ("opening.witness", Rial.from_toman(900_000))


async def test_who_owes_and_has_saved_nothing_does_not_leave_meanwhile(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    treasurer, member = group.treasurer, group.members[0]
    await treasurer.tap("lines")
    await treasurer.tap_data(list(treasurer.last.buttons.values())[3])
    await treasurer.tap("0")
    await treasurer.tap("yes")
    await member.press("menu_me")
    await member.tap("leave")
    assert member.last.name == "leave.as_a_wish"


async def test_an_old_loan_can_be_paid_on_only_once_it_is_signed(stage: Stage) -> None:
    group = await asked(stage, LOANS)
    await group.members[0].press("menu_loans")
    assert "pay" not in group.members[0].last.choices
    assert group.members[0].newest("loan.page").facts["running"] == 0
