"""The demo's page in a real browser: everything a group does first, by tapping."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.http.wording import said, toman
from tests.page.held import PATIENCE, Held

Keep = Callable[[str, Page], None]
LATIN_DIGITS = re.compile(r"\d", re.ASCII)


def test_a_newcomer_joins_by_the_link_the_facilitator_shows(newcomer: Held, facilitator: Held) -> None:
    facilitator.presses("menu_groups", "groups.listing")
    facilitator.taps("امید روستا", "group.page")
    link = facilitator.last.locator("a").filter(has_text="t.me").inner_text()
    newcomer.opens(link, "join.consent")
    newcomer.taps("consent", "join.phone")
    newcomer.presses("share_phone", "join.name")
    newcomer.says("گلناز صادقی", "join.purpose")
    newcomer.says("خرید چرخ خیاطی", "join.confirm")
    newcomer.taps("confirm", "join.applied")
    facilitator.hears("applicant.applied")
    facilitator.taps("admit")
    facilitator.shows("applicant.you_admitted")
    newcomer.hears("applicant.you_are_in")


def test_a_saving_on_bale_is_confirmed_on_telegram(
    page: Page, browser: Browser, address: str, member: Held, treasurer: Held, keep: Keep
) -> None:
    member.presses("menu_save", "saving.amount")
    member.taps(toman(500_000), "saving.way")
    member.taps("transfer", "saving.receipt")
    member.sends_sample_receipt("saving.confirm")
    member.taps("confirm", "saving.written_down")
    card = treasurer.hears("deposit.waiting")
    expect(card.locator("img")).to_be_visible(timeout=PATIENCE)
    treasurer.taps("confirm_deposit")
    treasurer.shows("deposit.confirmed")
    receipt = member.hears("saving.receipt_slip").inner_text()
    assert toman(2_500_000) in receipt  # four months before this one
    assert not LATIN_DIGITS.search(receipt.partition("نشان")[0])
    keep("page", page)
    alone = browser.new_page(viewport={"width": 390, "height": 844}, locale="fa-IR")
    alone.goto(f"{address}phone/{member.id}")
    expect(alone.locator(".bubble").last).to_contain_text(said("saving.receipt_slip"), timeout=PATIENCE)
    keep("phone", alone)
    alone.close()


def test_she_looks_at_her_passbook_and_at_the_fund(member: Held) -> None:
    member.presses("menu_passbook", "passbook.page")
    member.presses("menu_fund", "fund.totals")


def test_the_treasurer_looks_at_what_waits_and_at_the_rounds(treasurer: Held) -> None:
    treasurer.presses("menu_rounds", "rounds.one")
    treasurer.presses("menu_waiting", "deposit.waiting")
    treasurer.shows("waiting.count")


def test_a_reversal_asked_by_one_and_agreed_by_another(treasurer: Held, chair: Held) -> None:
    treasurer.presses("menu_reverse", "reversal.entry")
    treasurer.last.locator(".keys button").first.click()
    treasurer.hears("reversal.reason")
    treasurer.says("مبلغ دو بار نوشته شده بود", "reversal.confirm")
    treasurer.taps("confirm", "reversal.sent")
    asked = chair.hears("reversal.asked")
    chair.taps("agree_reversal")
    expect(asked).to_contain_text(said("reversal.done"), timeout=PATIENCE)
    treasurer.hears("reversal.your_wish_done")


def test_it_is_written_from_right_to_left_in_persian_digits(page: Page) -> None:
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "fa"
    first, second = (page.locator("chat-phone").nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    for time in page.locator(".bubble time, .day").all_inner_texts():
        assert not LATIN_DIGITS.search(time)
    assert page.evaluate("document.fonts.check('17px Vazirmatn')")


def test_a_link_of_the_other_messenger_is_explained(facilitator: Held) -> None:
    facilitator.presses("menu_groups", "groups.listing")
    facilitator.taps("امید روستا", "group.page")
    facilitator.last.locator("a").filter(has_text="ble.ir").click()
    expect(facilitator.all.locator(".toast")).to_contain_text("پیام‌رسان دیگر", timeout=PATIENCE)
