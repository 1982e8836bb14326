"""The card of a deposit: for whoever may confirm it, and for the payer when another amount was counted.

Whoever has read the deposit's member already hands her in.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.ids import DepositId, PersonId
from domain.offices import Confirmed, who_confirms
from domain.posting import Way
from handlers.turn import Press, Rows, Turn
from storage import groups, notes
from storage.deposits import DepositRow
from storage.groups import MemberRow

KIND = "d"


def card_name(deposit_id: DepositId) -> str:
    """The card of whoever confirms."""
    return f"deposit:{deposit_id}"


def offer_name(deposit_id: DepositId) -> str:
    """The card on which the payer answers another amount."""
    return f"offer:{deposit_id}"


def send_cards(turn: Turn, found: DepositRow, member: MemberRow | None = None) -> bool:
    """Put the deposit before whoever must decide now; False where nobody can."""
    member = member or turn.member(found.membership_id)
    if found.state == "offered":
        _ask_payer(turn, found, member)
        return True
    confirmers = confirmers_of(turn, found, member)
    for person in confirmers:
        send_card(turn, found, person, member)
    return bool(confirmers)


def _ask_payer(turn: Turn, found: DepositRow, member: MemberRow) -> None:
    """Put before the payer what was counted, or what an officer says to have taken in."""
    text, picture = ("deposit.entered", found.picture_id) if found.is_entered else ("deposit.offer", None)
    payer, facts = member.helper_id or member.person_id, facts_of(turn, found, member)
    turn.card(payer, offer_name(found.id), text, _offer_rows(found), picture, None, **facts)


def send_card(turn: Turn, found: DepositRow, person: PersonId, member: MemberRow | None = None) -> None:
    """Give one person the card with its buttons and the picture."""
    turn.card(
        person,
        card_name(found.id),
        f"deposit.{found.state}",
        _rows(found),
        found.picture_id,
        None,
        **facts_of(turn, found, member),
    )


def redraw(turn: Turn, found: DepositRow, member: MemberRow | None = None) -> None:
    """Show on every card how the deposit stands now."""
    facts = facts_of(turn, found, member)
    turn.redraw(card_name(found.id), text_of(found), _rows(found), **facts)
    if found.offered is not None:
        turn.redraw(offer_name(found.id), text_of(found), **facts)


def text_of(found: DepositRow) -> str:
    """Return the text that says how it stands; what a payer did not agree to is refused without a note."""
    if found.state == "refused" and found.note_id is None:
        return "deposit.entry_declined"
    return f"deposit.{found.state}"


def confirmers_of(turn: Turn, found: DepositRow, member: MemberRow | None = None) -> tuple[PersonId, ...]:
    """Return who may decide on it now."""
    offices = groups.offices_of(turn.conn, turn.group(found.group_id))
    parties = turn.parties(member or turn.member(found.membership_id), found.reported_by)
    return who_confirms(Confirmed.DEPOSIT, offices, parties)


def facts_of(turn: Turn, found: DepositRow, member: MemberRow | None = None) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    member, group = member or turn.member(found.membership_id), turn.group(found.group_id)
    return {
        "group": group.name,
        "name": member.name or "",
        "paid_for": found.paid_for,
        "amount": found.amount,
        "offered": found.offered,
        "way": found.way,
        "number": found.round_number,
        "day": found.value_on,
        "lacks_picture": found.way is Way.TRANSFER and found.picture_id is None,
        "reporter": _name(turn, found.reported_by, member),
        "helped": member.helper_id is not None,
        "keeper": _name(turn, found.keeper_id, member) if found.keeper_id else "",
        "decider": _name(turn, found.decided_by, member) if found.decided_by else "",
        "reason": (notes.note_text(turn.conn, found.note_id) or "") if found.note_id else "",
    }


def _name(turn: Turn, person: PersonId, member: MemberRow) -> str:
    """A person's name; the member's and that of whoever acts are known already."""
    known = {member.person_id: member.name} | ({turn.person.id: turn.person.name} if turn.person else {})
    return (known[person] if person in known else turn.names([person]).get(person)) or ""


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
