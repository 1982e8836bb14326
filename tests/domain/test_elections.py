"""Who is elected: one ballot for each office, a second one, and then the lot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.elections import (
    FIRST_BALLOT,
    SECOND_BALLOT,
    Contest,
    Elected,
    NobodyElected,
    SecondBallot,
    Verdict,
    decide,
    figures,
    in_order,
    naming,
    won_by,
)
from domain.ids import MembershipId, ProposalId
from domain.offices import KANOON, Office
from domain.votes import Tally

A, B, C, D = map(MembershipId, range(1, 5))
NOBODY = NobodyElected()


def contest(*candidates: MembershipId, ballot: int = FIRST_BALLOT) -> Contest:
    return Contest(ProposalId(1), Office.CHAIR, candidates, ballot)


def votes(**said: int) -> dict[str, int]:
    """Ballots by letter, `abstain`, `yes` and `no`."""
    letters = {"a": naming(A), "b": naming(B), "c": naming(C), "d": naming(D)}
    return {letters.get(choice, choice): count for choice, count in said.items()}


FIRST = [
    ((A, B), votes(a=5, b=4), Elected(A)),
    ((A, B), votes(a=1, abstain=9), Elected(A)),
    ((A, B), votes(a=4, b=4, abstain=1), SecondBallot((A, B))),
    ((A, B, C), votes(a=5, b=3, c=1), Elected(A)),
    ((A, B, C), votes(a=4, b=3, c=1), SecondBallot((A, B))),
    ((A, B, C), votes(c=4, b=3, a=1), SecondBallot((B, C))),
    ((A, B, C), votes(a=4, b=2, c=2), SecondBallot((A, B, C))),
    ((A, B, C, D), votes(a=3, b=3, c=3, d=1), SecondBallot((A, B, C))),
    ((A, B), votes(abstain=9), NOBODY),
    ((A, B), {}, NOBODY),
    ((A,), votes(yes=5, no=4), Elected(A)),
    ((A,), votes(yes=4, no=4), NOBODY),
    ((A,), votes(yes=1, abstain=9), Elected(A)),
    ((A,), votes(abstain=9), NOBODY),
]
SECOND = [
    ((A, B), votes(a=5, b=4), 1, Elected(A)),
    ((A, B), votes(a=4, b=4), 6, Elected(A, by_lot=True)),
    ((A, B), votes(a=4, b=4), 7, Elected(B, by_lot=True)),
    ((A, B, C), votes(a=4, b=3, c=3), 1, Elected(A)),
    ((A, B, C), votes(a=1, b=3, c=3), 0, Elected(B, by_lot=True)),
    ((A, B), votes(abstain=8), 0, NOBODY),
]


@pytest.mark.parametrize(("candidates", "said", "verdict"), FIRST)
def test_a_first_ballot(candidates: tuple[MembershipId, ...], said: dict[str, int], verdict: Verdict) -> None:
    assert decide(contest(*candidates), said, candidates, 0) == verdict


@pytest.mark.parametrize(("candidates", "said", "drawn", "verdict"), SECOND)
def test_a_second_ballot(
    candidates: tuple[MembershipId, ...], said: dict[str, int], drawn: int, verdict: Verdict
) -> None:
    assert decide(contest(*candidates, ballot=SECOND_BALLOT), said, candidates, drawn) == verdict


def test_ballots_for_who_has_left_name_nobody() -> None:
    said = votes(a=5, b=2, c=1)
    assert decide(contest(A, B, C), said, (B, C), 0) == Elected(B)
    assert decide(contest(A, B), votes(a=5), (B,), 0) == NOBODY
    assert decide(contest(A), votes(yes=5), (), 0) == NOBODY
    assert decide(contest(A, B), votes(a=5, b=2), (), 0) == NOBODY


def test_what_a_ballot_can_say() -> None:
    assert contest(A).choices == ("yes", "no", "abstain")
    assert contest(A, B).choices == ("for_1", "for_2", "abstain")


def test_offices_are_voted_on_in_their_order() -> None:
    assert in_order(tuple(Office)) == (Office.CHAIR, Office.TREASURER, Office.SECRETARY, *KANOON)
    assert in_order((Office.SECRETARY, Office.CHAIR)) == (Office.CHAIR, Office.SECRETARY)


def test_figures_count_for_the_elected_and_for_others() -> None:
    assert figures(16, votes(a=5, b=3, abstain=2), A) == Tally(16, 5, 3, 2)
    assert figures(16, votes(yes=5, no=3, abstain=2), A) == Tally(16, 5, 3, 2)
    assert figures(16, votes(a=5, b=3), A) == Tally(16, 5, 3, 0)
    assert figures(16, votes(yes=5, no=3), None) == Tally(16, 5, 3, 0)
    assert won_by(None) == ("yes",)


counts = st.lists(st.integers(0, 8), min_size=2, max_size=5)


@given(counts, st.sampled_from([FIRST_BALLOT, SECOND_BALLOT]), st.integers(0, 2**64))
def test_nobody_is_passed_over_by_who_has_fewer(cast: list[int], ballot: int, drawn: int) -> None:
    """The elected has the most; the lot decides between equals only; a second ballot has the first two."""
    candidates = tuple(MembershipId(number) for number in range(1, len(cast) + 1))
    said = {naming(who): count for who, count in zip(candidates, cast, strict=True)}
    most = max(cast)
    match decide(contest(*candidates, ballot=ballot), said, candidates, drawn):
        case Elected(who, by_lot):
            assert said[naming(who)] == most > 0
            assert by_lot == (cast.count(most) > 1)
            assert ballot == SECOND_BALLOT or 2 * most > sum(cast)
        case SecondBallot(again):
            assert ballot == FIRST_BALLOT
            assert 2 * most <= sum(cast)
            least = min(said[naming(who)] for who in again)
            assert len(again) >= 2
            assert all(said[naming(who)] < least for who in candidates if who not in again)
            assert len([who for who in again if said[naming(who)] > least]) <= 1
        case NobodyElected():
            assert sum(cast) == 0


@given(counts, st.integers(0, 2**64))
def test_a_second_ballot_always_decides(cast: list[int], drawn: int) -> None:
    candidates = tuple(MembershipId(number) for number in range(1, len(cast) + 1))
    said = {naming(who): count for who, count in zip(candidates, cast, strict=True)}
    verdict = decide(contest(*candidates, ballot=SECOND_BALLOT), said, candidates, drawn)
    assert isinstance(verdict, Elected) == (sum(cast) > 0)
