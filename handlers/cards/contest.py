"""What the card of a secret ballot shows, and the code by which a voter finds her ballot."""

from __future__ import annotations

from datetime import timedelta

from domain import matters
from domain.elections import SECOND_BALLOT, Contest, naming
from domain.ids import MembershipId, ProposalId
from domain.offices import Office
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.secrecy import Box, CountedBallot, of_member
from domain.values import Code
from domain.votes import Vote
from handlers.turn import Press, Rows, Turn
from storage import ballot_box
from storage.assembly import ProposalRow

CODES_TOLD_FOR = timedelta(days=3)  # after the count; later nobody can be made to show hers


def ballot_key(turn: Turn) -> bytes:
    """Return what seals ballots; a refusal where the installation has none, and so no secret votes."""
    if turn.desk.ballot_key is None:
        raise Refused("no_ballot_key")
    return turn.desk.ballot_key


def box_of(turn: Turn, proposal: ProposalId) -> Box:
    """Return the ballot box of a secret vote; a refusal as in `ballot_key`."""
    return Box(ballot_key(turn), proposal)


def contest_of(found: ProposalRow) -> Contest | None:
    """Return what a ballot for an office is about; None where a secret vote is a yes or a no."""
    return matters.carried(found.matter, Contest) if found.kind is ProposalKind.OFFICE else None


def choices_of(found: ProposalRow) -> tuple[str, ...]:
    """Return all that a ballot of a secret vote can say."""
    contest = contest_of(found)
    return contest.choices if contest else tuple(vote.value for vote in Vote)


def about_of(found: ProposalRow) -> Office | ProposalKind:
    """Return what a secret vote is about, in a word: the office, or the kind of proposal."""
    contest = contest_of(found)
    return contest.office if contest else found.kind


def labels_of(turn: Turn, found: ProposalRow) -> tuple[tuple[str, str | Vote], ...]:
    """Return all that a ballot can say, each with how it is shown."""
    contest = contest_of(found)
    names = {naming(who): turn.member(who).name or "" for who in contest.candidates} if contest else {}
    return tuple((choice, names.get(choice) or Vote(choice)) for choice in choices_of(found))


def rows_of(turn: Turn, kind: str, found: ProposalRow) -> Rows:
    """Return a button for each choice, and one for the code."""
    rows = [[_press(kind, found, *one)] for one in labels_of(turn, found)]
    return [*rows, [code_button(kind, found)]]


def code_button(kind: str, found: ProposalRow) -> Press:
    """Return the button that tells a voter her code."""
    return Press(kind, found.id, "code", 0, "ballot_code")


def facts_of(turn: Turn, found: ProposalRow) -> dict[str, object]:
    """Return who stands; how many ballots say what, with their codes, only once they were counted."""
    contest, labels = contest_of(found), labels_of(turn, found)
    facts: dict[str, object] = {"office": about_of(found)}
    if contest:
        facts["candidates"] = [turn.member(who).name or "" for who in contest.candidates]
        facts["second"] = contest.ballot == SECOND_BALLOT
    counted = ballot_box.counted_in(turn.conn, found.id)
    shown = [(label, [Code(one.code) for one in counted if one.choice == choice]) for choice, label in labels]
    return facts | {"results": [(label, len(codes), codes) for label, codes in shown]}


def say_code(turn: Turn, found: ProposalRow, voter: MembershipId) -> None:
    """Tell a voter the code of her ballot, which is computed for this answer and kept nowhere."""
    if found.closed_at is not None and turn.now > found.closed_at + CODES_TOLD_FOR:
        turn.say("contest.code_no_more")
        return
    hers = _hers(turn, found, voter)
    if hers is None:
        turn.say("contest.no_code")
    else:
        turn.whisper("contest.code", code=Code(hers.code), words=about_of(found))


def _hers(turn: Turn, found: ProposalRow, voter: MembershipId) -> CountedBallot | None:
    box, choices = box_of(turn, found.id), choices_of(found)
    ballot = box.ballot_of(of_member(voter))
    if found.state == "open":
        sealed = (one for one in ballot_box.sealed_in(turn.conn, found.id) if one.id == ballot)
        return next((box.opened(one, choices) for one in sealed), None)
    counted = ballot_box.counted_in(turn.conn, found.id)
    return next((one for one in counted if one.code == box.code_of(ballot, one.choice)), None)


def _press(kind: str, found: ProposalRow, choice: str, label: str | Vote) -> Press:
    if isinstance(label, Vote):
        return Press(kind, found.id, choice, 0, f"vote_{choice}")
    return Press(kind, found.id, choice, 0, "person", {"name": label})
