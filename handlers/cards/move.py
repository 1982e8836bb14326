"""The card of a move of the group's money: for whoever must say whether it is right."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import MoveId, PersonId
from domain.offices import Confirmed, Offices, who_confirms
from domain.posting import MoveKind
from handlers.keeping import is_here
from handlers.turn import Press, Rows, Turn
from storage import groups, notes, people
from storage.moves import MoveRow

KIND = "m"


def card_name(move_id: MoveId) -> str:
    """The card of whoever confirms."""
    return f"move:{move_id}"


def send_cards(turn: Turn, found: MoveRow) -> bool:
    """Put the move before whoever must decide now; False where nobody can."""
    confirmers = confirmers_of(turn, found)
    for person in confirmers:
        send_card(turn, found, person)
    return bool(confirmers)


def send_card(turn: Turn, found: MoveRow, person: PersonId) -> None:
    """Give one person the card with its buttons and the picture."""
    facts = facts_of(turn, found)
    turn.card(
        person, card_name(found.id), f"move.{found.state}", _rows(found), found.picture_id, None, **facts
    )


def redraw(turn: Turn, found: MoveRow) -> None:
    """Show on every card how the move stands now."""
    turn.redraw(card_name(found.id), f"move.{found.state}", _rows(found), **facts_of(turn, found))


def confirmers_of(turn: Turn, found: MoveRow) -> tuple[PersonId, ...]:
    """Return who may decide on it now."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    if found.kind is MoveKind.HANDED_OVER and found.keeper_id is not None:
        return _receivers(turn, found, people.owner_of(turn.conn, found.keeper_id), offices)
    payer = turn.member(found.membership_id) if found.membership_id else None
    if payer and enterer_of(turn, found) in (payer.person_id, payer.helper_id):
        return who_confirms(Confirmed.DEPOSIT, offices, turn.parties(payer))
    other_side = (payer.helper_id or payer.person_id) if payer else None
    return who_confirms(Confirmed.ENTERED, offices, frozenset({enterer_of(turn, found)}), other_side)


def _receivers(turn: Turn, found: MoveRow, keeper: PersonId, offices: Offices) -> tuple[PersonId, ...]:
    """What the keeper says the treasurer confirms, and the other way round; else who stands in for them."""
    asked = keeper != offices.treasurer and is_here(turn, keeper, found.group_id, offices)
    parties = frozenset({enterer_of(turn, found)})
    return who_confirms(Confirmed.HANDED_OVER, offices, parties, keeper if asked else None)


def enterer_of(turn: Turn, found: MoveRow) -> PersonId:
    """Return who entered it, as the person she is today: records get joined."""
    return people.owner_of(turn.conn, found.entered_by)


def facts_of(turn: Turn, found: MoveRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    hands = (found.entered_by, found.decided_by, found.keeper_id)
    names = turn.names(p for p in hands if p is not None)
    keeper = names.get(found.keeper_id, "") if found.keeper_id else ""
    payer = turn.member(found.membership_id) if found.membership_id else None
    return {
        "group": turn.group(found.group_id).name,
        "kind": found.kind,
        "amount": found.amount,
        "way": found.way,
        "name": (payer.name or "") if payer else keeper,
        "keeper": keeper if payer else "",
        "number": found.round_number,
        "purpose": purpose_of(turn, found),
        "lacks_picture": found.kind is MoveKind.RUNNING_COST and found.picture_id is None,
        "by": names.get(found.entered_by, ""),
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
    }


def purpose_of(turn: Turn, found: MoveRow) -> str:
    """Return what it was for, nothing where that goes without saying."""
    return (notes.note_text(turn.conn, found.note_id) or "") if found.note_id else ""


def withdraw_rows(found: MoveRow) -> Rows:
    """Return what whoever entered it may still do."""
    return [[_press(found, "withdraw", "withdraw_move")]]


def _rows(found: MoveRow) -> Rows:
    if found.state != "waiting":
        return ()
    return [[_press(found, "agree", "agree_move"), _press(found, "decline", "decline_move")]]


def _press(found: MoveRow, choice: str, word: str) -> Press:
    return Press(KIND, found.id, choice, found.revision, word)
