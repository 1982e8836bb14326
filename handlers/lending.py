"""Loans between request and receipt: what may be asked, what was decided, and whose turn it is to be paid."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.bylaws import Bylaws
from domain.ids import GroupId, LoanId, ProposalId
from domain.ledger import Account
from domain.lending import Allowance, Asker, available_money, served
from domain.money import Rial
from domain.posting import Owed
from domain.refusals import Refused
from handlers import repaying
from handlers.cards import loan as card
from handlers.settling import HELD
from handlers.turn import Desk, Turn
from storage import books, deposits, former, loans, passbooks, payouts, rounds
from storage.groups import MemberRow
from storage.loans import LoanRow
from storage.payouts import PayoutRow

NOTHING = Rial(0)
AT_ONCE = 20  # loans a unit: units stay short
LOOKS_AGAIN = timedelta(hours=1)  # after money for a loan that waits for it


def run(desk: Desk, conn: Connection, now: datetime) -> None:
    """Look at some loans that are due: whether there is money by now, or a witness is to be asked."""
    for loan_id in loans.loans_due(conn, now, AT_ONCE):
        turn = Turn(desk, conn, now)
        _fall_due(turn, loan_id)
        turn.finish()


def asker_of(turn: Turn, member: MemberRow, rules: Bylaws) -> Asker:
    """Return how a member stands who wants to ask for a loan; what she owes from before counts as well."""
    hers = (*former.memberships_before(turn.conn, member), member.id)
    owing = [row for one in hers for row in loans.open_loans_of(turn.conn, one)]
    running = sum((loans.owed_by_member(turn.conn, one) for one in hers), NOTHING)
    return Asker(
        price_decided=rules.loan_price is not None,
        leaving=member.leave_wished_at is not None,
        asked=loans.loan_before_receipt(turn.conn, member.id) is not None,
        arrears=_arrears_of(turn, member),
        allowance=_allowance_of(turn, member, rules, running),
        late=repaying.late_days(turn, owing),
        written_off=any(row.state == "written_off" for row in owing),
    )


def _arrears_of(turn: Turn, member: MemberRow) -> tuple[int, ...]:
    """Return the rounds past their day for which she has not even reported enough."""
    reported = deposits.waiting_in_round(turn.conn, member.id)
    overdue = rounds.overdue_lines(turn.conn, member.id, turn.today)
    return tuple(line.number for line in overdue if line.left > reported.get(line.number, NOTHING))


def _allowance_of(turn: Turn, member: MemberRow, rules: Bylaws, running: Rial) -> Allowance:
    held = loans.holdings_of(turn.conn, member.group_id)
    return Allowance(
        savings=passbooks.member_balance(turn.conn, member.id),
        multiple=rules.loan_savings_multiple,
        fund=held.fund,
        per_cent=rules.loan_fund_per_cent,
        running=running,
        money=available_money(held, promised_in(turn, member.group_id)),
        unit=rules.loan_rounding,
    )


def reserved_in(turn: Turn, group_id: GroupId) -> Rial:
    """Return what was approved in a group and is not in its books yet."""
    return sum((row.principal for row in loans.queue_of_group(turn.conn, group_id)), NOTHING)


def promised_in(turn: Turn, group_id: GroupId) -> Rial:
    """Return what is there and not to be lent: loans that were approved, savings that leavers wait for."""
    return reserved_in(turn, group_id) + _awaited_in(turn, group_id)


def _awaited_in(turn: Turn, group_id: GroupId) -> Rial:
    """Return what leavers have agreed to get, as far as the books do not owe it to them yet."""
    leavers = (one for one in payouts.open_payouts(turn.conn, group_id) if one.kind is Owed.LEAVING)
    return sum((max(one.amount - _owed_to(turn, one), NOTHING) for one in leavers), NOTHING)


def _owed_to(turn: Turn, found: PayoutRow) -> Rial:
    owed = ((account, purpose) for account, purpose in HELD if account is not Account.SAVINGS)
    of = (turn.conn, found.group_id)
    held = (books.balance_of(*of, account, found.membership_id, purpose) for account, purpose in owed)
    return sum(held, NOTHING)


def handed_over_in(turn: Turn, group_id: GroupId, account: Account) -> Rial:
    """Return what was paid out of the box or the bank by the payer's word and still stands in the books."""
    queue, owed = loans.queue_of_group(turn.conn, group_id), payouts.open_payouts(turn.conn, group_id)
    lent = ((row.way, row.principal) for row in queue if row.state == "paid_out")
    paid = ((row.way, row.amount) for row in owed if row.state == "paid")
    return sum((amount for way, amount in (*lent, *paid) if way and way.account is account), NOTHING)


def there_in(turn: Turn, group_id: GroupId, account: Account, keeper: int = 0) -> Rial:
    """Return what the box, the bank, or a keeper holds by the books beside what was handed over."""
    handed_over = handed_over_in(turn, group_id, account)
    return max(books.balance_of(turn.conn, group_id, account, keeper) - handed_over, NOTHING)


def refuse_too_little(
    turn: Turn,
    group_id: GroupId,
    account: Account,
    needed: Rial,
    back_to: str | None = None,
    keeper: int = 0,
) -> None:
    """Refuse what the box, the bank, or a keeper does not hold by the books beside what was handed over."""
    there = there_in(turn, group_id, account, keeper)
    if there < needed:
        raise Refused("too_little_there", back_to=back_to, account=account, there=there)


def payable_in(turn: Turn, group_id: GroupId) -> tuple[LoanRow, ...]:
    """Return the loans there is money for, in the order of the queue; what was handed over comes first.

    What leavers wait for is theirs: no loan is paid out of it.
    """
    queue = loans.queue_of_group(turn.conn, group_id)
    if not queue:
        return ()
    handed_over = [row for row in queue if row.state == "paid_out"]
    waiting = [row for row in queue if row.state == "approved"]
    held, gone = loans.holdings_of(turn.conn, group_id), sum((row.principal for row in handed_over), NOTHING)
    there = served((row.principal for row in handed_over), available_money(held, NOTHING))
    left = available_money(held, gone + _awaited_in(turn, group_id))
    return (*handed_over[:there], *waiting[: served((row.principal for row in waiting), left)])


def approve(turn: Turn, found: LoanRow, proposal: ProposalId | None) -> None:
    """Put a loan that was agreed to at the end of the queue, and have it paid out as soon as it can be."""
    place = loans.places_of(turn.conn, found.group_id).last + 1
    changed = loans.update_loan(
        turn.conn,
        found,
        state="approved",
        proposal_id=proposal,
        decided_at=turn.now,
        place=place,
        due_at=turn.now,
    )
    card.redraw(turn, changed)
    serve(turn, found.group_id, decided=found.id)


def reject(turn: Turn, found: LoanRow, proposal: ProposalId | None) -> None:
    """End a loan that was not agreed to."""
    changed = loans.update_loan(turn.conn, found, state="rejected", proposal_id=proposal, decided_at=turn.now)
    card.redraw(turn, changed)
    tell_borrower(turn, changed, "loan.not_granted")


def serve(
    turn: Turn, group_id: GroupId, decided: LoanId | None = None, *, known: LoanId | None = None
) -> None:
    """Have every loan paid out there is money for, in the order of the queue; the others wait.

    Each borrower is told when her turn has come; the one whose loan was just decided on, also if it waits;
    she of whose loan it is `known`, because she has just said that she waits for it, is told nothing.
    """
    payable = payable_in(turn, group_id)
    for row in loans.queue_of_group(turn.conn, group_id):
        if row.state != "approved" or row.due_at is None:
            continue
        offered = row in payable and card.send_cards(turn, row)
        loans.look_at(turn.conn, row.id, None if offered else turn.now + LOOKS_AGAIN)
        if row.id == decided:
            tell_borrower(
                turn, row, "loan.granted" if offered else "loan.granted_and_waits", withdrawable=True
            )
        elif offered and row.id != known:
            tell_borrower(turn, row, "loan.your_turn", withdrawable=True)


def tell_borrower(turn: Turn, found: LoanRow, text: str, *, withdrawable: bool = False) -> None:
    """Tell the borrower, or who helps her, how her loan stands."""
    rows = card.withdraw_rows(found) if withdrawable else ()
    key = f"{text}:{found.id}:{found.revision}"
    turn.tell_member(turn.member(found.membership_id), text, rows, key, **card.facts_of(turn, found))


def _fall_due(turn: Turn, loan_id: LoanId) -> None:
    found = loans.locked_loan(turn.conn, loan_id)
    if found is None or found.due_at is None or found.due_at > turn.now:
        return
    match found.state:
        case "approved":
            serve(turn, found.group_id)
        case "paid_out":
            _ask_witnesses(turn, found)
        case _:
            loans.look_at(turn.conn, loan_id, None)


def _ask_witnesses(turn: Turn, found: LoanRow) -> None:
    """After days of silence a second officer may say that the borrower has the money."""
    loans.look_at(turn.conn, found.id, None)
    card.send_cards(turn, found)
