"""The card of a deposit: for whoever may confirm it, and for the payer when another amount was counted."""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import DepositId, PersonId
from domain.offices import Confirmed, who_confirms
from domain.posting import Way
from handlers.turn import Press, Rows, Turn
from storage import groups, notes
from storage.deposits import DepositRow

KIND = "d"


def card_name(deposit_id: DepositId) -> str:
    """The card of whoever confirms."""
    return f"deposit:{deposit_id}"


def offer_name(deposit_id: DepositId) -> str:
    """The card on which the payer answers another amount."""
    return f"offer:{deposit_id}"


def send_cards(turn: Turn, found: DepositRow) -> bool:
    """Put the deposit before whoever must decide now; False where nobody can."""
    if found.state == "offered":
        member = turn.member(found.membership_id)
        payer = member.helper_id or member.person_id
        turn.card(
            payer,
            offer_name(found.id),
            "deposit.offer",
            _offer_rows(found),
            None,
            None,
            **facts_of(turn, found),
        )
        return True
    confirmers = confirmers_of(turn, found)
    for person in confirmers:
        send_card(turn, found, person)
    return bool(confirmers)


def send_card(turn: Turn, found: DepositRow, person: PersonId) -> None:
    """Give one person the card with its buttons and the picture."""
    turn.card(
        person,
        card_name(found.id),
        f"deposit.{found.state}",
        _rows(found),
        found.picture_id,
        None,
        **facts_of(turn, found),
    )


def redraw(turn: Turn, found: DepositRow) -> None:
    """Show on every card how the deposit stands now."""
    turn.redraw(card_name(found.id), f"deposit.{found.state}", _rows(found), **facts_of(turn, found))
    if found.offered is not None:
        turn.redraw(offer_name(found.id), f"deposit.{found.state}", **facts_of(turn, found))


def confirmers_of(turn: Turn, found: DepositRow) -> tuple[PersonId, ...]:
    """Return who may decide on it now."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    parties = turn.parties(turn.member(found.membership_id), found.reported_by)
    return who_confirms(Confirmed.DEPOSIT, offices, parties)


def facts_of(turn: Turn, found: DepositRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    member, group = turn.member(found.membership_id), turn.group(found.group_id)
    names = turn.names(p for p in (found.reported_by, found.decided_by) if p is not None)
    return {
        "group": group.name,
        "name": member.name or "",
        "amount": found.amount,
        "offered": found.offered,
        "way": found.way,
        "number": found.round_number,
        "day": found.value_on,
        "lacks_picture": found.way is Way.TRANSFER and found.picture_id is None,
        "reporter": names.get(found.reported_by, ""),
        "helped": member.helper_id is not None,
        "decider": names.get(found.decided_by, "") if found.decided_by else "",
        "reason": (notes.note_text(turn.conn, found.note_id) or "") if found.note_id else "",
    }


def _rows(found: DepositRow) -> Rows:
    if found.state != "waiting":
        return ()
    return [
        [_press(found, "confirm", "confirm_deposit")],
        [_press(found, "other", "other_amount"), _press(found, "refuse", "not_received")],
    ]


def reporter_rows(found: DepositRow) -> Rows:
    """What whoever reported it may still do."""
    return [[_press(found, "withdraw", "withdraw_deposit")]]


def _offer_rows(found: DepositRow) -> Rows:
    return [
        [_press(found, "agree", "agree_amount")],
        [_press(found, "disagree", "disagree_amount")],
    ]


def _press(found: DepositRow, choice: str, word: str) -> Press:
    return Press(KIND, found.id, choice, found.revision, word)
