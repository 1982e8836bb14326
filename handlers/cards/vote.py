"""The card of a vote, for every elector; and that of whoever enters the votes of members without a phone."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import PersonId, ProposalId
from domain.offices import enters_ballots
from domain.proposals import UNCOUNTED, Ballots, ProposalKind
from domain.votes import SECOND, last_day
from handlers.cards import bank_share, contest, election
from handlers.cards.matter import EXPLAINED, explanation
from handlers.counting import tally_of
from handlers.openers.groups import can_act
from handlers.turn import Press, Rows, Turn
from storage import assembly, bylaws, groups, notes
from storage.assembly import ProposalRow
from storage.groups import MemberRow

KIND = "b"


def card_name(proposal_id: ProposalId) -> str:
    """The card on which everybody votes."""
    return f"vote:{proposal_id}"


def entry_name(proposal_id: ProposalId) -> str:
    """The card of whoever enters votes for others."""
    return f"entry:{proposal_id}"


def pages_name(proposal_id: ProposalId) -> str:
    """What is to be read before the vote."""
    return f"pages:{proposal_id}"


def send_cards(turn: Turn, found: ProposalRow) -> None:
    """Put a vote before everybody who may cast a ballot, and before whoever enters some for others."""
    facts, rows, pages = facts_of(turn, found), rows_of(turn, found), explanation(turn, found)
    for one in assembly.ballots_of(turn.conn, found.id):
        for page in pages:
            turn.card(one.person_id, pages_name(found.id), page.text, (), page.file, None, **page.facts)
        turn.card(one.person_id, card_name(found.id), text_of(found), rows, None, None, **facts)
    send_entry(turn, found, enterer_of(turn, found))


def send_card(turn: Turn, found: ProposalRow, member: MemberRow) -> None:
    """Show a vote to one who asks; with buttons where she has a ballot, or enters those of others."""
    facts, ballots = facts_of(turn, found), assembly.ballots_of(turn.conn, found.id)
    if any(one.membership_id == member.id for one in ballots):
        turn.card(turn.me, card_name(found.id), text_of(found), rows_of(turn, found), None, None, **facts)
    else:
        turn.say("vote.about_you" if found.concerns == member.id else "vote.without_you", **facts)
    if turn.me == enterer_of(turn, found):
        send_entry(turn, found, turn.me)


def send_entry(turn: Turn, found: ProposalRow, person: PersonId) -> None:
    """Give somebody the card for entering votes, where there is anybody to enter one for."""
    served = without_account(turn, found)
    if served:
        facts = {**facts_of(turn, found), "names": [member.name or "" for member in served]}
        rows = entry_rows(found)
        turn.card(person, entry_name(found.id), entry_text_of(found), rows, None, None, **facts)


def redraw(turn: Turn, found: ProposalRow) -> None:
    """Show on every card how the vote stands now."""
    facts = facts_of(turn, found)
    turn.redraw(card_name(found.id), text_of(found), rows_of(turn, found), **facts)
    if found.state != "open":
        turn.redraw(entry_name(found.id), text_of(found), **facts)


def text_of(found: ProposalRow) -> str:
    """Return the text that says how a vote stands."""
    again = "_again" if found.state == "no_quorum" and found.call == SECOND else ""
    match found.kind:
        case ProposalKind.ELECTION:
            return f"election.{found.state}"
        case ProposalKind.OFFICE:
            return f"contest.{found.state}{again}"
        case _:
            return f"vote.{found.state}{again}"


def reminder_of(found: ProposalRow) -> str:
    """Return the text for those who have not voted when it ends today."""
    own = {ProposalKind.ELECTION: "election.reminder", ProposalKind.OFFICE: "contest.reminder"}
    return own.get(found.kind, "vote.reminder")


def entry_text_of(found: ProposalRow) -> str:
    """Return the text for whoever enters the votes of members without a phone."""
    return "contest.enter" if is_secret(found) else "vote.enter"


def facts_of(turn: Turn, found: ProposalRow) -> Mapping[str, object]:
    """Return everything the card's texts may name; how people voted only once the vote is closed."""
    ballots = assembly.ballots_of(turn.conn, found.id)
    cast = sum(one.cast_at is not None for one in ballots)
    decided_by = bylaws.bylaws_at(turn.conn, found.group_id, found.bylaws)
    facts: dict[str, object] = {
        **matter_of(turn, found),
        "proposer": turn.names([found.proposed_by]).get(found.proposed_by) or "",
        "ballots": found.ballots,
        "again": found.call == SECOND,
        "day": last_day(found.closes_at),
        "electors": len(ballots),
        "cast": cast,
        "quorum": decided_by.rules.voting.quorum(found.call).needed(len(ballots)),
        "whole": decided_by.whole,
        "lines": bank_share.lines_of(turn, found) if found.kind is ProposalKind.BANK_SHARES else (),
        "results": [],
        **_facts_of_kind(turn, found),
    }
    if found.state == "open":
        return facts
    tally = tally_of(turn, found)
    return facts | {
        "number": assembly.number_of(turn.conn, found.id),
        "yes": tally.yes,
        "no": tally.no,
        "abstained": tally.abstained,
        "absent": len(ballots) - cast,
        "entered": sum(one.entered_by is not None for one in ballots),
    }


def _facts_of_kind(turn: Turn, found: ProposalRow) -> dict[str, object]:
    """Return what the texts of an election name besides."""
    match found.kind:
        case ProposalKind.ELECTION:
            return election.facts_of(turn, found)
        case _:
            return contest.facts_of(turn, found) if is_secret(found) else {}


def is_secret(found: ProposalRow) -> bool:
    """Tell whether nobody is to know who voted how."""
    return found.ballots is Ballots.SECRET


def matter_of(turn: Turn, found: ProposalRow) -> dict[str, object]:
    """Return what the vote is about."""
    words = notes.note_text(turn.conn, found.note_id) or ""
    return {"group": turn.group(found.group_id).name, "kind": found.kind, "words": words}


def enterer_of(turn: Turn, found: ProposalRow) -> PersonId:
    """Return who enters the votes of those who cannot vote in an account of their own.

    Whom a vote is about, and who can be elected by it, has no hand in it, nor has her helper.
    """
    offices, office = groups.offices_of(turn.conn, turn.group(found.group_id)), contest.contest_of(found)
    concerned = office.candidates if office else (found.concerns,) if found.concerns is not None else ()
    parties = (turn.parties(turn.member(one)) for one in concerned)
    return enters_ballots(offices, frozenset[PersonId]().union(*parties))


def without_account(turn: Turn, found: ProposalRow) -> tuple[MemberRow, ...]:
    """Return the electors, still members, who cannot vote in an account of their own.

    Names for an election are not entered for others: they are said aloud, and anybody can name her.
    """
    if found.kind is ProposalKind.ELECTION:
        return ()
    electors = {one.membership_id for one in assembly.ballots_of(turn.conn, found.id)}
    members = groups.members(turn.conn, found.group_id)
    return tuple(m for m in members if m.id in electors and not can_act(turn, m))


def rows_of(turn: Turn, found: ProposalRow) -> Rows:
    """Return the buttons, for as long as they count; after a secret vote the code can still be asked for."""
    match found.kind, found.state:
        case _, "open" if is_secret(found):
            return [*contest.rows_of(turn, KIND, found), *_pages(found)]
        case _, state if is_secret(found) and state not in UNCOUNTED:
            return [[contest.code_button(KIND, found)]]
        case ProposalKind.ELECTION, "open":
            return election.rows_of(found)
        case _, "open":
            return _plain_rows(found)
        case _:
            return ()


def _plain_rows(found: ProposalRow) -> Rows:
    return [[_press(found, "yes"), _press(found, "no")], [_press(found, "abstain")], *_pages(found)]


def _pages(found: ProposalRow) -> Rows:
    return [[_press(found, "read")]] if found.kind in EXPLAINED else []


def entry_rows(found: ProposalRow) -> Rows:
    """Return the button that begins to enter somebody's vote."""
    word = "enter_papers" if is_secret(found) else "enter_ballot"
    return [[Press(KIND, found.id, "enter", 0, word)]]


def _press(found: ProposalRow, choice: str) -> Press:
    return Press(KIND, found.id, choice, 0, f"vote_{choice}")
