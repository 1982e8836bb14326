"""The card that asks a second person whether a member has died."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import DeathId, PersonId
from domain.offices import Confirmed, who_confirms
from handlers.turn import Press, Rows, Turn
from storage import groups
from storage.deaths import DeathRow

KIND = "dd"


def card_name(death_id: DeathId) -> str:
    """The card of the second person."""
    return f"death:{death_id}"


def send_cards(turn: Turn, found: DeathRow) -> bool:
    """Put it before everyone who may be the second person; False where nobody is."""
    confirmers = confirmers_of(turn, found)
    for person in confirmers:
        send_card(turn, found, person)
    return bool(confirmers)


def send_card(turn: Turn, found: DeathRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    text, facts = f"death.{found.state}", facts_of(turn, found)
    turn.card(person, card_name(found.id), text, _rows(found), None, None, **facts)


def redraw(turn: Turn, found: DeathRow) -> None:
    """Show on every card how it stands now."""
    turn.redraw(card_name(found.id), f"death.{found.state}", _rows(found), **facts_of(turn, found))


def confirmers_of(turn: Turn, found: DeathRow) -> tuple[PersonId, ...]:
    """Return who may confirm it: neither who said it, nor her helper."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    parties = turn.parties(turn.member(found.membership_id), found.said_by)
    return who_confirms(Confirmed.DEATH, offices, parties)


def facts_of(turn: Turn, found: DeathRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    names = turn.names(p for p in (found.said_by, found.decided_by) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "name": turn.member(found.membership_id).name or "",
        "heir": found.heir or "",
        "sayer": names.get(found.said_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
    }


def _rows(found: DeathRow) -> Rows:
    if found.state != "said":
        return ()
    words = ("confirm_death", "decline_death")
    return [[Press(KIND, found.id, word, found.revision, word)] for word in words]
