"""A member objects: to what, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conversations.talks.objection import Facts, Thing
from domain.ids import MembershipId
from domain.money import Rial
from domain.objections import About, Object
from tests.conversations.play import Play

SAVED = Thing(About.ENTRY, 12, date(2026, 4, 4), Rial.from_toman(500_000))
BEFORE = Thing(About.ENTRY, 7, date(2026, 3, 4), Rial.from_toman(450_000))
RESOLVED = Thing(About.RESOLUTION, 2, date(2026, 4, 1), words="صندوق یک دفتر نو بخرد")
ROUND = Thing(About.ROUND, 3, date(2026, 4, 4), Rial.from_toman(500_000))
FACTS = Facts(MembershipId(7), "بهار", "مریم احمدی", False, (SAVED, BEFORE, RESOLVED, ROUND), 7)


def test_an_entry_is_objected_to(play: Play) -> None:
    """
    bot: objection.about
    member: [about_entry]
    bot: objection.which
    member: [numbered_entry:7]
    bot: objection.words
    member: من ۵۰۰ هزار تومان دادم، نه ۴۵۰
    bot: objection.confirm
    member: [confirm]
    """
    assert play(FACTS) == Object(MembershipId(7), About.ENTRY, 7, "من ۵۰۰ هزار تومان دادم، نه ۴۵۰")


def test_going_back_another_thing_is_chosen(play: Play) -> None:
    """
    bot: objection.about
    member: [about_resolution]
    bot: objection.which
    member: [numbered_resolution:2]
    bot: objection.words
    member: /back
    bot: objection.which
    member: /back
    bot: objection.about
    member: [about_round]
    bot: objection.which
    member: همان که دادم
    bot: common.choose
    bot: objection.which
    member: [numbered_round:3]
    bot: objection.words
    member: من هم داده بودم
    bot: objection.confirm
    member: [confirm]
    """
    assert play(FACTS) == Object(MembershipId(7), About.ROUND, 3, "من هم داده بودم")


def test_where_there_is_one_kind_only_it_is_not_asked_for(play: Play) -> None:
    """
    bot: objection.which
    member: [numbered_round:3]
    bot: objection.words
    member: (picture 3)
    bot: objection.unread
    bot: objection.words
    member: *_`
    bot: objection.unread
    bot: objection.words
    member: درست نشمردید
    bot: objection.confirm
    member: [confirm]
    """
    facts = replace(FACTS, served=True, things=(ROUND,))
    assert play(facts) == Object(MembershipId(7), About.ROUND, 3, "درست نشمردید")
    assert play.shown["objection.confirm"]["served"] is True


def test_a_no_at_the_end_objects_to_nothing(play: Play) -> None:
    """
    bot: objection.about
    member: [about_resolution]
    bot: objection.which
    member: [numbered_resolution:2]
    bot: objection.words
    member: گران است
    bot: objection.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
    assert play(replace(FACTS, things=(SAVED, RESOLVED))) is None
