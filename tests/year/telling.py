"""The year as members read it: the bot's own messages, put one below the other for a page in Persian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.money import Rial
from storage import passbooks
from tests.phone import Heard, Phone
from tests.year.village import Village

PRINT = re.compile(r"، نشان [^\n]*")  # of the entry: it is salted, and another in every run
CODES = re.compile(r"\n\nکدهای رأی‌ها.*", re.DOTALL)  # of secret ballots: each voter has her own
MARK = re.compile(r"\*([^*\n]+)\*")
HEAD = """\
# یک سال از زندگی یک گروه

این صفحه را برنامه می‌نویسد. آزمون `tests/year` یک سال از زندگی گروهی شانزده‌نفره را با پیام و دکمه بازی می‌کند،
و آنچه این‌جا هست پیام‌هایی است که اعضا خوانده‌اند.
همان سال، آن‌طور که حسابدار می‌بیند: [دفتر](../tests/year/year.txt).
"""


async def as_members_read_it(village: Village) -> str:
    """Have everybody open her passbook and one the fund, and return the page."""
    await village.mahin.press("menu_fund")
    chair, azam = village.chair, village.azam
    parts = {
        "ماه به ماه": _named(chair, "month.closed"),
        "مصوبه‌ها": _named(azam, "vote.accepted", "vote.rejected", "contest.accepted"),
        "وام‌ها": [heard for phone in village.people.values() for heard in _loan(phone)],
        "پایان سال": [azam.newest("year_closing.closed"), azam.newest("share_surplus.yours")],
        "صندوق": [village.mahin.newest("fund.totals")],
        "دفترچه‌ها": [await _passbook(village, phone) for phone in village.voters],
    }
    return HEAD + "".join(f"\n## {title}\n\n{_bubbles(said)}" for title, said in parts.items())


def _named(phone: Phone, *names: str) -> list[Heard]:
    """Return each of these messages once, though a card may say the same."""
    return list({heard.text: heard for heard in phone.heard if heard.name in names}.values())


def _loan(phone: Phone) -> Iterator[Heard]:
    """The receipt with the plan, and the last that was said of it."""
    said = _named(phone, "loan.receipt_slip", "repayment.receipt_slip", "repayment.recovery_slip")
    yield from said[:1] + said[1:][-1:]


async def _passbook(village: Village, phone: Phone) -> Heard:
    """Open her passbook, and hold it and the last receipt against the books."""
    before = len(phone.heard)
    last = next(heard for heard in reversed(phone.heard) if "balance" in heard.facts)
    await phone.press("menu_passbook")
    page = next(heard for heard in phone.heard[before:] if heard.name == "passbook.page")
    saved = await village.ground.read(lambda conn: passbooks.member_balance(conn, phone.membership))
    assert page.fact("balance", Rial) == saved
    assert last.fact("balance", Rial) == saved or phone is village.maryam  # who hears for Naneh, too
    return page


def _bubbles(said: Iterable[Heard]) -> str:
    return "".join(f'<div dir="rtl">\n\n{_lines(heard.text)}\n\n</div>\n\n' for heard in said)


def _lines(text: str) -> str:
    """Each line a line, what is emphasised bold."""
    plain = PRINT.sub("", CODES.sub("", text))
    return "<br>\n".join(MARK.sub(r"**\1**", line) for line in plain.splitlines())
