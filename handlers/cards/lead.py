"""The card of somebody interested: for whoever looks after her county."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commands import LeadState, Role
from domain.identity import Phone
from domain.ids import LeadId, PersonId
from domain.places import Place
from handlers.turn import Press, Rows, Turn
from storage import roles
from storage.leads import LeadRow

KIND = "l"
LADDER = (Role.FACILITATOR, Role.LOCAL_EXECUTOR, Role.ADMINISTRATOR)
MARKS = (LeadState.CALLED, LeadState.INVITED, LeadState.NOT_NOW)


@dataclass(frozen=True, slots=True)
class LeadShown:
    """Somebody interested as the card names her; no phone once it is erased."""

    name: str
    phone: Phone | None
    county: str
    province: str
    marked_by: str


def card_name(lead_id: LeadId) -> str:
    """Name the card in the outbox."""
    return f"lead:{lead_id}"


def send_cards(turn: Turn, found: LeadRow) -> bool:
    """Put the lead before those who look after its county; False where there is nobody yet."""
    place = place_of(turn, found)
    told = roles.for_county(turn.conn, found.county, place.province, LADDER)
    for person in told:
        send_card(turn, found, person)
    return bool(told)


def send_card(turn: Turn, found: LeadRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    turn.card(person, card_name(found.id), f"lead.{found.state}", rows_of(found), lead=shown(turn, found))


def redraw(turn: Turn, found: LeadRow) -> None:
    """Show on every card what became of the lead, and who said so."""
    turn.redraw(card_name(found.id), f"lead.{found.state}", rows_of(found), lead=shown(turn, found))


def shown(turn: Turn, found: LeadRow) -> LeadShown:
    """Return what the card's texts say about a lead."""
    place = place_of(turn, found)
    marked_by = turn.names([found.handled_by]).get(found.handled_by, "") if found.handled_by else ""
    phone = Phone(found.phone) if found.phone else None
    return LeadShown(found.name or "", phone, place.county, place.province, marked_by)


def rows_of(found: LeadRow) -> Rows:
    """Return a button for each thing that may still become of it."""
    return [
        [
            Press(KIND, found.id, state.value, 0, f"mark_{state.value}")
            for state in MARKS
            if state is not found.state
        ]
    ]


def place_of(turn: Turn, found: LeadRow) -> Place:
    """Return the lead's county; one that left the list is shown by its code."""
    return turn.desk.places.by_code(found.county) or Place(found.county, "", found.county)
