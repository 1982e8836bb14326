"""A loan on the demo's page: its price, the request, two votes of all sixteen, the money, an instalment."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.http.wording import toman
from tests.page.held import Held

Keep = Callable[[str, Page], None]
LOAN, INSTALMENT, LEFT, SAVED = toman(3_000_000), toman(517_500), toman(2_500_000), toman(2_000_000)


@pytest.fixture
def everybody(page: Page, facilitator: Held, newcomer: Held) -> list[Held]:
    """The sixteen of the group; those whose phones lie in the drawer are taken out first."""
    waiting = page.locator(".others-dialog .list button")
    for left in range(waiting.count(), 0, -1):
        page.locator(".top .others").click()
        waiting.first.click()
        expect(waiting).to_have_count(left - 1)
    ids = [phone.get_attribute("data-phone") or "" for phone in page.locator("chat-phone").all()]
    return [Held(page, one) for one in ids if one not in (facilitator.id, newcomer.id)]


@pytest.mark.skipif("KEEP_PICTURES" not in os.environ, reason="a minute of sixteen phones: for pictures")
def test_a_loan_from_its_price_to_the_first_instalment(
    page: Page, member: Held, treasurer: Held, chair: Held, everybody: Sequence[Held], keep: Keep
) -> None:
    assert len(everybody) == 16
    price_is_proposed(chair)
    member.shows("loan_terms.figures")
    keep("loan-1-price", page)
    all_vote(everybody)
    for one in everybody:
        one.shows("vote.accepted")
    loan_is_asked_for(member)
    chair.hears("vote.open")
    keep("loan-2-vote", page)
    all_vote(everybody)
    money_is_paid_out(member, treasurer, lambda: keep("loan-3-payout", page))
    assert INSTALMENT in member.hears("loan.receipt_slip").inner_text()
    keep("loan-4-receipt", page)
    instalment_is_paid(member, treasurer, lambda: keep("loan-5-instalment", page))
    assert LEFT in member.hears("repayment.receipt_slip").inner_text()
    passbook = member.presses("menu_passbook", "passbook.page").inner_text()
    assert SAVED in passbook
    assert LEFT in passbook
    keep("loan-6-passbook", page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{page.url}phone/{member.id}")
    member.hears("passbook.page")
    keep("loan-7-phone", page)


def price_is_proposed(proposer: Held) -> None:
    """One per cent a month, asked as twelve a year; the rest as we propose it."""
    proposer.presses("menu_assembly", "assembly.page")
    proposer.taps("open_rules", "rules.page")
    proposer.taps("rules_loan_terms", "loan_terms.multiple")
    proposer.says("۳", "loan_terms.fund_per_cent")
    proposer.says("۲۵", "loan_terms.instalments")
    proposer.says("۱۲", "loan_terms.method")
    proposer.taps("method_fixed_fee", "loan_terms.rate")
    proposer.says("۱۲", "loan_terms.confirm")
    proposer.taps("confirm", "propose.opened")


def all_vote(everybody: Sequence[Held]) -> None:
    for one in everybody:
        one.taps("vote_yes")


def loan_is_asked_for(borrower: Held) -> None:
    borrower.presses("menu_loans", "loan.may_ask")
    borrower.taps("ask_for_loan", "ask_loan.purpose")
    borrower.says("خرید دو گوسفند", "ask_loan.amount")
    borrower.says("سه میلیون تومان", "ask_loan.months")
    borrower.says("۶", "ask_loan.consent")
    borrower.taps("consent", "ask_loan.confirm")
    borrower.taps("confirm", "ask_loan.sent_to_vote")


def money_is_paid_out(borrower: Held, treasurer: Held, look: Callable[[], None]) -> None:
    assert LOAN in treasurer.hears("loan.pay").inner_text()
    treasurer.taps("paid_in_cash")
    treasurer.shows("loan.you_paid")
    borrower.hears("loan.receive")
    look()
    borrower.taps("money_received")


def instalment_is_paid(borrower: Held, treasurer: Held, look: Callable[[], None]) -> None:
    borrower.presses("menu_loans", "repayment.page")
    borrower.taps("pay_instalment", "repay.amount")
    borrower.taps(INSTALMENT, "saving.way")
    borrower.taps("cash", "repay.confirm")
    borrower.taps("confirm", "saving.written_down")
    assert INSTALMENT in treasurer.hears("deposit.waiting").inner_text()
    look()
    treasurer.taps("confirm_deposit")
