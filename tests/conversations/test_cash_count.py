"""The treasurer counts what is in the box; the books are named afterwards."""

from __future__ import annotations

from dataclasses import replace

from conversations.talks.cash_count import Facts
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.moves import CountCash
from tests.conversations.play import Play

NOTHING = Rial(0)
BY_BOOKS = Rial.from_toman(700_000)
FACTS = Facts(GroupId(4), "امید", Unit.TOMAN, BY_BOOKS, NOTHING)


def figures(play: Play) -> tuple[object, ...]:
    """What is missing, what is too much, and why, as they are shown at the end."""
    shown = play.shown["cash_count.confirm"]
    return shown["short"], shown["over"], shown["reason"]


def test_what_was_counted_is_what_the_books_say(play: Play) -> None:
    """
    bot: cash_count.counted
    member: ۷۰۰ هزار تومان
    bot: cash_count.confirm
    member: [confirm]
    """
    assert play(FACTS) == CountCash(FACTS.subject, BY_BOOKS, BY_BOOKS, None)
    assert figures(play) == (NOTHING, NOTHING, "")


def test_too_little_needs_a_reason(play: Play) -> None:
    """
    bot: cash_count.counted
    member: 650,000
    bot: cash_count.short
    member: (picture 3)
    bot: common.reason_unread
    bot: cash_count.short
    member: پول خرد گم شد
    bot: cash_count.confirm
    member: [confirm]
    """
    missing, why = Rial.from_toman(50_000), "پول خرد گم شد"
    assert play(FACTS) == CountCash(FACTS.subject, BY_BOOKS - missing, BY_BOOKS, why)
    assert figures(play) == (missing, NOTHING, why)


def test_too_much_is_counted_once_more(play: Play) -> None:
    """
    bot: cash_count.counted
    member: 750,000
    bot: cash_count.over
    member: /back
    bot: cash_count.counted
    member: 700,000
    bot: cash_count.confirm
    member: [cancel]
    """
    waiting, kept = Rial.from_toman(50_000), Rial.from_toman(80_000)
    assert play(replace(FACTS, waiting=waiting, kept=kept)) is None
    shown = play.shown["cash_count.over"]
    assert (shown["waiting"], shown["kept"]) == (waiting, kept)


def test_what_is_too_much_is_named_at_the_end(play: Play) -> None:
    """
    bot: cash_count.counted
    member: 750,000
    bot: cash_count.over
    member: هدیهٔ دهیار
    bot: cash_count.confirm
    member: [confirm]
    """
    over, why = Rial.from_toman(50_000), "هدیهٔ دهیار"
    assert play(FACTS) == CountCash(FACTS.subject, BY_BOOKS + over, BY_BOOKS, why)
    assert figures(play) == (NOTHING, over, why)


def test_the_box_may_be_empty(play: Play) -> None:
    """
    bot: cash_count.counted
    member: خالی
    bot: common.amount_unread
    bot: cash_count.counted
    member: [amount:0]
    bot: cash_count.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, by_books=NOTHING)) == CountCash(FACTS.subject, NOTHING, NOTHING, None)
