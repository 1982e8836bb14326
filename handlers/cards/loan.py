"""The cards of a loan: for the board that decides, for whoever pays it out, for whoever receives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from domain.calendar import local_day
from domain.ids import CommandId, LoanId, PersonId
from domain.lending import BOARD_ENOUGH, WITNESSED_AFTER, LoanCommand
from domain.offices import Confirmed, Offices, who_confirms
from domain.refusals import Refused
from handlers.turn import Press, Rows, Turn
from storage import groups, loans, notes, people
from storage.groups import MemberRow
from storage.loans import LoanRow

KIND = "w"
# The text that asks for each step, where a loan is in the state before it.
ASKING: Mapping[str, str] = {"asked": "loan.decide", "approved": "loan.pay", "paid_out": "loan.receive"}


def card_name(loan_id: LoanId, state: str) -> str:
    """The card that asks for the step after a state."""
    return f"loan_{state}:{loan_id}"


def send_cards(turn: Turn, found: LoanRow) -> bool:
    """Put a loan before everybody who is to act on it now; False where nobody can."""
    acting = actors_of(turn, found)
    for person in acting:
        send_card(turn, found, person)
    return bool(acting)


def send_card(turn: Turn, found: LoanRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    facts, text = facts_of(turn, found), ASKING[found.state]
    if found.state == "paid_out" and person != turn.member(found.membership_id).person_id:
        text = "loan.witness"
    turn.card(person, card_name(found.id, found.state), text, rows_of(found), None, None, **facts)


def redraw(turn: Turn, found: LoanRow) -> None:
    """Show on every card how the loan stands now; who said that it was paid may take that back."""
    facts = facts_of(turn, found)
    for state, asking in ASKING.items():
        if state == found.state:
            turn.redraw(card_name(found.id, state), asking, rows_of(found), **facts)
        else:
            turn.redraw(card_name(found.id, state), f"loan.{found.state}", _undo(found, state), **facts)


def _undo(found: LoanRow, state: str) -> Rows:
    if (state, found.state) == ("approved", "paid_out"):
        return [[_press(found, "deny", "not_paid_yet")]]
    return ()


def actors_of(turn: Turn, found: LoanRow) -> tuple[PersonId, ...]:
    """Return who may take the next step of a loan now: decide on it, pay it out, or say it was received."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    member = turn.member(found.membership_id)
    match found.state:
        case "asked":
            return who_confirms(Confirmed.LOAN, offices, turn.parties(member, found.asked_by))
        case "approved":
            return who_confirms(Confirmed.PAYOUT, offices, frozenset({member.person_id}))
        case "paid_out" if found.paid_by is not None:
            return _receivers(turn, found, member, offices, people.owner_of(turn.conn, found.paid_by))
        case _:
            return ()


def _receivers(
    turn: Turn, found: LoanRow, member: MemberRow, offices: Offices, payer: PersonId
) -> tuple[PersonId, ...]:
    """Whoever received it; after days of silence also a witness of the board."""
    receiver = member.helper_id or member.person_id
    asked = who_confirms(Confirmed.RECEIPT, offices, frozenset({payer}), receiver)
    if not is_witnessed(turn, found):
        return asked
    witnesses = who_confirms(Confirmed.WITNESSED, offices, turn.parties(member, payer))
    return tuple(dict.fromkeys((*asked, *witnesses)))


def is_witnessed(turn: Turn, found: LoanRow) -> bool:
    """Tell whether the borrower's side has kept silent for so long that a witness may speak."""
    return found.paid_at is not None and turn.now >= found.paid_at + timedelta(days=WITNESSED_AFTER)


def standing(turn: Turn, loan_id: LoanId, revision: int, *states: str) -> LoanRow:
    """Return a loan that is in one of these states and has not changed since the button was made.

    Its group is locked against a second decision meanwhile.
    """
    found = loans.locked_loan(turn.conn, loan_id)
    if found is None:
        raise Refused("not_found")
    if found.state not in states or found.revision != revision:
        raise Refused("already_decided")
    return found


def record(turn: Turn, command: LoanCommand, found: LoanRow) -> CommandId:
    """Note a decision on a loan, with all whom it touches."""
    member = turn.member(found.membership_id)
    return turn.record(
        command, found.group_id, (member.person_id, member.helper_id, found.asked_by, found.paid_by)
    )


def facts_of(turn: Turn, found: LoanRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    member = turn.member(found.membership_id)
    names = turn.names(p for p in (found.asked_by, found.paid_by, found.received_by) if p is not None)
    return {
        "group": turn.group(found.group_id).name,
        "name": member.name or "",
        "amount": found.principal,
        "months": found.months,
        "purpose": (notes.note_text(turn.conn, found.note_id) or "") if found.note_id else "",
        "helped": member.helper_id is not None,
        "asker": names.get(found.asked_by, ""),
        "payer": names.get(found.paid_by, "") if found.paid_by else "",
        "witness": names.get(found.received_by, "") if found.received_by else "",
        "way": found.way,
        "place": _place_of(turn, found),
        "day": local_day(found.paid_at or found.asked_at),
        "agreed": sum(loans.answers_of(turn.conn, found.id).values()),
        "enough": BOARD_ENOUGH,
    }


def _place_of(turn: Turn, found: LoanRow) -> int:
    """Return which in the queue it is, from 1; 0 outside it."""
    queue = [row.id for row in loans.queue_of_group(turn.conn, found.group_id)]
    return queue.index(found.id) + 1 if found.id in queue else 0


def rows_of(found: LoanRow) -> Rows:
    """Return the buttons of the next step."""
    match found.state:
        case "asked":
            return [[_press(found, "agree", "agree_loan")], [_press(found, "decline", "decline_loan")]]
        case "approved":
            return [[_press(found, "cash", "paid_in_cash")], [_press(found, "transfer", "paid_to_account")]]
        case "paid_out":
            return [
                [_press(found, "receive", "money_received")],
                [_press(found, "deny", "money_not_received")],
            ]
        case _:
            return ()


def withdraw_rows(found: LoanRow) -> Rows:
    """Return what whoever asked for it may still do."""
    return [[_press(found, "withdraw", "withdraw_loan")]]


def _press(found: LoanRow, choice: str, word: str) -> Press:
    return Press(KIND, found.id, choice, found.revision, word)
