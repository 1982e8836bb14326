"""Leaving with money: what is hers is shown, settled when it is paid, and with her receipt she has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.talks.leave import Settlement, Unsettled
from domain.ids import CommandId
from domain.ledger import Account, Booking
from domain.money import Rial
from domain.posting import Owed, leaver_settled
from domain.refusals import Refused
from handlers import setting_off
from handlers.cards import payout as card
from handlers.concerned import tell_leaders
from handlers.setting_off import SetOff
from handlers.settling import HELD, unsettled_of
from handlers.sizes import size_now, tell_of_size
from handlers.turn import Turn
from storage import books, groups, loans, payouts, people, rounds
from storage.groups import MemberRow
from storage.payouts import PayoutRow

NOTHING = Rial(0)
Held = tuple[tuple[Account, str, Rial], ...]  # account, purpose, amount


def settlement_of(turn: Turn, member: MemberRow) -> Settlement:
    """Return what is hers in the fund, and what she owes on loans."""
    held = {(account, purpose): amount for account, purpose, amount in held_by(turn, member)}
    return Settlement(
        savings=held[Account.SAVINGS, ""],
        advance=held[Account.PAID_IN_ADVANCE, "saving"] + held[Account.PAID_IN_ADVANCE, "loan"],
        surplus=held[Account.SURPLUS_PAYABLE, ""],
        settled=held[Account.PAYABLE_TO_LEAVERS, ""],
        debt=sum((debt for _, debt in setting_off.debts_of(turn, member)), NOTHING),
    )


def can_set_off(turn: Turn, member: MemberRow, hers: Settlement) -> bool:
    """Tell whether her savings settle her loans: not while another waits for a decision or its money."""
    return bool(hers.debt) and hers.covered and loans.loan_before_receipt(turn.conn, member.id) is None


def left_open(turn: Turn, member: MemberRow, hers: Settlement, *, sets_off: bool) -> tuple[Unsettled, ...]:
    """Return why she cannot leave at once; loans are no reason where her savings are to settle them."""
    settled = {Unsettled.LOAN} if sets_off and can_set_off(turn, member, hers) else set()
    return tuple(reason for reason in unsettled_of(turn, member) if reason not in settled)


def has_agreed(turn: Turn, member: MemberRow, hers: Settlement) -> bool:
    """Tell whether she has agreed to what she would get now, or there is nothing to agree to."""
    found = open_leaving(turn, member)
    return not hers.total or (found is not None and (bool(found.set_off) or not hers.debt))


def put_before_payer(turn: Turn, member: MemberRow, *, sets_off: bool) -> None:
    """Have what is hers paid out, once nothing else is open."""
    hers, found = settlement_of(turn, member), open_leaving(turn, member)
    if not hers.total or (hers.debt and not sets_off):
        return
    sums = {"amount": hers.total, "set_off": hers.debt}
    if found is None:
        of = {"group_id": member.group_id, "membership_id": member.id, "kind": Owed.LEAVING}
        card.send_due(turn, payouts.add_payout(turn.conn, **of, **sums, due_at=turn.now))
    elif found.state == "due":
        card.redraw(turn, payouts.update_payout(turn.conn, found, **sums))


def take_back(turn: Turn, member: MemberRow) -> None:
    """Drop the payout of who stays; refused once it is settled."""
    found = open_leaving(turn, member)
    if settlement_of(turn, member).settled or (found is not None and found.state == "paid"):
        raise Refused("settled_already")
    if found is not None:
        card.redraw(turn, payouts.update_payout(turn.conn, found, state="dropped"))


def ready(turn: Turn, found: PayoutRow) -> PayoutRow:
    """Return the payout of a leaver with today's sum; refused while anything but her money is open."""
    member = turn.member(found.membership_id)
    hers = settlement_of(turn, member)
    still = _before_payment(turn, member, hers, sets_off=bool(found.set_off))
    if still:
        raise Refused("leaver_not_settled", who=member.name or "", unsettled=still)
    if not hers.total:
        raise Refused("nothing_to_pay_out", who=member.name or "")
    sums = {"amount": hers.total, "set_off": found.set_off if hers.settled else hers.debt}
    if sums == {"amount": found.amount, "set_off": found.set_off}:
        return found
    return payouts.update_payout(turn.conn, found, **sums)


def _before_payment(
    turn: Turn, member: MemberRow, hers: Settlement, *, sets_off: bool
) -> tuple[Unsettled, ...]:
    """Return what comes before her money; of who has left already, only what she owes."""
    if member.state == "left":
        owing = hers.debt and not hers.covered
        waits = owing or loans.loan_before_receipt(turn.conn, member.id) is not None
        return (Unsettled.LOAN,) if waits else ()
    still = left_open(turn, member, hers, sets_off=sets_off)
    still = tuple(reason for reason in still if reason is not Unsettled.BALANCE)
    return still or ((Unsettled.WAITING,) if on_its_way(turn, member) else ())


def settle(turn: Turn, found: PayoutRow, command_id: CommandId) -> None:
    """Settle her loans with her savings and owe her the rest: her side wished it, who pays confirms."""
    member = turn.member(found.membership_id)
    wisher, held = member.helper_id or member.person_id, held_by(turn, member)
    made = setting_off.prepared(turn, member, _saved(held), wisher)
    lines = leaver_settled(member.id, _without(held, made))
    if not lines:
        return
    drop_shares(turn, member)
    booked = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [*(one.booking for one in made), Booking("leaver_settled", turn.today, lines)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=wisher,
        confirmed_by=turn.me,
    )
    setting_off.noted(turn, member, zip(made, booked, strict=False), turn.me)


def drop_shares(turn: Turn, member: MemberRow) -> None:
    """Pay no share of the surplus by itself any more: it is part of what she gets as she leaves."""
    for owed in _of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.SURPLUS):
        if owed.state == "due":
            card.redraw(turn, payouts.update_payout(turn.conn, owed, state="dropped"))


def depart(turn: Turn, member: MemberRow) -> None:
    """She has left: no round waits for her, she represents nobody, and her chats look elsewhere."""
    was = size_now(turn, member.group_id)
    groups.update_membership(turn.conn, member.id, state="left", left_at=turn.now)
    rounds.release(turn.conn, member.id)
    groups.end_terms(turn.conn, turn.now, membership_id=member.id)
    people.stop_looking(turn.conn, member.id)
    tell_of_size(turn, member.group_id, was)


def paid_and_gone(turn: Turn, found: PayoutRow) -> None:
    """With her receipt she has left, unless she had before; board and facilitator are told."""
    member, group = turn.member(found.membership_id), turn.group(found.group_id)
    if member.state == "left":
        return
    depart(turn, member)
    turn.tell_member(member, "leave.left", (), f"left:{found.id}", group=group.name, helped="")
    tell_leaders(turn, group, "leave.told_left_paid", name=member.name or "")


def on_its_way(turn: Turn, member: MemberRow) -> Rial:
    """Return what was handed to her as her share of the surplus and waits for her word."""
    shares = _of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.SURPLUS)
    return sum((owed.amount for owed in shares if owed.state == "paid"), NOTHING)


def _saved(held: Held) -> Rial:
    return sum((amount for account, _, amount in held if account is Account.SAVINGS), NOTHING)


def _without(held: Held, made: Iterable[SetOff]) -> Held:
    """Return what she holds once her savings have paid for her loans."""
    used = sum((one.row.amount for one in made), NOTHING)
    return tuple((a, p, amount - used if a is Account.SAVINGS else amount) for a, p, amount in held)


def held_by(turn: Turn, member: MemberRow) -> Held:
    """Return what stands in the books for her."""
    return tuple(
        (account, purpose, books.balance_of(turn.conn, member.group_id, account, member.id, purpose))
        for account, purpose in HELD
    )


def open_leaving(turn: Turn, member: MemberRow) -> PayoutRow | None:
    """Return what is to be paid to a leaver, as it waits."""
    return next(_of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.LEAVING), None)


def _of_kind(rows: Iterable[PayoutRow], kind: Owed) -> Iterator[PayoutRow]:
    return (row for row in rows if row.kind is kind)
