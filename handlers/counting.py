"""How a vote is counted: by open ballots, by the box of a secret vote, or not where names were gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain import matters, persian
from domain.elections import Contest, Elected, NobodyElected, SecondBallot, Verdict, decide, figures
from domain.ids import ProposalId
from domain.proposals import KINDS, Ballots, ProposalKind
from domain.secrecy import CountedBallot
from domain.votes import Outcome, Tally, count, outcome
from handlers.cards.contest import box_of, choices_of
from handlers.turn import Turn
from storage import assembly, ballot_box, bylaws, groups, notes, talks, traces
from storage.assembly import ProposalRow

LONGEST_WORDS = 300
CHANCE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Count:
    """What came of a vote, and what is known of the proposal only now."""

    outcome: Outcome
    tally: Tally
    learnt: Mapping[str, object] = field(default_factory=dict)


def counted(turn: Turn, found: ProposalRow) -> Count:
    """Count a vote that ends now."""
    ballots = assembly.ballots_of(turn.conn, found.id)
    if found.ballots is Ballots.NAMES:
        return Count(Outcome.ENDED, Tally(len(ballots)))
    rules = bylaws.bylaws_at(turn.conn, found.group_id, found.bylaws).rules.voting
    quorum = rules.quorum(found.call)
    majority = rules.majority_of(KINDS[found.kind].majority)
    if found.ballots is not Ballots.SECRET:
        tally = count(one.vote for one in ballots)
        return Count(outcome(tally, quorum, majority), tally)
    votes = _opened(turn, found, quorum.needed(len(ballots)))
    if votes is None:
        return Count(Outcome.NO_QUORUM, Tally(len(ballots)))
    if found.kind is ProposalKind.OFFICE:
        return _contest(turn, found, len(ballots), votes)
    tally = figures(len(ballots), votes, None)
    return Count(outcome(tally, quorum, majority), tally)


def tally_of(turn: Turn, found: ProposalRow) -> Tally:
    """Return the figures of a vote that is over."""
    ballots = assembly.ballots_of(turn.conn, found.id)
    if found.ballots is Ballots.SECRET:
        return figures(len(ballots), ballot_box.said_in(turn.conn, found.id), found.concerns)
    return count(one.vote for one in ballots)


def verdict_of(turn: Turn, found: ProposalRow, votes: Mapping[str, int]) -> Verdict:
    """Decide a ballot for an office among those who are still members."""
    contest = matters.carried(found.matter, Contest)
    members = {member.id for member in groups.members(turn.conn, found.group_id)}
    drawn = int.from_bytes(turn.desk.random_bytes(CHANCE_BYTES))
    return decide(contest, votes, members, drawn)


def _opened(turn: Turn, found: ProposalRow, needed: int) -> Mapping[str, int] | None:
    """Open the box where enough lies in it; what it said is kept without a way back to the voters."""
    box, choices = box_of(turn, found.id), choices_of(found)
    sealed = ballot_box.sealed_in(turn.conn, found.id)
    enough = len(sealed) >= needed
    opened = [box.opened(one, choices) for one in sealed] if enough else []
    readable = [one for one in opened if one is not None]
    empty_box(turn, found.id, readable)
    return Counter(one.choice for one in readable) if enough else None


def empty_box(turn: Turn, proposal: ProposalId, readable: Iterable[CountedBallot] = ()) -> None:
    """Keep of a box only what was counted: nothing where it is not opened."""
    ballot_box.keep_count(turn.conn, proposal, readable)
    talks.forget(turn.conn, "enter_papers", proposal)
    traces.leave(turn.conn, turn.now)


def _contest(turn: Turn, found: ProposalRow, electors: int, votes: Mapping[str, int]) -> Count:
    match verdict_of(turn, found, votes):
        case Elected() as elected:
            learnt = {"concerns": elected.who, "note_id": _words(turn, found, elected)}
            return Count(Outcome.ACCEPTED, figures(electors, votes, elected.who), learnt)
        case SecondBallot():
            return Count(Outcome.UNDECIDED, figures(electors, votes, None))
        case NobodyElected():
            return Count(Outcome.REJECTED, figures(electors, votes, None))


def _words(turn: Turn, found: ProposalRow, elected: Elected) -> int:
    """Put into words who was elected, as the resolution says it."""
    contest = matters.carried(found.matter, Contest)
    text = "contest.words_by_lot" if elected.by_lot else "contest.words"
    facts = {"office": contest.office, "name": turn.member(elected.who).name or ""}
    words = persian.clean_line(turn.desk.texts.render(text, facts), LONGEST_WORDS)
    return notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES))[0]
