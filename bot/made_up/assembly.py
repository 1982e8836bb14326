"""What a made-up group decides: its members vote, it resolves, it adopts rules and accepts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.made_up.books import MadeUpBooks, Someone
from domain import bylaws, matters
from domain.agreements import Document
from domain.bylaws import Bylaws, LoanRules, amended
from domain.ids import MembershipId, ProposalId
from domain.ledger import NoteRef
from domain.offices import enters_ballots
from domain.persian import clean_line
from domain.proposals import KINDS, ProposalKind, ballots_by
from domain.votes import FIRST, Outcome, Tally, Vote, closes_at, count, outcome
from texts.engine import Texts

# Some vote no or abstain, some not at all.
SAID, OFTEN = (Vote.YES, Vote.NO, Vote.ABSTAIN, None), (85, 6, 4, 5)
LONGEST_WORDS = 300
ANSWERS_WITHIN = timedelta(hours=60)  # who votes, or accepts, at all


@dataclass(frozen=True, slots=True)
class Put:
    """What is put to the vote, by whom and when."""

    kind: ProposalKind
    words: str  # the name of its text
    facts: Mapping[str, object]
    matter: matters.Matter
    by: Someone
    at: datetime
    concerns: MembershipId | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a vote."""

    proposal: ProposalId
    outcome: Outcome
    closed_at: datetime


@dataclass
class MadeUpAssembly:
    """The votes of one group; `rules` are those of the version that holds."""

    books: MadeUpBooks
    members: Sequence[Someone]
    texts: Texts
    chance: Random
    rules: Bylaws = field(default_factory=Bylaws)
    version: int = 0
    resolved: int = 0

    def agree(self, put: Put, rules: LoanRules) -> None:
        """Vote on what loans cost; if it is accepted, every member accepts the new version."""
        decided = self.decide(put)
        if decided.outcome is not Outcome.ACCEPTED:
            return
        self.rules, self.version = amended(self.rules, rules), self.version + 1
        about = {"version": self.version, "proposal_id": decided.proposal, "adopted_at": decided.closed_at}
        written = {"group_id": self.books.group, "rules": bylaws.write(self.rules)}
        self.books.rows["bylaws"].append(about | written)
        asked = {"document": Document.BYLAWS.value, "version": self.version, "asked_at": decided.closed_at}
        for one in self.members:
            at = decided.closed_at + ANSWERS_WITHIN * self.chance.random()
            said = {"membership_id": one.membership, "accepted_at": at, "accepted_by": one.reporter}
            self.books.rows["acceptance"].append(asked | said)

    def decide(self, put: Put) -> Decided:
        """Have everybody vote; the vote ends with the last ballot, or on its day."""
        number = ProposalId(next(self.books.numbers["proposal"]))
        cast = {one: self._cast(number, one, put.at) for one in self.members}
        tally, moments = count(vote for vote, _ in cast.values()), [at for _, at in cast.values()]
        ends = closes_at(put.at, self.rules.voting.days)
        closed_at = max(at or ends for at in moments)
        majority = self.rules.voting.majority_of(KINDS[put.kind].majority)
        result = outcome(tally, self.rules.voting.quorum(FIRST), majority)
        note = self.books.note(clean_line(self.texts.render(put.words, put.facts), LONGEST_WORDS))
        row = self._row(number, put, note) | {"closes_at": ends, "due_at": ends}
        self.books.rows["proposal"].append(row | {"state": result.value, "closed_at": closed_at})
        if result is Outcome.ACCEPTED:
            self._resolve(row, note, tally, closed_at)
        return Decided(number, result, closed_at)

    def _cast(
        self, number: ProposalId, one: Someone, opened: datetime
    ) -> tuple[Vote | None, datetime | None]:
        (vote,) = self.chance.choices(SAID, OFTEN)
        at = opened + ANSWERS_WITHIN * self.chance.random() if vote else None
        by = enters_ballots(self.books.offices) if one.helper and vote else None
        if at is not None:
            self.books.record("CastBallot", by or one.person, at, one.parties)
        row = {"proposal_id": number, "membership_id": one.membership, "cast_at": at, "entered_by": by}
        self.books.rows["ballot"].append(row | {"vote": vote})
        return vote, at

    def _row(self, number: ProposalId, put: Put, note: NoteRef) -> dict[str, object]:
        of = {"id": number, "group_id": self.books.group, "kind": put.kind.value, "note_id": note.id}
        by = {"proposed_by": put.by.reporter, "opened_at": put.at, "bylaws": self.version, "call": FIRST}
        how = {"ballots": ballots_by(put.kind, self.rules).value, "concerns": put.concerns}
        return {**of, **by, **how, "matter": matters.write(put.matter)}

    def _resolve(self, row: Mapping[str, object], note: NoteRef, tally: Tally, at: datetime) -> None:
        self.resolved += 1
        figures = {"electors": tally.electors, "yes": tally.yes, "no": tally.no, "abstained": tally.abstained}
        of = {"group_id": self.books.group, "proposal_id": row["id"], "number": self.resolved}
        prints = {"note_hash": note.hash, "matter_hash": matters.print_of(str(row["matter"]))}
        self.books.rows["resolution"].append(of | figures | prints | {"resolved_at": at})
