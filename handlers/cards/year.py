"""The card of a year's closing: its sum, step by step, for whoever confirms it."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import GroupId, PersonId, YearClosingId
from domain.offices import Confirmed, who_confirms
from domain.surplus import Year
from handlers.turn import Press, Rows, Turn
from storage import bylaws, groups, people, years
from storage.years import YearClosingRow

KIND = "ye"


def card_name(closing_id: YearClosingId) -> str:
    """The card of whoever confirms."""
    return f"year_closing:{closing_id}"


def closer_of(turn: Turn, group_id: GroupId) -> PersonId | None:
    """Return who closes the years of a group: its treasurer, nobody without one."""
    return groups.offices_of(turn.conn, turn.group(group_id)).treasurer


def say_due(turn: Turn, group_id: GroupId, year: int) -> None:
    """Say which year can be closed, with the button that begins."""
    turn.say_with("close_year.due", _begin(group_id), group=turn.group(group_id).name, year=year)


def tell_due(turn: Turn, group_id: GroupId, year: int) -> None:
    """Tell the treasurer once that a year can be closed."""
    treasurer = closer_of(turn, group_id)
    if treasurer is not None:
        key = f"year_due:{group_id}:{year}:{treasurer}"
        name = turn.group(group_id).name
        turn.tell(treasurer, "close_year.due", _begin(group_id), key, group=name, year=year)


def send_cards(turn: Turn, found: YearClosingRow) -> bool:
    """Put it before whoever confirms, show it to the rest of the board; False where nobody confirms."""
    confirmers = confirmers_of(turn, found)
    for person in confirmers:
        send_card(turn, found, person)
    board = groups.offices_of(turn.conn, turn.group(found.group_id)).board
    for person in board:
        if person not in (*confirmers, found.asked_by):
            turn.tell(person, "year_closing.shown", (), None, **facts_of(turn, found))
    return bool(confirmers)


def send_card(turn: Turn, found: YearClosingRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    facts = facts_of(turn, found)
    turn.card(person, card_name(found.id), "year_closing.asked", _rows(found), None, None, **facts)


def redraw(turn: Turn, found: YearClosingRow) -> None:
    """Show on every card what became of it."""
    turn.redraw(card_name(found.id), f"year_closing.{found.state}", **facts_of(turn, found))


def confirmers_of(turn: Turn, found: YearClosingRow) -> tuple[PersonId, ...]:
    """Return who may confirm now: not whoever asked."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    return who_confirms(Confirmed.ENTERED, offices, frozenset({people.owner_of(turn.conn, found.asked_by)}))


def facts_of(turn: Turn, found: YearClosingRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    names = turn.names(p for p in (found.asked_by, found.decided_by) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "year": year_of(turn, found),
        "whole": bylaws.bylaws_of(turn.conn, found.group_id).whole,
        "asker": names.get(found.asked_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
    }


def year_of(turn: Turn, found: YearClosingRow) -> Year:
    """Return the year as it was put before the second person, or closed."""
    sums = years.sums_of_year(turn.conn, found.group_id, found.year)
    return Year(found.year, sums, found.reserve_per_cent, found.retained)


def share_button(group_id: GroupId) -> Press:
    """Return the button that begins to propose the sharing of a surplus."""
    return Press(KIND, group_id, "share", 0, "share_surplus")


def _begin(group_id: GroupId) -> Rows:
    return [[Press(KIND, group_id, "begin", 0, "close_year")]]


def _rows(found: YearClosingRow) -> Rows:
    return [
        [Press(KIND, found.id, "agree", found.revision, "agree_year")],
        [Press(KIND, found.id, "decline", found.revision, "decline_year")],
    ]
