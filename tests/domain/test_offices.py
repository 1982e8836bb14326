from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import PersonId
from domain.offices import BOARD, KANOON, Confirmed, Office, Offices, body_of, keeper_of, who_confirms

FACILITATOR, CHAIR, SECRETARY, TREASURER, MEMBER = map(PersonId, range(1, 6))
FULL = Offices(FACILITATOR, CHAIR, SECRETARY, TREASURER)
NEW = Offices(FACILITATOR)

D, R, A, M = Confirmed.DEPOSIT, Confirmed.REVERSAL, Confirmed.ADMISSION, Confirmed.ENTERED
L, P, W = Confirmed.LOAN, Confirmed.PAYOUT, Confirmed.WITNESSED
H = Confirmed.HANDED_OVER

TABLE = [
    (D, FULL, {MEMBER}, (TREASURER,)),
    (D, FULL, {TREASURER}, (CHAIR,)),
    (D, FULL, {MEMBER, TREASURER}, (CHAIR,)),
    (D, FULL, {TREASURER, CHAIR}, (FACILITATOR,)),
    (D, FULL, {TREASURER, CHAIR, FACILITATOR}, ()),
    (D, Offices(FACILITATOR, CHAIR), {MEMBER}, (CHAIR,)),
    (D, NEW, {MEMBER}, (FACILITATOR,)),
    (D, NEW, {FACILITATOR}, ()),
    (R, FULL, {MEMBER, SECRETARY}, (CHAIR, TREASURER)),
    (R, FULL, {CHAIR, SECRETARY, TREASURER}, (FACILITATOR,)),
    (R, NEW, {MEMBER}, (FACILITATOR,)),
    (R, NEW, {FACILITATOR}, ()),
    (A, NEW, {MEMBER}, (FACILITATOR,)),
    (A, FULL, {MEMBER}, (CHAIR, FACILITATOR)),
    (A, FULL, {CHAIR}, (FACILITATOR,)),
    (M, FULL, {TREASURER}, (CHAIR,)),
    (M, FULL, {TREASURER, CHAIR}, (SECRETARY,)),
    (M, Offices(FACILITATOR, None, None, TREASURER), {TREASURER}, (FACILITATOR,)),
    (M, Offices(FACILITATOR, None, None, FACILITATOR), {FACILITATOR}, ()),
    (L, FULL, {MEMBER}, (CHAIR, SECRETARY, TREASURER)),
    (L, FULL, {SECRETARY}, (CHAIR, TREASURER)),
    (L, NEW, {MEMBER}, ()),
    (P, FULL, {MEMBER}, (TREASURER,)),
    (P, FULL, {TREASURER}, (CHAIR,)),
    (P, Offices(FACILITATOR, treasurer=TREASURER), {TREASURER}, ()),
    (P, Offices(FACILITATOR, CHAIR, SECRETARY), {MEMBER}, ()),
    (H, FULL, {MEMBER}, (TREASURER,)),
    (H, FULL, {TREASURER}, (CHAIR,)),
    (H, Offices(FACILITATOR, None, SECRETARY, TREASURER), {TREASURER}, (SECRETARY,)),
    (H, Offices(FACILITATOR, CHAIR, SECRETARY), {MEMBER}, ()),
    (W, FULL, {MEMBER, TREASURER}, (CHAIR, SECRETARY)),
    (W, NEW, {MEMBER}, ()),
]


@pytest.mark.parametrize(
    ("held", "taker", "parties", "keeper"),
    [
        (FULL, TREASURER, {MEMBER}, None),
        (FULL, CHAIR, {TREASURER}, None),
        (Offices(FACILITATOR, CHAIR), CHAIR, {MEMBER}, CHAIR),
        (NEW, FACILITATOR, {MEMBER}, FACILITATOR),
        (FULL, SECRETARY, {MEMBER}, SECRETARY),  # who took it in before there was a treasurer
    ],
)
def test_who_keeps_cash(
    held: Offices, taker: PersonId, parties: set[PersonId], keeper: PersonId | None
) -> None:
    assert keeper_of(taker, held, frozenset(parties)) == keeper


persons = st.sampled_from([FACILITATOR, CHAIR, SECRETARY, TREASURER, MEMBER])
offices = st.builds(Offices, persons, st.none() | persons, st.none() | persons, st.none() | persons)


@pytest.mark.parametrize(("what", "held", "parties", "who"), TABLE)
def test_who_confirms(
    what: Confirmed, held: Offices, parties: set[PersonId], who: tuple[PersonId, ...]
) -> None:
    assert who_confirms(what, held, frozenset(parties)) == who


@given(st.sampled_from(Confirmed), offices, st.frozensets(persons))
def test_nobody_confirms_what_touches_them(
    what: Confirmed, held: Offices, parties: frozenset[PersonId]
) -> None:
    assert not parties & set(who_confirms(what, held, parties))


@given(st.sampled_from(Confirmed), offices, st.frozensets(persons))
def test_only_the_board_and_the_facilitator_confirm_each_named_once(
    what: Confirmed, held: Offices, parties: frozenset[PersonId]
) -> None:
    found = who_confirms(what, held, parties)
    assert set(found) <= {*held.board, held.facilitator}
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("payer", "receiver", "who"),
    [
        (TREASURER, MEMBER, MEMBER),
        (TREASURER, CHAIR, CHAIR),
        (CHAIR, TREASURER, TREASURER),
        (TREASURER, TREASURER, CHAIR),  # who helps the borrower has paid her
    ],
)
def test_the_receiver_says_that_money_was_received(
    payer: PersonId, receiver: PersonId, who: PersonId
) -> None:
    assert who_confirms(Confirmed.RECEIPT, FULL, frozenset({payer}), receiver) == (who,)


@given(offices, st.frozensets(persons))
def test_without_a_treasurer_nothing_is_paid_out(held: Offices, parties: frozenset[PersonId]) -> None:
    found = who_confirms(Confirmed.PAYOUT, held, parties)
    assert set(found) <= {held.treasurer, held.chair}
    assert held.treasurer or not found


@given(offices, st.frozensets(persons))
def test_a_deposit_is_put_to_one_person(held: Offices, parties: frozenset[PersonId]) -> None:
    assert len(who_confirms(Confirmed.DEPOSIT, held, parties)) <= 1


@given(offices, st.frozensets(persons))
def test_a_reversal_waits_only_where_everybody_is_a_party(
    held: Offices, parties: frozenset[PersonId]
) -> None:
    everybody = {*held.board, held.facilitator}
    assert bool(who_confirms(Confirmed.REVERSAL, held, parties)) == bool(everybody - parties)


def test_what_an_officer_enters_of_a_members_money_the_member_confirms() -> None:
    entered = frozenset({TREASURER})
    assert who_confirms(M, FULL, entered, MEMBER) == (MEMBER,)
    assert who_confirms(M, FULL, entered, TREASURER) == (CHAIR,)


def test_offices_are_found_by_person_and_by_name() -> None:
    assert FULL.board == (CHAIR, SECRETARY, TREASURER)
    assert FULL.of(TREASURER) == (Office.TREASURER,)
    assert FULL.of(MEMBER) == ()
    assert FULL.holder(Office.CHAIR) == CHAIR
    assert NEW.holder(Office.CHAIR) is None


def test_each_office_has_its_holder_and_its_body() -> None:
    offices = Offices(*map(PersonId, range(1, 7)))
    assert [offices.holder(office) for office in Office] == [2, 3, 4, 5, 6]
    assert [body_of(office) for office in Office] == [BOARD, BOARD, BOARD, KANOON, KANOON]
    assert offices.of(PersonId(5)) == ()
    assert offices.of(PersonId(5), KANOON) == (Office.REPRESENTATIVE,)
