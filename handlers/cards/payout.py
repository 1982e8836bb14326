"""The card of a payout: for who pays, and for the member who gets it, or who helps her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from domain.ids import PayoutId, PersonId
from domain.lending import WITNESSED_AFTER
from domain.offices import Confirmed, Offices, who_confirms
from domain.posting import Owed
from handlers.turn import Press, Rows, Turn
from storage import deaths, groups, people
from storage.groups import MemberRow
from storage.payouts import PayoutRow

KIND = "po"


def card_name(payout_id: PayoutId) -> str:
    """The card of who pays."""
    return f"payout:{payout_id}"


def question_name(payout_id: PayoutId) -> str:
    """The card on which the money is said to be there."""
    return f"payout_question:{payout_id}"


def send_due(turn: Turn, found: PayoutRow) -> None:
    """Put it before whoever pays now."""
    for person in payers_of(turn, found):
        send_card(turn, found, person)


def send_question(turn: Turn, found: PayoutRow) -> None:
    """Ask whether the money is there."""
    for person in receivers_of(turn, found):
        send_card(turn, found, person)


def send_card(turn: Turn, found: PayoutRow, person: PersonId) -> None:
    """Give one person the card with the buttons that hold now."""
    asks = found.state == "paid"
    name, text = (question_name, "payout.question") if asks else (card_name, "payout.due")
    turn.card(person, name(found.id), text, _rows(found), None, None, **facts_of(turn, found))


def redraw(turn: Turn, found: PayoutRow) -> None:
    """Show on every card how it stands now."""
    facts = facts_of(turn, found)
    rows = _rows(found) if found.state == "due" else ()
    turn.redraw(card_name(found.id), f"payout.{found.state}", rows, **facts)
    turn.redraw(question_name(found.id), standing(found), (), **facts)


def standing(found: PayoutRow) -> str:
    """Return the text by which who does not pay it reads how it stands."""
    return "payout.waits" if found.state == "due" else f"payout.{found.state}"


def payers_of(turn: Turn, found: PayoutRow) -> tuple[PersonId, ...]:
    """Return who may pay now: the treasurer, and the chair what the treasurer gets.

    Whoever pays a leaver confirms what her helper wished for: such a helper does not pay it.
    """
    if found.state != "due":
        return ()
    member = turn.member(found.membership_id)
    parties = turn.parties(member) if found.kind is Owed.LEAVING else frozenset({member.person_id})
    return who_confirms(Confirmed.PAYOUT, _offices(turn, found), parties)


def receivers_of(turn: Turn, found: PayoutRow) -> tuple[PersonId, ...]:
    """Return who may say that it is there: the member or who helps her; after some days another officer."""
    if found.state != "paid" or found.paid_by is None or found.paid_at is None:
        return ()
    member, payer = turn.member(found.membership_id), people.owner_of(turn.conn, found.paid_by)
    offices, side = _offices(turn, found), _side(turn, member)
    first = who_confirms(Confirmed.RECEIPT, offices, frozenset({payer}), side)
    if turn.now < found.paid_at + timedelta(days=WITNESSED_AFTER):
        return first
    parties = turn.parties(member, payer)
    return (*first, *(p for p in who_confirms(Confirmed.WITNESSED, offices, parties) if p not in first))


def _side(turn: Turn, member: MemberRow) -> PersonId | None:
    """Return who says that it is there: she or her helper; nobody where she died, so that the chair does."""
    return None if deaths.has_died(turn.conn, member) else member.helper_id or member.person_id


def facts_of(turn: Turn, found: PayoutRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    names = turn.names(p for p in (found.paid_by, found.received_by) if p is not None)
    member = turn.member(found.membership_id)
    return {
        "group": turn.group(found.group_id).name,
        "kind": found.kind,
        "name": member.name or "",
        "heir": deaths.heir_of(turn.conn, member) or "",
        "amount": found.amount,
        "set_off": found.set_off,
        "way": found.way,
        "payer": names.get(found.paid_by, "") if found.paid_by else "",
        "receiver": names.get(found.received_by, "") if found.received_by else "",
    }


def _offices(turn: Turn, found: PayoutRow) -> Offices:
    return groups.offices_of(turn.conn, turn.group(found.group_id))


def _rows(found: PayoutRow) -> Rows:
    words = ("paid_cash", "paid_transfer") if found.state == "due" else ("received_it", "not_received_it")
    return [[Press(KIND, found.id, word, found.revision, word)] for word in words]
