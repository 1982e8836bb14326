"""A deposit from report to receipt: nobody confirms their own money, only what is confirmed is booked."""

from __future__ import annotations

from datetime import date

from domain.commands import (
    AddReceipt,
    AnswerOffer,
    Command,
    ConfirmDeposit,
    OfferAmount,
    RefuseDeposit,
    ReportSaving,
    WithdrawDeposit,
)
from domain.ids import CommandId, DepositId, PersonId
from domain.ledger import Booking
from domain.money import Rial
from domain.posting import Allocation, OpenLine, allocate, saving_confirmed
from domain.refusals import Refused
from domain.values import Code
from handlers.cards.deposit import confirmers_of, offer_name, redraw, reporter_rows, send_cards
from handlers.concerned import leaders_of
from handlers.menu import menu_of
from handlers.standing import own_member
from handlers.ticks import deadline_of
from handlers.turn import Turn
from storage import books, deposits, notes, passbooks, rounds
from storage.deposits import DepositRow
from storage.entries import Booked
from storage.groups import MemberRow
from storage.rounds import RoundRow

HASH_SHOWN = 4
MOST_OPEN = 12


def report(turn: Turn, command: ReportSaving) -> None:
    """Store a report; whoever may confirm it gets a card."""
    member = own_member(turn, command.membership)
    group = turn.group(member.group_id)
    if len(deposits.open_deposits_of(turn.conn, member.id)) >= MOST_OPEN:
        raise Refused("too_many_waiting")
    _record(turn, command, member, turn.me)
    found = deposits.add_deposit(
        turn.conn,
        group_id=group.id,
        membership_id=member.id,
        round_number=command.round_number,
        amount=command.amount,
        way=command.way,
        picture_id=command.picture,
        value_on=_value_day(turn, command.value_on),
        reported_by=turn.me,
        reported_at=turn.now,
    )
    told = send_cards(turn, found, member)
    turn.say_with(
        "saving.written_down" if told else "saving.nobody_to_confirm",
        reporter_rows(found),
        amount=command.amount,
        way=command.way,
    )


def add_receipt(turn: Turn, command: AddReceipt) -> None:
    """Put a picture to a report that waits."""
    found = _open(turn, command.deposit)
    member = own_member(turn, found.membership_id)
    changed = deposits.update_deposit(turn.conn, found, picture_id=command.picture)
    send_cards(turn, changed, member)
    turn.say("saving.receipt_added", menu_of(turn), amount=found.amount)


def confirm(turn: Turn, command: ConfirmDeposit) -> None:
    """The money is here: book it, tell the member her new balance, show it on the card and in the round."""
    found, member = _to_decide(turn, command.deposit, command.revision)
    _book(turn, command, found, member, found.amount, found.reported_by)


def offer(turn: Turn, command: OfferAmount) -> None:
    """Another amount was counted: ask the payer whether that is right."""
    found, member = _to_decide(turn, command.deposit, command.revision)
    if command.amount == found.amount:
        _book(turn, command, found, member, found.amount, found.reported_by)
        turn.say("deposit.you_confirmed", menu_of(turn), amount=found.amount)
        return
    _record(turn, command, member, found.reported_by)
    changed = deposits.update_deposit(
        turn.conn, found, state="offered", offered=command.amount, decided_by=turn.me
    )
    send_cards(turn, changed, member)
    redraw(turn, changed, member)
    turn.say("deposit.offer_sent", menu_of(turn), amount=command.amount, name=member.name or "")


def answer_offer(turn: Turn, command: AnswerOffer) -> None:
    """The payer agrees and it is booked, or does not and it waits again."""
    found = _open(turn, command.deposit, command.revision)
    if found.state != "offered" or found.offered is None or found.decided_by is None:
        raise Refused("already_decided")
    member = own_member(turn, found.membership_id)
    if command.agreed:
        _book(turn, command, found, member, found.offered, found.decided_by)
        return
    _record(turn, command, member, found.reported_by)
    changed = deposits.update_deposit(turn.conn, found, state="waiting", offered=None, decided_by=None)
    turn.tell(
        found.decided_by,
        "deposit.offer_declined",
        name=member.name or "",
        amount=found.amount,
        offered=found.offered,
    )
    send_cards(turn, changed, member)
    answered = {"amount": found.amount, "offered": found.offered}
    turn.redraw(offer_name(found.id), "deposit.you_declined_offer", **answered)
    turn.say("deposit.you_declined_offer", menu_of(turn), **answered)


def refuse(turn: Turn, command: RefuseDeposit) -> None:
    """The money did not arrive: tell the member why."""
    found, member = _to_decide(turn, command.deposit, command.revision)
    _record(turn, command, member, found.reported_by)
    note_id, _ = notes.add_note(turn.conn, command.reason, turn.desk.random_bytes(notes.SALT_BYTES))
    changed = deposits.update_deposit(
        turn.conn, found, state="refused", decided_by=turn.me, decided_at=turn.now, note_id=note_id
    )
    redraw(turn, changed, member)
    turn.tell_member(
        member, "deposit.not_received", key=f"refused:{found.id}", amount=found.amount, reason=command.reason
    )
    turn.say("deposit.you_refused", menu_of(turn), amount=found.amount, name=member.name or "")


def withdraw(turn: Turn, command: WithdrawDeposit) -> None:
    """The reporter takes back what nobody has confirmed."""
    found = _open(turn, command.deposit, command.revision)
    member = own_member(turn, found.membership_id)
    _record(turn, command, member, found.reported_by)
    changed = deposits.update_deposit(
        turn.conn, found, state="withdrawn", decided_by=turn.me, decided_at=turn.now
    )
    redraw(turn, changed, member)
    turn.say("saving.withdrawn", menu_of(turn), amount=found.amount)


def _book(
    turn: Turn, command: Command, found: DepositRow, member: MemberRow, amount: Rial, entered_by: PersonId
) -> None:
    """Post the entry and say so to everyone concerned."""
    shared = _allocated(turn, found, amount)
    command_id = _record(turn, command, member, found.reported_by)
    booking = Booking("saving", found.value_on, saving_confirmed(found.way, member.id, shared))
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [booking],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=entered_by,
        confirmed_by=turn.me,
        reported_at=found.reported_at,
    )
    changed = deposits.update_deposit(
        turn.conn,
        found,
        state="confirmed",
        amount=amount,
        decided_by=turn.me,
        decided_at=turn.now,
        entry_id=booked.id,
    )
    redraw(turn, changed, member)
    _receipt(turn, member, shared, booked, amount)
    _in_rounds(turn, member, shared)


def _receipt(turn: Turn, member: MemberRow, shared: Allocation, booked: Booked, amount: Rial) -> None:
    turn.tell_member(
        member,
        "saving.receipt_slip",
        key=f"receipt:{booked.id}",
        group=turn.group(member.group_id).name,
        amount=amount,
        parts=shared.parts,
        advance=shared.advance,
        balance=passbooks.member_balance(turn.conn, member.id),
        day=turn.today,
        number=booked.sequence,
        print=Code(booked.hash[:HASH_SHOWN].hex()),
    )


def _in_rounds(turn: Turn, member: MemberRow, shared: Allocation) -> None:
    """A member who reported in time is not late because the treasurer was; a round all have paid is told."""
    for number, _ in shared.parts:
        found, complete = rounds.round_paid_into(turn.conn, member.group_id, number)
        if found.closed_at is not None:
            rounds.count_as_on_time(turn.conn, found, member.id, deadline_of(found))
        if complete:
            _round_complete(turn, found)


def _round_complete(turn: Turn, found: RoundRow) -> None:
    """Tell board and facilitator once when everybody has paid a round."""
    group = turn.group(found.group_id)
    for person in leaders_of(turn, group):
        turn.tell(
            person,
            "saving.round_complete",
            key=f"round_complete:{found.id}:{person}",
            group=group.name,
            number=found.number,
        )


def _allocated(turn: Turn, found: DepositRow, amount: Rial) -> Allocation:
    lines = [OpenLine(line.number, line.left) for line in rounds.unpaid_lines(turn.conn, found.membership_id)]
    return allocate(amount, found.round_number, lines)


def _to_decide(turn: Turn, deposit_id: DepositId, revision: int) -> tuple[DepositRow, MemberRow]:
    """Return a deposit this person may decide on now, and whose it is; a refusal otherwise."""
    found = _open(turn, deposit_id, revision)
    member = turn.member(found.membership_id)
    if turn.me not in confirmers_of(turn, found, member):
        raise Refused("not_yours_to_confirm")
    if found.state != "waiting":
        raise Refused("already_decided")
    return found, member


def _open(turn: Turn, deposit_id: DepositId, revision: int | None = None) -> DepositRow:
    """Return a deposit nobody has decided on, its group locked against a second decision meanwhile."""
    deposits.lock_group_of(turn.conn, deposit_id)
    found = deposits.deposit_by_id(turn.conn, deposit_id)
    if found is None:
        raise Refused("not_found")
    if found.state not in deposits.OPEN or revision not in (None, found.revision):
        raise Refused("already_decided")
    return found


def _record(turn: Turn, command: Command, member: MemberRow, reporter: PersonId) -> CommandId:
    return turn.record(command, member.group_id, (member.person_id, member.helper_id, reporter))


def _value_day(turn: Turn, named: date | None) -> date:
    """An earlier day may be named, never a later one."""
    return min(named, turn.today) if named else turn.today
