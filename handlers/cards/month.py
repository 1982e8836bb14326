"""The card of a month's closing, for whoever confirms it."""

from __future__ import annotations

from collections.abc import Mapping

from domain.closings import sides
from domain.ids import MonthClosingId, PersonId
from domain.offices import Confirmed, who_confirms
from handlers.openers.months import checklist
from handlers.turn import Press, Rows, Turn
from storage import groups, months, people
from storage.months import MonthClosingRow

KIND = "mc"


def card_name(closing_id: MonthClosingId) -> str:
    """The card of whoever confirms."""
    return f"month:{closing_id}"


def send_cards(turn: Turn, found: MonthClosingRow) -> bool:
    """Put the closing before whoever must decide now; False where nobody can."""
    confirmers = confirmers_of(turn, found)
    for person in confirmers:
        send_card(turn, found, person)
    return bool(confirmers)


def send_card(turn: Turn, found: MonthClosingRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    facts = facts_of(turn, found)
    turn.card(person, card_name(found.id), f"month.{found.state}", _rows(found), None, None, **facts)


def redraw(turn: Turn, found: MonthClosingRow) -> None:
    """Show on every card how the closing stands now."""
    turn.redraw(card_name(found.id), f"month.{found.state}", _rows(found), **facts_of(turn, found))


def confirmers_of(turn: Turn, found: MonthClosingRow) -> tuple[PersonId, ...]:
    """Return who may decide on it now."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    return who_confirms(Confirmed.ENTERED, offices, frozenset({asker_of(turn, found)}))


def asker_of(turn: Turn, found: MonthClosingRow) -> PersonId:
    """Return who asked, as the person she is today: records get joined."""
    return people.owner_of(turn.conn, found.asked_by)


def facts_of(turn: Turn, found: MonthClosingRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    names = turn.names(p for p in (found.asked_by, found.decided_by) if p is not None)
    balances = months.balances_on(turn.conn, found.group_id, found.last_day)
    debit, credit = sides(balances)
    return {
        "group": turn.group(found.group_id).name,
        "day": found.last_day,
        "balances": balances,
        "debit": debit,
        "credit": credit,
        "checklist": checklist(turn, found.group_id, found.last_day),
        "by": names.get(found.asked_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
    }


def _rows(found: MonthClosingRow) -> Rows:
    if found.state != "asked":
        return ()
    return [[_press(found, "agree", "agree_month"), _press(found, "decline", "decline_month")]]


def _press(found: MonthClosingRow, choice: str, word: str) -> Press:
    return Press(KIND, found.id, choice, found.revision, word)
