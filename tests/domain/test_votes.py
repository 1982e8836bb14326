"""Quorum, majority, ties, and until when; the numbers are those of the programme's rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import local_day
from domain.votes import (
    FIRST,
    MORE_THAN_HALF,
    SECOND,
    TWO_THIRDS,
    Outcome,
    Share,
    Tally,
    Vote,
    VotingRules,
    closes_at,
    count,
    last_day,
    outcome,
    reminds_at,
)

RULES = VotingRules()
YES, NO, NONE = Outcome.ACCEPTED, Outcome.REJECTED, Outcome.NO_QUORUM

# electors, yes, no, abstained: what comes of it at the first call and at the second
TABLE = [
    (16, 16, 0, 0, YES, YES),
    (16, 11, 0, 0, YES, YES),
    (16, 10, 0, 0, NONE, YES),
    (16, 9, 0, 0, NONE, YES),
    (16, 8, 0, 0, NONE, NONE),
    (16, 0, 0, 0, NONE, NONE),
    (16, 6, 5, 0, YES, YES),
    (16, 6, 6, 0, NO, NO),
    (16, 5, 6, 0, NO, NO),
    (16, 1, 0, 10, YES, YES),
    (16, 1, 1, 9, NO, NO),
    (16, 0, 0, 16, NO, NO),
    (15, 10, 0, 0, YES, YES),
    (15, 5, 4, 0, NONE, YES),
    (3, 1, 0, 1, YES, YES),
    (3, 1, 0, 0, NONE, NONE),
    (1, 1, 0, 0, YES, YES),
    (1, 0, 1, 0, NO, NO),
]

votes = st.none() | st.sampled_from(Vote)
ballots = st.lists(votes, min_size=1, max_size=40)
calls = st.sampled_from([FIRST, SECOND])
shares = st.sampled_from([MORE_THAN_HALF, TWO_THIRDS])
moments = st.datetimes(datetime(2023, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(("electors", "yes", "no", "abstained", "first", "second"), TABLE)
def test_what_comes_of_a_vote(
    electors: int, yes: int, no: int, abstained: int, first: Outcome, second: Outcome
) -> None:
    tally = Tally(electors, yes, no, abstained)
    assert outcome(tally, RULES.quorum(FIRST), MORE_THAN_HALF) is first
    assert outcome(tally, RULES.quorum(SECOND), MORE_THAN_HALF) is second


@pytest.mark.parametrize(
    ("share", "of", "needed"),
    [
        (MORE_THAN_HALF, 0, 1),
        (MORE_THAN_HALF, 15, 8),
        (MORE_THAN_HALF, 16, 9),
        (TWO_THIRDS, 0, 0),
        (TWO_THIRDS, 15, 10),
        (TWO_THIRDS, 16, 11),
    ],
)
def test_how_many_are_enough(share: Share, of: int, needed: int) -> None:
    assert share.needed(of) == needed


@given(shares, st.integers(0, 10_000))
def test_enough_is_exactly_the_share(share: Share, of: int) -> None:
    """No rounding of fractions: one fewer is too few."""
    needed, part = share.needed(of), share.part * of
    assert needed > part if share.exceeded else needed >= part
    assert needed - 1 <= part if share.exceeded else needed - 1 < part


@given(ballots, calls, shares)
def test_what_is_accepted_had_quorum_and_more_for_it_than_against(
    cast: list[Vote | None], call: int, majority: Share
) -> None:
    tally = count(cast)
    if outcome(tally, RULES.quorum(call), majority) is YES:
        assert 3 * tally.cast >= 2 * tally.electors or (call == SECOND and 2 * tally.cast > tally.electors)
        assert tally.yes > tally.no
        assert majority is MORE_THAN_HALF or tally.yes >= 2 * tally.no


@given(ballots)
def test_every_elector_is_counted_once(cast: list[Vote | None]) -> None:
    tally = count(cast)
    assert tally.electors == len(cast)
    assert tally.electors - tally.cast == cast.count(None)


@given(ballots, calls, shares)
def test_a_tie_is_a_no(cast: list[Vote | None], call: int, majority: Share) -> None:
    tally = count([*cast, *(Vote.NO for vote in cast if vote is Vote.YES)])
    even = Tally(tally.electors, tally.yes, tally.yes, tally.abstained)
    assert outcome(even, RULES.quorum(call), majority) is not YES


@given(ballots, calls, shares)
def test_another_yes_never_turns_an_acceptance(cast: list[Vote | None], call: int, majority: Share) -> None:
    """Whoever had not voted, or not so, and says yes at last."""
    before = outcome(count(cast), RULES.quorum(call), majority)
    for place in range(len(cast)):
        after = outcome(count([*cast[:place], Vote.YES, *cast[place + 1 :]]), RULES.quorum(call), majority)
        assert before is not YES or after is YES


@given(ballots, shares)
def test_the_second_call_never_asks_for_more(cast: list[Vote | None], majority: Share) -> None:
    first, second = (outcome(count(cast), RULES.quorum(call), majority) for call in (FIRST, SECOND))
    assert first in (second, NONE)


@given(ballots, calls, shares)
def test_with_every_ballot_cast_there_is_a_decision(
    cast: list[Vote | None], call: int, majority: Share
) -> None:
    assert outcome(count(vote or Vote.ABSTAIN for vote in cast), RULES.quorum(call), majority) is not NONE


@given(moments)
def test_a_vote_is_open_for_whole_days_and_reminded_of_on_the_last(opened: datetime) -> None:
    closing = closes_at(opened, RULES.days)
    assert timedelta(days=RULES.days) < closing - opened <= timedelta(days=RULES.days + 1)
    assert local_day(closing - timedelta(microseconds=1)) == last_day(closing)
    assert last_day(closing) == local_day(opened) + timedelta(days=RULES.days)
    assert local_day(reminds_at(closing)) == last_day(closing)
    assert opened < reminds_at(closing) < closing


def test_who_has_not_voted_is_reminded_in_the_morning_of_the_last_day() -> None:
    opened = datetime(2026, 11, 22, 6, tzinfo=UTC)
    closing = closes_at(opened, RULES.days)
    assert closing == datetime(2026, 11, 25, 20, 30, tzinfo=UTC)  # midnight in Tehran, after three whole days
    assert reminds_at(closing) == datetime(2026, 11, 25, 5, 30, tzinfo=UTC)
