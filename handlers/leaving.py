"""Leaving with money: what is hers is shown, settled when it is paid, and with her receipt she has left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.talks.leave import Settlement, Unsettled
from domain.ids import CommandId, PersonId
from domain.ledger import Account, Booking
from domain.money import Rial
from domain.moves import LateFine
from domain.posting import Owed, leaver_settled
from domain.refusals import Refused
from handlers import setting_off
from handlers.cards import payout as card
from handlers.concerned import tell_leaders
from handlers.setting_off import Made
from handlers.settling import HELD, unsettled_of
from handlers.sizes import size_now, tell_of_size
from handlers.turn import Turn
from storage import assembly, books, fines, groups, loans, payouts, people, rounds
from storage.groups import MemberRow
from storage.payouts import PayoutRow

NOTHING = Rial(0)
Held = tuple[tuple[Account, str, Rial], ...]  # account, purpose, amount


def settlement_of(turn: Turn, member: MemberRow) -> Settlement:
    """Return what is hers in the fund, and what she owes on loans and for saving late."""
    held = {(account, purpose): amount for account, purpose, amount in held_by(turn, member)}
    return Settlement(
        savings=held[Account.SAVINGS, ""],
        advance=held[Account.PAID_IN_ADVANCE, "saving"] + held[Account.PAID_IN_ADVANCE, "loan"],
        surplus=held[Account.SURPLUS_PAYABLE, ""],
        settled=held[Account.PAYABLE_TO_LEAVERS, ""],
        debt=sum((debt for _, debt in setting_off.debts_of(turn, member)), NOTHING),
        fines=sum((fine.amount for fine in _fined(turn, member)), NOTHING),
    )


def can_set_off(turn: Turn, member: MemberRow, hers: Settlement) -> bool:
    """Tell whether her savings settle what she owes: not while a loan waits for a decision or its money."""
    return bool(hers.owed) and hers.covered and loans.loan_before_receipt(turn.conn, member.id) is None


def left_open(turn: Turn, member: MemberRow, hers: Settlement, *, sets_off: bool) -> tuple[Unsettled, ...]:
    """Return why she cannot leave at once; what her savings are to settle is no reason."""
    settled = {Unsettled.LOAN, Unsettled.FINE} if sets_off and can_set_off(turn, member, hers) else set()
    if settled and hers.evens_out:
        settled.add(Unsettled.BALANCE)
    return tuple(reason for reason in unsettled_of(turn, member) if reason not in settled)


def has_agreed(turn: Turn, member: MemberRow, hers: Settlement) -> bool:
    """Tell whether she has agreed to what she would get now; where she cannot yet, whether she must wait."""
    found = open_leaving(turn, member)
    if not hers.total:
        return bool(left_open(turn, member, hers, sets_off=True))
    if hers.owed and not can_set_off(turn, member, hers):
        return True
    return found is not None and (bool(found.set_off) or not hers.owed)


def put_before_payer(turn: Turn, member: MemberRow, *, sets_off: bool) -> None:
    """Have what is hers paid out, once nothing else is open."""
    hers, found = settlement_of(turn, member), open_leaving(turn, member)
    if not hers.total or (hers.owed and not sets_off):
        return
    sums = {"amount": hers.total, "set_off": hers.owed}
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
    _drop(turn, found)


def even_out(turn: Turn, member: MemberRow, command_id: CommandId) -> None:
    """Settle what she owes with all that she saved, by her word alone: nobody gets or pays anything."""
    settle(turn, member, command_id, None)
    _drop(turn, open_leaving(turn, member))


def _drop(turn: Turn, found: PayoutRow | None) -> None:
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
    sums = {"amount": hers.total, "set_off": found.set_off if hers.settled else hers.owed}
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


def settle(turn: Turn, member: MemberRow, command_id: CommandId, by: PersonId | None) -> None:
    """Settle what she owes with her savings and owe her the rest: her side wished it, who pays confirms."""
    wisher, held = member.helper_id or member.person_id, held_by(turn, member)
    made = setting_off.prepared(turn, member, _saved(held), _fined(turn, member), wisher)
    lines = leaver_settled(member.id, _without(held, made))
    bookings = [one.booking for one in made]
    if lines:
        drop_shares(turn, member)
        bookings.append(Booking("leaver_settled", turn.today, lines))
    if not bookings:
        return
    booked = books.book(
        turn.conn,
        member.group_id,
        command_id,
        bookings,
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=wisher,
        confirmed_by=by,
    )
    setting_off.noted(turn, member, made, booked, by)


def drop_shares(turn: Turn, member: MemberRow) -> None:
    """Pay no share of the surplus by itself any more: it is part of what she gets as she leaves."""
    for owed in _of_kind(payouts.open_payouts_of(turn.conn, member.id), Owed.SURPLUS):
        if owed.state == "due":
            card.redraw(turn, payouts.update_payout(turn.conn, owed, state="dropped"))


def depart(turn: Turn, member: MemberRow) -> None:
    """She has left: no round and no vote waits for her, she represents nobody, her chats look elsewhere."""
    was = size_now(turn, member.group_id)
    groups.update_membership(turn.conn, member.id, state="left", left_at=turn.now)
    rounds.release(turn.conn, member.id)
    assembly.look_again(turn.conn, member.group_id, turn.now)
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


def _fined(turn: Turn, member: MemberRow) -> tuple[LateFine, ...]:
    return fines.fines_of(turn.conn, member.group_id, member.id)


def _without(held: Held, made: Made) -> Held:
    """Return what she holds once her savings have paid what she owes."""
    used = setting_off.total_of(made)
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
