"""A deposit from report to decision: nobody confirms their own money, only what is confirmed is booked."""

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
from domain.money import Rial
from domain.refusals import Refused
from domain.repaying import RepayLoan
from handlers import keeping, late_fines, leaving, repaying, saved
from handlers.cards.deposit import confirmers_of, offer_name, redraw, reporter_rows, send_cards
from handlers.menu import menu_of
from handlers.standing import own_member, own_payer
from handlers.turn import Turn
from storage import deposits, loans, notes, people
from storage.deposits import DepositRow
from storage.groups import MemberRow
from storage.loans import LoanRow

MOST_OPEN = 12
NO_ROUND = 0


def report(turn: Turn, command: ReportSaving) -> None:
    """Store the report of a saving; whoever may confirm it gets a card."""
    member = own_member(turn, command.membership)
    day = _value_day(turn, command.value_on)
    found = _stored(turn, command, member, round_number=command.round_number, value_on=day)
    _wait(turn, found, member)


def repay(turn: Turn, command: RepayLoan) -> None:
    """Store the report of a payment on a loan; what an officer took in, the borrower is asked about."""
    loan = loans.locked_loan(turn.conn, command.loan)
    if loan is None or loan.state not in repaying.REPAID:
        raise Refused("loan_not_running")
    member = turn.member(loan.membership_id)
    if turn.me in (member.person_id, member.helper_id):
        own_payer(turn, member.id)
        _wait(turn, _stored_on(turn, command, member, loan), member)
    elif turn.me in repaying.collectors_of(turn, member):
        _ask_payer(turn, _stored_on(turn, command, member, loan), member)
    else:
        raise Refused("not_yours")


def add_receipt(turn: Turn, command: AddReceipt) -> None:
    """Put a picture to a report that waits."""
    found = _open(turn, command.deposit)
    member = own_payer(turn, found.membership_id)
    changed = deposits.update_deposit(turn.conn, found, picture_id=command.picture)
    send_cards(turn, changed, member)
    turn.say("saving.receipt_added", menu_of(turn), amount=found.amount, paid_for=found.paid_for)


def confirm(turn: Turn, command: ConfirmDeposit) -> None:
    """The money is here: book it, and tell the member what has become of it."""
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
    member = own_payer(turn, found.membership_id)
    if command.agreed:
        _book(turn, command, found, member, found.offered, found.decided_by)
        return
    _record(turn, command, member, found.reported_by)
    if found.is_entered:
        _decline_entry(turn, found, member)
    else:
        _decline_offer(turn, found, member)


def refuse(turn: Turn, command: RefuseDeposit) -> None:
    """The money did not arrive: tell the member why."""
    found, member = _to_decide(turn, command.deposit, command.revision)
    _record(turn, command, member, found.reported_by)
    note_id, _ = notes.add_note(turn.conn, command.reason, turn.desk.random_bytes(notes.SALT_BYTES))
    told = {"amount": found.amount, "reason": command.reason, "paid_for": found.paid_for}
    turn.tell_member(member, "deposit.not_received", (), f"refused:{found.id}", **told)
    _decided(turn, found, member, "refused", note_id=note_id)
    turn.say("deposit.you_refused", menu_of(turn), amount=found.amount, name=member.name or "")


def withdraw(turn: Turn, command: WithdrawDeposit) -> None:
    """The reporter takes back what nobody has confirmed."""
    found = _open(turn, command.deposit, command.revision)
    member = turn.member(found.membership_id)
    if turn.me != people.owner_of(turn.conn, found.reported_by):
        own_payer(turn, member.id)
    _record(turn, command, member, found.reported_by)
    turn.say("saving.withdrawn", menu_of(turn), amount=found.amount)
    _decided(turn, found, member, "withdrawn")


def _stored(turn: Turn, command: ReportSaving | RepayLoan, member: MemberRow, **about: object) -> DepositRow:
    if len(deposits.open_deposits_of(turn.conn, member.id)) >= MOST_OPEN:
        raise Refused("too_many_waiting")
    _record(turn, command, member, turn.me)
    reported = {"amount": command.amount, "way": command.way, "picture_id": command.picture}
    by = {"reported_by": turn.me, "reported_at": turn.now}
    return deposits.add_deposit(
        turn.conn, group_id=member.group_id, membership_id=member.id, **reported, **by, **about
    )


def _stored_on(turn: Turn, command: RepayLoan, member: MemberRow, loan: LoanRow) -> DepositRow:
    return _stored(turn, command, member, loan_id=loan.id, round_number=NO_ROUND, value_on=turn.today)


def _wait(turn: Turn, found: DepositRow, member: MemberRow) -> None:
    """Put it before whoever may confirm it, and say so."""
    told = send_cards(turn, found, member)
    turn.say_with(
        "saving.written_down" if told else "saving.nobody_to_confirm",
        reporter_rows(found),
        paid_for=found.paid_for,
        amount=found.amount,
        way=found.way,
    )


def _ask_payer(turn: Turn, found: DepositRow, member: MemberRow) -> None:
    """What an officer says to have taken in counts once the payer agrees."""
    entered = deposits.update_deposit(
        turn.conn, found, state="offered", offered=found.amount, decided_by=turn.me
    )
    send_cards(turn, entered, member)
    facts = {"amount": found.amount, "name": member.name or "", "paid_for": found.paid_for}
    turn.say_with("deposit.payer_asked", reporter_rows(entered), **facts)


def _decline_offer(turn: Turn, found: DepositRow, member: MemberRow) -> None:
    changed = deposits.update_deposit(turn.conn, found, state="waiting", offered=None, decided_by=None)
    answered = {"amount": found.amount, "offered": found.offered}
    if found.decided_by is not None:
        turn.tell(found.decided_by, "deposit.offer_declined", (), None, name=member.name or "", **answered)
    send_cards(turn, changed, member)
    turn.redraw(offer_name(found.id), "deposit.you_declined_offer", **answered)
    turn.say("deposit.you_declined_offer", menu_of(turn), **answered)


def _decline_entry(turn: Turn, found: DepositRow, member: MemberRow) -> None:
    facts = {"amount": found.amount, "name": member.name or "", "paid_for": found.paid_for}
    turn.tell(found.reported_by, "deposit.entry_not_agreed", (), None, **facts)
    turn.say("deposit.you_declined_entry", menu_of(turn), **facts)
    _decided(turn, found, member, "refused")


def _book(
    turn: Turn, command: Command, found: DepositRow, member: MemberRow, amount: Rial, entered_by: PersonId
) -> None:
    """Enter it in the books, show it on its cards, and tell everyone concerned."""
    command_id = _record(turn, command, member, found.reported_by)
    keeper = _keeper(turn, found, member)
    booked = (repaying.book if found.loan_id else saved.book)(
        turn, command_id, found._replace(amount=amount, keeper_id=keeper), member, entered_by
    )
    _decided(turn, found, member, "confirmed", amount=amount, entry_id=booked, keeper_id=keeper)
    if member.state == "left":
        leaving.put_before_payer(turn, member, sets_off=True)


def _decided(turn: Turn, found: DepositRow, member: MemberRow, state: str, **values: object) -> None:
    """Keep what became of it and show it on its cards; a fine that it has kept away until now is told."""
    by = {"decided_by": turn.me, "decided_at": turn.now}
    redraw(turn, deposits.update_deposit(turn.conn, found, state=state, **by, **values), member)
    late_fines.tell_after(turn, found, member)


def _keeper(turn: Turn, found: DepositRow, member: MemberRow) -> PersonId | None:
    """Return who keeps the cash: whoever counted it, or took it in, where no treasurer has it."""
    taker = turn.me if found.decided_by is None else people.owner_of(turn.conn, found.decided_by)
    parties = turn.parties(member, found.reported_by)
    return keeping.keeper_for(turn, found.group_id, found.way, taker, parties)


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
