"""Taps on the programme's messages: what to do next as a newcomer, and what became of a lead."""

from __future__ import annotations

from domain.commands import LeadState, MarkLead
from domain.ids import LeadId
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.turn import Turn
from handlers.views import about, leads

NEXT = {"interest": "interest", "where": "where"}


def on_about(turn: Turn, _id: int, choice: str, _revision: int) -> str | None:
    """Begin what the newcomer chose."""
    if choice == "code":
        about.have_code(turn)
    return NEXT.get(choice)


def on_lead(turn: Turn, lead_id: int, choice: str, _revision: int) -> str | None:
    """Mark a lead; that may be changed later, so no card is ever too old."""
    if choice not in {state.value for state in LeadState}:
        raise Refused("not_found")
    carry_out(turn, MarkLead(LeadId(lead_id), LeadState(choice)))
    return None


def on_more(turn: Turn, last_shown: int, _choice: str, _revision: int) -> str | None:
    """Show the leads before the last one shown."""
    leads.show_open(turn, LeadId(last_shown))
    return None
