"""The states of an objection: every act in every state, and the deadline of the board."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.ids import PersonId
from domain.objections import Act, State, answer_due, moved
from domain.offices import Confirmed, Offices, who_confirms
from domain.refusals import Refused

FACILITATOR, CHAIR, SECRETARY, TREASURER, MEMBER = map(PersonId, range(1, 6))
FULL = Offices(FACILITATOR, CHAIR, SECRETARY, TREASURER)

TABLE = {
    State.OPEN: {Act.ANSWER: State.ANSWERED, Act.LAPSE: State.CARRIED, Act.CONTENT: State.SETTLED},
    State.ANSWERED: {Act.CARRY: State.CARRIED, Act.CONTENT: State.SETTLED},
    State.CARRIED: {Act.SETTLE: State.SETTLED, Act.CONTENT: State.SETTLED},
    State.SETTLED: {},
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_act_in_every_state(state: State, act: Act) -> None:
    if act in TABLE[state]:
        assert moved(state, act) is TABLE[state][act]
    else:
        with pytest.raises(Refused, match="already_decided"):
            moved(state, act)


def test_from_everywhere_somebody_alone_can_end_it() -> None:
    """She who objected can always be content, so no objection must stay for ever."""
    assert {moved(state, Act.CONTENT) for state in State if state is not State.SETTLED} == {State.SETTLED}


@pytest.mark.parametrize("hour", [0, 12, 20, 21, 23])
def test_the_board_has_seven_whole_days(hour: int) -> None:
    """In Iran a day ends at 20:30 of UTC."""
    objected = datetime(2026, 4, 4, hour, tzinfo=UTC)
    last = 11 if hour <= 20 else 12
    assert answer_due(objected) == datetime(2026, 4, last, 20, 30, tzinfo=UTC)


ANSWERERS = [
    ({MEMBER}, (CHAIR, SECRETARY, TREASURER)),
    ({MEMBER, TREASURER}, (CHAIR, SECRETARY)),
    ({CHAIR, TREASURER}, (SECRETARY,)),
    ({CHAIR, SECRETARY, TREASURER}, ()),
]


@pytest.mark.parametrize(("concerned", "persons"), ANSWERERS)
def test_the_board_answers_without_those_concerned(
    concerned: set[PersonId], persons: tuple[PersonId, ...]
) -> None:
    assert who_confirms(Confirmed.OBJECTION, FULL, frozenset(concerned)) == persons


def test_without_a_board_nobody_answers() -> None:
    assert who_confirms(Confirmed.OBJECTION, Offices(FACILITATOR), frozenset({MEMBER})) == ()
