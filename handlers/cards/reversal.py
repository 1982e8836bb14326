"""The card of a reversal: for whoever may be the second person."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import PersonId, ReversalId
from domain.offices import Confirmed, who_confirms
from handlers.reversing import Wrong, parties_to, wrong_of
from handlers.turn import Press, Rows, Turn
from storage import groups, notes
from storage.reversals import ReversalRow

KIND = "v"


def card_name(reversal_id: ReversalId) -> str:
    """The card of the second person."""
    return f"reversal:{reversal_id}"


def send_cards(turn: Turn, found: ReversalRow) -> None:
    """Put the reversal before everyone who may be the second person."""
    for person in confirmers_of(turn, found):
        send_card(turn, found, person)


def send_card(turn: Turn, found: ReversalRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    turn.card(
        person,
        card_name(found.id),
        f"reversal.{found.state}",
        _rows(found),
        None,
        None,
        **facts_of(turn, found),
    )


def redraw(turn: Turn, found: ReversalRow) -> None:
    """Show on every card how the matter stands now."""
    turn.redraw(card_name(found.id), f"reversal.{found.state}", _rows(found), **facts_of(turn, found))


def confirmers_of(turn: Turn, found: ReversalRow, wrong: Wrong | None = None) -> tuple[PersonId, ...]:
    """Return who may decide: neither who asked, nor who had a hand in it, nor whose money it is."""
    parties = parties_to(turn, wrong or wrong_of(turn, found.entry_id), found.asked_by)
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    return who_confirms(Confirmed.REVERSAL, offices, parties)


def facts_of(turn: Turn, found: ReversalRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    wrong = wrong_of(turn, found.entry_id)
    names = turn.names(p for p in (found.asked_by, found.decided_by) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "name": wrong.name,
        "amount": wrong.amount,
        "what": wrong.what,
        "number": wrong.entry.sequence,
        "day": wrong.entry.booked_on,
        "asker": names.get(found.asked_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
        "reason": notes.note_text(turn.conn, found.note_id) or "",
    }


def _rows(found: ReversalRow) -> Rows:
    if found.state != "asked":
        return ()
    return [
        [Press(KIND, found.id, "agree", found.revision, "agree_reversal")],
        [Press(KIND, found.id, "decline", found.revision, "decline_reversal")],
    ]
