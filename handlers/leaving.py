"""Leaving with money: what is hers is shown, settled when it is paid, and with her receipt she has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.talks.leave import Settlement, Unsettled
from domain.ids import CommandId
from domain.ledger import Account, Booking
from domain.money import Rial
from domain.posting import Owed, leaver_settled
from domain.refusals import Refused
from handlers.cards import payout as card
from handlers.concerned import tell_leaders
from handlers.settling import HELD, unsettled_of
from handlers.turn import Turn
from storage import books, groups, payouts, people, rounds
from storage.groups import MemberRow
from storage.payouts import PayoutRow

NOTHING = Rial(0)


def settlement_of(turn: Turn, member: MemberRow) -> Settlement:
    """Return what is hers in the fund."""
    held = {(account, purpose): amount for account, purpose, amount in _held(turn, member)}
    return Settlement(
        savings=held[Account.SAVINGS, ""],
        advance=held[Account.PAID_IN_ADVANCE, "saving"] + held[Account.PAID_IN_ADVANCE, "loan"],
        surplus=held[Account.SURPLUS_PAYABLE, ""],
        settled=held[Account.PAYABLE_TO_LEAVERS, ""],
    )


def put_before_payer(turn: Turn, member: MemberRow) -> None:
    """Have what is hers paid out, once nothing else is open."""
    total = settlement_of(turn, member).total
    if total > NOTHING and _open(turn, member) is None:
        of = {"group_id": member.group_id, "membership_id": member.id, "kind": Owed.LEAVING}
        card.send_due(turn, payouts.add_payout(turn.conn, **of, amount=total, due_at=turn.now))


def take_back(turn: Turn, member: MemberRow) -> None:
    """Drop the payout of who stays; refused once it is settled."""
    found = _open(turn, member)
    if settlement_of(turn, member).settled or (found is not None and found.state == "paid"):
        raise Refused("settled_already")
    if found is not None:
        card.redraw(turn, payouts.update_payout(turn.conn, found, state="dropped"))


def ready(turn: Turn, found: PayoutRow) -> PayoutRow:
    """Return the payout of a leaver with today's sum; refused while anything but her money is open."""
    member = turn.member(found.membership_id)
    still = tuple(reason for reason in unsettled_of(turn, member) if reason is not Unsettled.BALANCE)
    if still or _on_its_way(turn, member):
        raise Refused("leaver_not_settled", who=member.name or "", unsettled=still or (Unsettled.WAITING,))
    total = settlement_of(turn, member).total
    return found if total == found.amount else payouts.update_payout(turn.conn, found, amount=total)


def settle(turn: Turn, found: PayoutRow, command_id: CommandId) -> None:
    """Make all that is hers payable to her: wished for by her, confirmed by who pays."""
    member = turn.member(found.membership_id)
    lines = leaver_settled(member.id, _held(turn, member))
    if not lines:
        return
    for owed in payouts.open_payouts_of(turn.conn, member.id):
        if owed.kind is Owed.SURPLUS:
            card.redraw(turn, payouts.update_payout(turn.conn, owed, state="dropped"))
    books.book(
        turn.conn,
        found.group_id,
        command_id,
        [Booking("leaver_settled", turn.today, lines)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=member.person_id,
        confirmed_by=turn.me,
    )


def depart(turn: Turn, member: MemberRow) -> None:
    """She has left: no round waits for her, and her chats look elsewhere."""
    groups.update_membership(turn.conn, member.id, state="left", left_at=turn.now)
    rounds.release(turn.conn, member.id)
    people.stop_looking(turn.conn, member.id)


def paid_and_gone(turn: Turn, found: PayoutRow) -> None:
    """With her receipt she has left; board and facilitator are told."""
    member, group = turn.member(found.membership_id), turn.group(found.group_id)
    depart(turn, member)
    turn.tell_member(member, "leave.left", (), f"left:{found.id}", group=group.name)
    tell_leaders(turn, group, "leave.told_left_paid", name=member.name or "")


def _held(turn: Turn, member: MemberRow) -> tuple[tuple[Account, str, Rial], ...]:
    return tuple(
        (account, purpose, books.balance_of(turn.conn, member.group_id, account, member.id, purpose))
        for account, purpose in HELD
    )


def _open(turn: Turn, member: MemberRow) -> PayoutRow | None:
    return next(_of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.LEAVING), None)


def _on_its_way(turn: Turn, member: MemberRow) -> bool:
    """A share of the surplus that was handed over waits for her word."""
    of_surplus = _of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.SURPLUS)
    return any(owed.state == "paid" for owed in of_surplus)


def _of_kind(rows: Iterable[PayoutRow], kind: Owed) -> Iterator[PayoutRow]:
    return (row for row in rows if row.kind is kind)
