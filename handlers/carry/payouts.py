"""A loan from the queue to the borrower's hand: one pays, another says that she has it, then it is booked."""

from __future__ import annotations

from datetime import timedelta

from domain.calendar import local_day
from domain.ledger import Booking
from domain.lending import WITNESSED_AFTER, ConfirmReceipt, DenyReceipt, PayLoan, first_due
from domain.posting import loan_paid_out
from domain.refusals import Refused
from handlers import lending
from handlers.cards import loan as card
from handlers.menu import menu_of
from handlers.turn import Turn
from storage import books, loans, people
from storage.entries import Booked
from storage.loans import LoanRow


def pay(turn: Turn, command: PayLoan) -> None:
    """The money was handed over; whoever received it is asked, and until then nothing is booked."""
    found = card.standing(turn, command.loan, command.revision, "approved")
    if turn.me not in card.actors_of(turn, found):
        raise Refused("not_yours_to_pay_out")
    if turn.member(found.membership_id).state != "admitted":
        raise Refused("not_a_member")
    _refuse_unpayable(turn, found)
    lending.refuse_too_little(turn, found.group_id, command.way.account, found.principal)
    card.record(turn, command, found)
    changed = loans.update_loan(
        turn.conn,
        found,
        state="paid_out",
        paid_by=turn.me,
        paid_at=turn.now,
        way=command.way.value,
        due_at=turn.now + timedelta(days=WITNESSED_AFTER),
    )
    card.redraw(turn, changed)
    card.send_cards(turn, changed)
    turn.say("loan.you_paid", menu_of(turn), **card.facts_of(turn, changed))


def confirm(turn: Turn, command: ConfirmReceipt) -> None:
    """The borrower has the money: book it, fix the days of the instalments, and give her the schedule."""
    found = card.standing(turn, command.loan, command.revision, "paid_out")
    if turn.me not in card.actors_of(turn, found):
        raise Refused("not_yours_to_receive")
    _refuse_unpayable(turn, found)
    booked = _book(turn, command, found)
    changed = loans.update_loan(
        turn.conn,
        found,
        state="running",
        received_by=turn.me,
        received_at=turn.now,
        first_due=first_due(turn.today),
        entry_id=booked.id,
        due_at=None,
    )
    card.redraw(turn, changed)
    _tell(turn, changed, booked)


def deny(turn: Turn, command: DenyReceipt) -> None:
    """The money is not there after all: the loan keeps its place and is to be paid out again."""
    found = card.standing(turn, command.loan, command.revision, "paid_out")
    payer = people.owner_of(turn.conn, found.paid_by) if found.paid_by else None
    if turn.me not in (payer, *card.actors_of(turn, found)):
        raise Refused("not_yours_to_receive")
    card.record(turn, command, found)
    changed = loans.update_loan(
        turn.conn, found, state="approved", paid_by=None, paid_at=None, way=None, due_at=turn.now
    )
    card.redraw(turn, changed)
    facts, member = card.facts_of(turn, found), turn.member(found.membership_id)
    hers = turn.me in (member.person_id, member.helper_id)
    turn.say("loan.you_denied", menu_of(turn), hers=hers, **facts)
    if payer is not None and payer != turn.me:
        turn.tell(payer, "loan.denied", (), None, **facts)
    lending.serve(turn, found.group_id, known=found.id if hers else None)


def _refuse_unpayable(turn: Turn, found: LoanRow) -> None:
    """Nobody is overtaken, and nothing is lent that is not there."""
    if found.id not in {row.id for row in lending.payable_in(turn, found.group_id)}:
        raise Refused("loan_waits_for_money", amount=found.principal)


def _book(turn: Turn, command: ConfirmReceipt, found: LoanRow) -> Booked:
    if found.way is None or found.paid_at is None:
        raise LookupError(f"loan {found.id} was paid out without its way or its day")
    command_id = card.record(turn, command, found)
    lines = loan_paid_out(found.way, found.id, found.principal)
    (booked,) = books.book(
        turn.conn,
        found.group_id,
        command_id,
        [Booking("loan_paid_out", local_day(found.paid_at), lines)],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=found.paid_by,
        confirmed_by=turn.me,
    )
    return booked


def _tell(turn: Turn, found: LoanRow, booked: Booked) -> None:
    """Give the borrower her receipt with the schedule; tell whoever paid, and who bore witness."""
    facts = card.facts_of(turn, found)
    member = turn.member(found.membership_id)
    hers = turn.me in (member.person_id, member.helper_id)
    turn.tell_member(
        member,
        "loan.receipt_slip",
        (),
        f"receipt:{booked.id}",
        plan=found.plan(),
        witnessed=not hers,
        number=booked.sequence,
        print=booked.print,
        **facts,
    )
    if not hers:
        turn.say("loan.you_witnessed", menu_of(turn), **facts)
    if found.paid_by is not None:
        turn.tell(found.paid_by, "loan.received", (), f"received:{booked.id}", **facts)
