"""Objections: what can be objected to, the states an objection goes through, and until when it is answered.

An objection stops nothing: an entry, a resolution, a round stays as it is. It is answered by the board; who
is not content carries it to the facilitator, and without an answer in time it goes there by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import local_day, moment_of
from domain.ids import MembershipId, ObjectionId
from domain.refusals import Refused

ANSWER_DAYS = 7  # whole days the board has
MOST_AT_ONCE = 3  # of one member, not settled yet


class About(StrEnum):
    """What is objected to; each is numbered in its group."""

    ENTRY = "entry"
    RESOLUTION = "resolution"
    ROUND = "round"


class State(StrEnum):
    """How an objection stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CARRIED = "carried"
    SETTLED = "settled"


class Act(StrEnum):
    """What happens to an objection."""

    ANSWER = "answer"  # by the board
    LAPSE = "lapse"  # by itself: the board has not answered in time, or nobody of it can
    CARRY = "carry"  # by who objected, to the facilitator
    SETTLE = "settle"  # by the facilitator
    CONTENT = "content"  # by who objected


MOVES: Mapping[tuple[State, Act], State] = {
    (State.OPEN, Act.ANSWER): State.ANSWERED,
    (State.OPEN, Act.LAPSE): State.CARRIED,
    (State.ANSWERED, Act.CARRY): State.CARRIED,
    (State.CARRIED, Act.SETTLE): State.SETTLED,
    (State.OPEN, Act.CONTENT): State.SETTLED,
    (State.ANSWERED, Act.CONTENT): State.SETTLED,
    (State.CARRIED, Act.CONTENT): State.SETTLED,
}


@dataclass(frozen=True, slots=True)
class Object:
    """Object to an entry, a resolution or a round of one's group, in one's own words."""

    membership: MembershipId
    about: About
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class AnswerObjection:
    """The board's answer, or the facilitator's last word where it was carried to her."""

    objection: ObjectionId
    revision: int
    words: str


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """Say that one is content, or carry it to the facilitator."""

    objection: ObjectionId
    revision: int
    content: bool


ObjectionCommand = Object | AnswerObjection | TakeAnswer


def moved(state: State, act: Act) -> State:
    """Return how it stands after the act. Refused `already_decided` where the act no longer fits."""
    if (state, act) not in MOVES:
        raise Refused("already_decided")
    return MOVES[state, act]


def answer_due(objected_at: datetime) -> datetime:
    """Return the end of the last day for an answer, in Iran: whole days after the one of objecting."""
    return moment_of(local_day(objected_at) + timedelta(days=ANSWER_DAYS + 1))
