"""A loan on the demo's page: its price, the request, two votes of all sixteen, the money, an instalment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page

from tests.http.wording import toman
from tests.page.held import Held
from tests.page.unseen import Unseen

Keep = Callable[[str, Page], None]
LOAN, INSTALMENT, LEFT, SAVED = toman(3_000_000), toman(517_500), toman(2_500_000), toman(2_000_000)


SHEEP = "خرید دو گوسفند"


@pytest.fixture
def others(
    page: Page, member: Held, treasurer: Held, chair: Held, facilitator: Held, newcomer: Held
) -> list[Unseen]:
    """Who else is in the group; what they do is not looked at."""
    seen = {one.id for one in (member, treasurer, chair, facilitator, newcomer)}
    phones = page.request.get(f"{page.url}api/phones").json()
    return [Unseen(page, page.url, phone["id"]) for phone in phones if phone["id"] not in seen]


def test_a_loan_from_its_price_to_the_first_instalment(
    page: Page, member: Held, treasurer: Held, chair: Held, others: Sequence[Unseen], keep: Keep
) -> None:
    officers = (treasurer, chair)
    assert len((member, *officers, *others)) == 16
    price_is_proposed(chair)
    member.shows("loan_terms.figures")
    keep("loan-1-price", page)
    all_vote((member, *officers), others, "۱۲")
    for one in (member, *officers):
        one.shows("vote.accepted")
    loan_is_asked_for(member)
    chair.hears("vote.open")
    keep("loan-2-vote", page)
    all_vote((member, *officers), others, SHEEP)
    money_is_paid_out(member, treasurer, lambda: keep("loan-3-payout", page))
    assert INSTALMENT in member.hears("loan.receipt_slip").inner_text()
    keep("loan-4-receipt", page)
    instalment_is_paid(member, treasurer, lambda: keep("loan-5-instalment", page))
    assert LEFT in member.hears("repayment.receipt_slip").inner_text()
    passbook = member.presses("menu_passbook", "passbook.page").inner_text()
    assert SAVED in passbook
    assert LEFT in passbook
    assert INSTALMENT in passbook.rpartition("وام")[2]
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


def all_vote(seen: Sequence[Held], unseen: Sequence[Unseen], words: str) -> None:
    for one in unseen:
        one.taps("vote_yes", under=words)
    for phone in seen:
        phone.taps("vote_yes")


def loan_is_asked_for(borrower: Held) -> None:
    borrower.presses("menu_loans", "loan.may_ask")
    borrower.taps("ask_for_loan", "ask_loan.purpose")
    borrower.says(SHEEP, "ask_loan.amount")
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
