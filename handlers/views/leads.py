"""The open leads of one's own counties, newest first, a few at a time."""

from __future__ import annotations

from domain.appointing import Mandate
from domain.ids import LeadId
from domain.refusals import Refused
from handlers.cards import lead as card
from handlers.menu import menu_of
from handlers.standing import LEAD_READERS
from handlers.turn import Press, Turn
from storage import leads, roles

KIND = "lm"
SHOWN = 10


def all_open(turn: Turn) -> None:
    """Say how many there are and show the newest."""
    counties = counties_of(turn)
    count = leads.count_open(turn.conn, counties)
    if not count:
        turn.say("lead.nobody", menu_of(turn))
        return
    turn.say("lead.count", menu_of(turn), count=count)
    show_open(turn)


def show_open(turn: Turn, before: LeadId | None = None) -> None:
    """Show the next few as cards, and a button where there are more."""
    found = leads.open_leads(turn.conn, counties_of(turn), SHOWN + 1, before)
    for one in found[:SHOWN]:
        card.send_card(turn, one, turn.me)
    if len(found) > SHOWN:
        turn.say_with("lead.more", [[Press(KIND, found[SHOWN - 1].id, "more", 0, "show_more")]])


def counties_of(turn: Turn) -> frozenset[str] | None:
    """Return the counties (codes) whose leads this person sees, None for all; others are refused kindly."""
    mine = _reading(turn)
    if not mine:
        raise Refused("not_for_you")
    if any(mandate.province is None for mandate in mine):
        return None
    return frozenset(
        place.code
        for place in turn.desk.places.all
        if any(m.covers(place.province, place.code) for m in mine)
    )


def _reading(turn: Turn) -> list[Mandate]:
    held = roles.roles_of(turn.conn, turn.me)
    return [Mandate(row.role, row.province, row.county) for row in held if row.role in LEAD_READERS]
