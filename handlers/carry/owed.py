"""The group pays what it owes a member: booked only once the money is said to be there."""

from __future__ import annotations

from domain.calendar import local_day
from domain.ids import PayoutId, PersonId
from domain.ledger import Booking
from domain.payouts import AnswerPayout, PayOut
from domain.posting import Owed, owed_paid
from domain.refusals import Refused
from handlers import leaving
from handlers.cards import payout as card
from handlers.lending import refuse_too_little
from handlers.menu import menu_of
from handlers.turn import Turn
from storage import books, groups, payouts
from storage.payouts import PayoutRow


def pay(turn: Turn, command: PayOut) -> None:
    """Whoever pays says how; the member is asked."""
    found = _locked(turn, command.payout, command.revision, "due")
    if turn.me not in card.payers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    current = leaving.ready(turn, found) if found.kind is Owed.LEAVING else found
    if current is not found:
        card.redraw(turn, current)
        turn.say("payout.other_amount", **card.facts_of(turn, current))
        return
    refuse_too_little(turn, found.group_id, command.way.account, found.amount)
    command_id = turn.record(command, found.group_id, _parties(turn, found))
    if found.kind is Owed.LEAVING:
        leaving.settle(turn, turn.member(found.membership_id), command_id, turn.me)
    paid = payouts.update_payout(
        turn.conn, found, state="paid", way=command.way, paid_by=turn.me, paid_at=turn.now
    )
    card.redraw(turn, paid)
    card.send_question(turn, paid)
    turn.say("payout.you_paid", menu_of(turn), **card.facts_of(turn, paid))


def answer(turn: Turn, command: AnswerPayout) -> None:
    """The money is there and is booked; or is not, and it waits for who pays."""
    found = _locked(turn, command.payout, command.revision, "paid")
    if turn.me not in card.receivers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    if command.received:
        _book(turn, command, found)
        return
    turn.record(command, found.group_id, _parties(turn, found))
    due = payouts.update_payout(turn.conn, found, state="due", way=None, paid_by=None, paid_at=None)
    card.redraw(turn, due)
    if found.paid_by is not None:
        turn.tell(found.paid_by, "payout.not_received", (), None, **card.facts_of(turn, found))
    turn.say("payout.you_denied", menu_of(turn), **card.facts_of(turn, found))


def _book(turn: Turn, command: AnswerPayout, found: PayoutRow) -> None:
    if found.way is None or found.paid_at is None:
        raise LookupError(f"payout {found.id} was paid without a way")
    lines = owed_paid(found.kind, found.way, found.membership_id, found.amount)
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        turn.record(command, found.group_id, _parties(turn, found)),
        [Booking(f"{found.kind.value}_paid", local_day(found.paid_at), lines)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=found.paid_by,
        confirmed_by=turn.me,
    )
    done = {"state": "received", "received_by": turn.me, "received_at": turn.now, "entry_id": booked.id}
    received = payouts.update_payout(turn.conn, found, **done)
    card.redraw(turn, received)
    turn.tell_member(
        turn.member(found.membership_id),
        "payout.receipt",
        (),
        f"receipt:{booked.id}",
        number=booked.sequence,
        print=booked.print,
        **card.facts_of(turn, received),
    )
    if found.kind is Owed.LEAVING:
        leaving.paid_and_gone(turn, received)


def _locked(turn: Turn, payout_id: PayoutId, revision: int, state: str) -> PayoutRow:
    """Return a payout in this state, its group locked against a second decision meanwhile."""
    found = payouts.payout_by_id(turn.conn, payout_id)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    found = payouts.payout_by_id(turn.conn, payout_id)
    if found is None or found.state != state or found.revision != revision:
        raise Refused("already_decided")
    return found


def _parties(turn: Turn, found: PayoutRow) -> tuple[PersonId | None, ...]:
    member = turn.member(found.membership_id)
    return member.person_id, member.helper_id, found.paid_by
