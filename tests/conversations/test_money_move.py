"""The treasurer writes down what became of the group's money."""

from __future__ import annotations

from dataclasses import replace

from conversations.parts import Candidate
from conversations.talks.money_move import Facts, Late
from domain.ids import GroupId, MembershipId, PictureId
from domain.money import Rial, Unit
from domain.moves import EnterMove, LateFine
from domain.posting import MoveKind, Way
from tests.conversations.play import Play

MARYAM = Candidate(MembershipId(7), "مریم احمدی")
ZAHRA = Candidate(MembershipId(9), "زهرا کریمی")
FACTS = Facts(GroupId(4), "امید", Unit.TOMAN, Rial(0), (), (MARYAM, ZAHRA))
MILLION = Rial.from_toman(1_000_000)


def entered(kind: MoveKind, amount: Rial = MILLION, way: Way | None = None) -> EnterMove:
    return EnterMove(FACTS.subject, kind, amount, way, None, None, None)


def test_cash_is_carried_to_the_bank(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_banked]
    bot: money_move.amount
    member: یک میلیون تومان
    bot: money_move.confirm
    member: [confirm]
    """
    assert play(replace(FACTS, entry_fee=MILLION)) == entered(MoveKind.BANKED)
    assert play.offered["money_move.amount"] == []
    confirm = play.shown["money_move.confirm"]
    assert (confirm["name"], confirm["way"], confirm["purpose"]) == ("", None, "")


def test_a_cost_says_how_it_was_paid_and_what_for_with_a_picture(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_running_cost]
    bot: money_move.amount
    member: ۸۰ هزار تومان
    bot: money_move.way
    member: [cash]
    bot: money_move.purpose
    member: (picture 3)
    bot: money_move.purpose_unread
    bot: money_move.purpose
    member: دفتر و خودکار
    bot: money_move.receipt
    member: فردا
    bot: common.picture_unread
    bot: money_move.receipt
    member: (picture 12)
    bot: money_move.confirm
    member: [confirm]
    """
    made = replace(entered(MoveKind.RUNNING_COST, Rial.from_toman(80_000), Way.CASH), purpose="دفتر و خودکار")
    assert play(FACTS) == replace(made, picture=PictureId(12))
    confirm = play.shown["money_move.confirm"]
    assert (confirm["name"], confirm["way"], confirm["purpose"]) == ("", Way.CASH, "دفتر و خودکار")


def test_the_picture_may_come_later(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_running_cost]
    bot: money_move.amount
    member: 1,000,000
    bot: money_move.way
    member: [transfer]
    bot: money_move.purpose
    member: چای جلسه
    bot: money_move.receipt
    member: [later]
    bot: money_move.confirm
    member: [confirm]
    """
    assert play(FACTS) == replace(entered(MoveKind.RUNNING_COST, way=Way.TRANSFER), purpose="چای جلسه")


def test_an_entry_fee_names_who_paid_it_and_offers_the_sum_of_the_bylaws(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_entry_fee]
    bot: money_move.member
    member: [person:9]
    bot: money_move.amount
    member: [amount:500000]
    bot: money_move.way
    member: [cash]
    bot: money_move.confirm
    member: [confirm]
    """
    fee = Rial.from_toman(50_000)
    made = replace(entered(MoveKind.ENTRY_FEE, fee, Way.CASH), member=ZAHRA.membership)
    assert play(replace(FACTS, entry_fee=fee)) == made
    assert play.shown["money_move.confirm"]["name"] == ZAHRA.name


def test_where_the_bylaws_name_no_fee_its_sum_is_typed(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_entry_fee]
    bot: money_move.member
    member: [person:9]
    bot: money_move.amount
    """
    assert play(FACTS) is None
    assert play.offered["money_move.amount"] == []


def test_a_fine_is_what_the_bylaws_say(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_late_fine]
    bot: money_move.fine
    member: [late_fine:9_2]
    bot: money_move.way
    member: [cash]
    bot: money_move.confirm
    member: [confirm]
    """
    fine = LateFine(ZAHRA.membership, 2, Rial.from_toman(20_000))
    made = replace(entered(MoveKind.LATE_FINE, fine.amount, Way.CASH), member=ZAHRA.membership)
    assert play(replace(FACTS, late=(Late(fine, ZAHRA.name),))) == replace(made, round_number=2)


def test_a_fine_that_was_not_paid_is_not_written_down(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_late_fine]
    bot: money_move.fine
    member: [late_fine:9_2]
    bot: money_move.way
    member: [transfer]
    bot: money_move.confirm
    member: [cancel]
    """
    fine = LateFine(ZAHRA.membership, 2, Rial.from_toman(20_000))
    assert play(replace(FACTS, late=(Late(fine, ZAHRA.name),))) is None
    assert play.shown["money_move.confirm"]["purpose"] == ""


def test_where_nobody_owes_a_fine_none_is_offered(play: Play) -> None:
    """
    bot: money_move.kind
    member: دیرکرد پس‌انداز
    bot: common.choose
    bot: money_move.kind
    """
    assert play(FACTS) is None
    assert MoveKind.LATE_FINE.value not in str(play.offered["money_move.kind"])


def test_a_small_charge_is_asked_back(play: Play) -> None:
    """
    bot: money_move.kind
    member: [movekind_bank_charge]
    bot: money_move.amount
    member: ۱۲۰۰
    bot: common.amount_doubt
    member: [amount:12000]
    bot: money_move.confirm
    member: [confirm]
    """
    assert play(FACTS) == entered(MoveKind.BANK_CHARGE, Rial.from_toman(1_200))


def test_a_wrong_kind_is_taken_back_and_nothing_is_written(play: Play) -> None:
    """
    bot: money_move.kind
    member: قرض
    bot: common.choose
    bot: money_move.kind
    member: [movekind_drawn]
    bot: money_move.amount
    member: /back
    bot: money_move.kind
    member: [movekind_bank_profit]
    bot: money_move.amount
    member: -۵۰۰
    bot: common.amount_negative
    bot: money_move.amount
    member: ۳۰ هزار تومان
    bot: money_move.confirm
    member: [cancel]
    """
    assert play(FACTS) is None
