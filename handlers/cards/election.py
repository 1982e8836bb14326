"""Who stands for which office: what the card of an election shows, and the card of somebody who was named."""

from __future__ import annotations

from domain import matters
from domain.elections import Election, in_order
from domain.ids import NominationId
from domain.offices import Office
from domain.refusals import Refused
from handlers.turn import Press, Rows, Turn
from storage import assembly, elections
from storage.assembly import ProposalRow
from storage.elections import NominationRow

KIND = "e"
NOMINATION = "c"


def rows_of(found: ProposalRow) -> Rows:
    """Return the buttons to stand oneself, to name somebody, and to be done."""
    offices = offices_of(found)
    stand = [
        [Press(KIND, found.id, f"stand_{one.value}", 0, "stand_for", {"office": one})] for one in offices
    ]
    others = [[Press(KIND, found.id, word, 0, word)] for word in ("name_somebody", "nobody_else")]
    return [*stand, *others]


def facts_of(turn: Turn, found: ProposalRow) -> dict[str, object]:
    """Return the offices that are up, each with those who stand."""
    named = elections.nominations_of(turn.conn, found.id)
    return {
        "offices": [
            (office, [one.name or "" for one in named if one.office is office and one.stands])
            for office in offices_of(found)
        ]
    }


def offices_of(found: ProposalRow) -> tuple[Office, ...]:
    """Return the offices of an election, in the order in which they are voted on."""
    return in_order(matters.carried(found.matter, Election).offices)


def standing_buttons(nomination: NominationId) -> Rows:
    """Return the button with which she who stands takes it back."""
    return [[_answer(nomination, "decline", "stand_no_more")]]


def ask_her(turn: Turn, found: ProposalRow, nomination: NominationId) -> None:
    """Ask somebody who was named whether she will stand."""
    one = _known(turn, nomination)
    rows = [[_answer(nomination, "accept", "i_stand"), _answer(nomination, "decline", "i_do_not_stand")]]
    facts = _facts(turn, found, one)
    turn.card(one.person_id, f"nomination:{nomination}", "election.asked", rows, None, None, **facts)


def show_answer(turn: Turn, found: ProposalRow, nomination: NominationId) -> None:
    """Show on her card what she answered."""
    one = _known(turn, nomination)
    rows = standing_buttons(nomination) if one.state == "accepted" else ()
    facts = _facts(turn, found, one)
    turn.redraw(f"nomination:{nomination}", f"election.{one.state}", rows, **facts)


def election_of_nomination(turn: Turn, nomination: NominationId) -> ProposalRow:
    """Return the election somebody was named in, its group locked."""
    found = assembly.locked_proposal(turn.conn, _known(turn, nomination).proposal_id)
    if found is None:
        raise Refused("not_found")
    return found


def _known(turn: Turn, nomination: NominationId) -> NominationRow:
    one = elections.nomination_by_id(turn.conn, nomination)
    if one is None:
        raise Refused("not_found")
    return one


def _answer(nomination: NominationId, choice: str, word: str) -> Press:
    return Press(NOMINATION, nomination, choice, 0, word)


def _facts(turn: Turn, found: ProposalRow, one: NominationRow) -> dict[str, object]:
    namer = turn.names([one.named_by]).get(one.named_by) or ""
    return {"group": turn.group(found.group_id).name, "office": one.office, "namer": namer}
