"""Whatever members do during a vote, it ends as the rules say of the electors fixed at its opening."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from domain.ids import MembershipId, PersonId, Platform
from domain.places import Places
from domain.proposals import CastBallot, ProposalKind, Propose
from domain.refusals import Refused
from domain.votes import Vote, VotingRules, count, outcome
from handlers import leaving, voting
from handlers.carry_out import carry_out
from handlers.turn import Desk, Turn
from storage import assembly, groups, people
from storage.assembly import ProposalRow
from storage.copying import opened
from storage.verify import verify
from tests.installation import Chance
from tests.storage.founding import START, found
from texts.engine import Texts

RULES = VotingRules()
DESK = Desk(Texts(), b"a key for tests only", {}, Places((), {}), "", Chance(), poster=str.encode)
DOINGS = st.sampled_from(["yes", "no", "abstain", "yes", "no", "yes", "late", "leaves", "joins"])
LIVES = st.lists(st.tuples(st.integers(0, 7), DOINGS), max_size=14)


class Life:
    """A group while it votes, and what must come of it."""

    def __init__(self, conn: Connection, members: int) -> None:
        self.conn, self.here = conn, found(conn, members, rounds=0)
        self.members: list[MembershipId] = []
        for member, person in zip(self.here.members, self.here.persons, strict=True):
            self._has_account(member, person)
        carry_out(
            self._turn(self.members[0], START), Propose(self.here.group, ProposalKind.RESOLUTION, "words")
        )
        (self.vote,) = assembly.open_proposals(conn, self.here.group)
        self.said: dict[MembershipId, Vote | None] = dict.fromkeys(self.members)
        self.left: set[MembershipId] = set()

    @property
    def now(self) -> ProposalRow:
        return self.vote if (one := assembly.proposal_by_id(self.conn, self.vote.id)) is None else one

    def does(self, who: int, doing: str) -> None:
        """Somebody votes, in time or late, leaves or joins."""
        member = self.members[who % len(self.members)]
        match doing:
            case "joins":
                self._joins()
            case "leaves":
                self._leaves(member)
            case "late":
                assert self._votes(member, Vote.NO, self.vote.closes_at) == "voting_has_ended"
            case _:
                self._votes_in_time(member, Vote(doing))

    def _votes_in_time(self, member: MembershipId, vote: Vote) -> None:
        refused = self._votes(member, vote, START)
        assert refused == self._due_refusal(member)
        if refused is None:
            self.said[member] = vote
            self._is_open_while_somebody_is_awaited()

    def _leaves(self, member: MembershipId) -> None:
        self.left.add(member)
        turn = self._turn(member, START)
        leaving.depart(turn, turn.member(member))
        voting.run(DESK, self.conn, START)
        self._is_open_while_somebody_is_awaited()

    def _is_open_while_somebody_is_awaited(self) -> None:
        awaited = {one for one, said in self.said.items() if said is None} - self.left
        assert (self.now.state == "open") == bool(awaited)

    def _due_refusal(self, member: MembershipId) -> str | None:
        if member in self.left:
            return "not_a_member"
        return None if member in self.said else "not_an_elector"

    def _votes(self, member: MembershipId, vote: Vote, at: datetime) -> str | None:
        try:
            carry_out(self._turn(member, at), CastBallot(self.vote.id, member, vote))
        except Refused as refused:
            return refused.name
        return None

    def _joins(self) -> None:
        person = people.add_person(self.conn, "somebody", None, START)
        of = {"group_id": self.here.group, "person_id": person, "state": "admitted", "applied_at": START}
        self._has_account(groups.add_membership(self.conn, **of), person)

    def _has_account(self, member: MembershipId, person: PersonId) -> None:
        number = 1000 + len(self.members)
        made = people.account_for(self.conn, Platform.BALE, number, number, START)
        people.attach(self.conn, made.id, person)
        self.members.append(member)

    def _turn(self, member: MembershipId, at: datetime) -> Turn:
        row = groups.member_by_id(self.conn, member)
        assert row is not None
        account = people.account_to_tell(self.conn, row.person_id)
        return Turn(DESK, self.conn, at, account, person=people.person_by_id(self.conn, row.person_id))


@settings(max_examples=60, derandomize=True)
@given(members=st.integers(1, 6), life=LIVES)
def test_the_vote_ends_as_the_rules_say(
    sqlite_template: Path, members: int, life: list[tuple[int, str]]
) -> None:
    with opened(f"sqlite:///{sqlite_template}") as conn:  # never committed
        village = Life(conn, members)
        for who, doing in life:
            if village.now.state == "open":
                village.does(who, doing)
        voting.run(DESK, conn, village.vote.closes_at)  # the reminder was missed: it is closed at once
        tally = count(village.said.values())
        assert village.now.state == outcome(tally, RULES.first_quorum, RULES.majority).value
        resolved = assembly.latest_resolutions(conn, village.here.group, 2)
        assert [one.number for one in resolved] == ([1] if village.now.state == "accepted" else [])
        assert list(verify(conn)) == []
