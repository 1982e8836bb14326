"""Who may propose what: every kind, by everybody who might."""

from __future__ import annotations

import pytest

from domain.bylaws import Bylaws
from domain.ids import PersonId
from domain.offices import Offices, enters_ballots
from domain.proposals import KINDS, Ballots, ProposalKind, ballots_by, proposable

FACILITATOR, CHAIR, SECRETARY, TREASURER, MEMBER, STRANGER = map(PersonId, range(1, 7))
FULL = Offices(FACILITATOR, CHAIR, SECRETARY, TREASURER)
NEW = Offices(FACILITATOR)
ALL = tuple(kind for kind, rule in KINDS.items() if rule.proposers)  # the others have a talk of their own

TABLE = [
    (MEMBER, FULL, True, ALL),
    (CHAIR, FULL, True, ALL),
    (TREASURER, FULL, True, ALL),
    (MEMBER, NEW, True, ALL),
    (FACILITATOR, NEW, False, ALL),
    (FACILITATOR, Offices(FACILITATOR, None, SECRETARY), False, ALL),
    (FACILITATOR, FULL, False, ()),
    (STRANGER, FULL, False, ()),
    (STRANGER, NEW, False, ()),
    (CHAIR, FULL, False, ()),
]


@pytest.mark.parametrize(("person", "offices", "belongs", "kinds"), TABLE)
def test_who_may_propose_what(
    person: PersonId, offices: Offices, belongs: bool, kinds: tuple[ProposalKind, ...]
) -> None:
    assert proposable(person, offices, belongs=belongs) == kinds


def test_every_kind_has_its_rule() -> None:
    assert tuple(KINDS) == tuple(ProposalKind)


@pytest.mark.parametrize(
    ("offices", "parties", "who"),
    [
        (FULL, (), SECRETARY),
        (FULL, (MEMBER,), SECRETARY),
        (FULL, (SECRETARY,), CHAIR),
        (FULL, (SECRETARY, CHAIR), FACILITATOR),
        (Offices(FACILITATOR, CHAIR, None, TREASURER), (), CHAIR),
        (Offices(FACILITATOR, None, None, TREASURER), (), FACILITATOR),
    ],
)
def test_who_enters_the_votes_of_members_without_a_phone(
    offices: Offices, parties: tuple[PersonId, ...], who: PersonId
) -> None:
    assert enters_ballots(offices, frozenset(parties)) == who


def test_the_bylaws_make_open_votes_secret_and_no_other() -> None:
    usual = {kind: rule.ballots for kind, rule in KINDS.items()}
    assert {kind: ballots_by(kind, Bylaws()) for kind in KINDS} == usual
    secret = {kind: ballots_by(kind, Bylaws(secret_votes=True)) for kind in KINDS}
    assert secret == {
        kind: Ballots.SECRET if ballots is Ballots.OPEN else ballots for kind, ballots in usual.items()
    }
