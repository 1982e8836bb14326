"""Loans: a member's own and what she may ask; for the board who waits and who owes; for others the totals."""

from __future__ import annotations

from collections.abc import Iterable

from domain.lending import available_money, refuse_asker
from domain.money import Rial
from domain.refusals import Refused
from handlers import lending
from handlers.cards import loan as card
from handlers.menu import menu_of
from handlers.standing import in_group, position
from handlers.turn import Press, Turn
from handlers.views import repayments
from storage import bylaws, loans, passbooks
from storage.groups import GroupRow, MemberRow
from storage.loans import LoanRow

KIND = "wp"
Listed = list[tuple[str, Rial]]


def page(turn: Turn) -> None:
    """Say what is lent, show her loans and those of members she helps, and what each may ask."""
    member, group, offices = in_group(turn)
    turn.say(
        "loan.page",
        menu_of(turn),
        group=group.name,
        running=len(loans.running_of_group(turn.conn, group.id)),
        lent=passbooks.group_totals(turn.conn, group.id).lent,
        reserved=lending.reserved_in(turn, group.id),
        money=available_money(loans.holdings_of(turn.conn, group.id), lending.promised_in(turn, group.id)),
    )
    if member.person_id in offices.board:
        _board(turn, group)
    for one in (member, *position(turn).served):
        _borrower(turn, one)


def show(turn: Turn, found: LoanRow) -> None:
    """Show a borrower how her loan stands, with what she can do about it."""
    facts = card.facts_of(turn, found)
    if found.state == "running":
        repayments.show(turn, found)
    elif found.state == "written_off":
        repayments.show_lost(turn, found)
    elif found.state in loans.WITHDRAWABLE:
        turn.say_with(f"loan.{found.state}", card.withdraw_rows(found), **facts)
    elif turn.me in card.actors_of(turn, found):
        card.send_card(turn, found, turn.me)
    else:
        turn.say(f"loan.{found.state}", **facts)


def _borrower(turn: Turn, member: MemberRow) -> None:
    """Her loans that are not over; then what she may ask, or why she may not."""
    for found in loans.open_loans_of(turn.conn, member.id):
        show(turn, found)
    repayments.show_advance(turn, member)
    helped = member.person_id != turn.me
    asker = lending.asker_of(turn, member, bylaws.bylaws_of(turn.conn, member.group_id).rules)
    try:
        refuse_asker(asker)
    except Refused as refused:
        turn.say("loan.may_not_ask", name=member.name or "", helped=helped)
        turn.say(f"refusals.{refused.name}", **refused.facts)
        return
    turn.say_with(
        "loan.may_ask",
        [[Press(KIND, member.id, "ask", 0, "ask_for_loan")]],
        name=member.name or "",
        helped=helped,
        allowance=asker.allowance,
    )


def _board(turn: Turn, group: GroupRow) -> None:
    """Name everybody who asked or waits for the money, and those who repay."""
    payable = lending.payable_in(turn, group.id)

    def listed(rows: Iterable[LoanRow]) -> Listed:
        return [(turn.member(row.membership_id).name or "", row.principal) for row in rows]

    queue = loans.queue_of_group(turn.conn, group.id)
    ordered = sum(row.state == "approved" for row in queue) > 1
    ordering = [[Press(KIND, group.id, "order", 0, "order_loans")]] if ordered else []
    turn.say_with(
        "loan.board",
        [*ordering, [Press(KIND, group.id, "reverse", 0, "menu_reverse")]],
        undecided=listed(loans.undecided_of_group(turn.conn, group.id)),
        payable=listed(row for row in queue if row in payable),
        waiting=listed(row for row in queue if row not in payable),
    )
    repayments.show_all(turn, group)
