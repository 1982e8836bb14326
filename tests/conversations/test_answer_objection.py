"""An objection is answered in words that she reads."""

from __future__ import annotations

from dataclasses import replace

from conversations.talks.answer_objection import Facts
from domain.ids import ObjectionId
from domain.objections import About, AnswerObjection
from tests.conversations.play import Play

FACTS = Facts(ObjectionId(4), 1, "مریم احمدی", About.ENTRY, 12, "من ۵۰۰ هزار تومان دادم", last=False)


def test_the_board_answers(play: Play) -> None:
    """
    bot: answer_objection.words
    member: رسید بانک ۴۵۰ هزار تومان است
    bot: answer_objection.confirm
    member: [confirm]
    """
    assert play(FACTS) == AnswerObjection(ObjectionId(4), 1, "رسید بانک ۴۵۰ هزار تومان است")


def test_the_facilitator_says_the_last_word_and_thinks_twice(play: Play) -> None:
    """
    bot: answer_objection.words
    member: (picture 2)
    bot: objection.unread
    bot: answer_objection.words
    member: با هم حساب کردیم
    bot: answer_objection.confirm
    member: /back
    bot: answer_objection.words
    member: با هم حساب کردیم و درست شد
    bot: answer_objection.confirm
    member: [confirm]
    """
    said = play(replace(FACTS, last=True))
    assert said == AnswerObjection(ObjectionId(4), 1, "با هم حساب کردیم و درست شد")
    assert play.shown["answer_objection.confirm"]["last"] is True


def test_a_no_at_the_end_answers_nothing(play: Play) -> None:
    """
    bot: answer_objection.words
    member: نمی‌دانم
    bot: answer_objection.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
