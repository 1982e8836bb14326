"""What saving late into a round costs is told to whoever owes it: once, in private, as soon as it is owed."""

from __future__ import annotations

from domain.calendar import local_day
from domain.moves import LateFine
from handlers.turn import Turn
from handlers.views.fines import pay_button
from storage import fines
from storage.deposits import DepositRow
from storage.groups import MemberRow


def tell(turn: Turn, member: MemberRow, fine: LateFine) -> None:
    """Say what a round costs her and how to pay it; once it was said it is not said again."""
    key = f"fine:{fine.membership}:{fine.round_number}"
    about = {"group": turn.group(member.group_id).name, "number": fine.round_number, "amount": fine.amount}
    turn.tell_member(member, "pay_fine.owed", [[pay_button(member)]], key, **about)


def tell_after(turn: Turn, decided: DepositRow, member: MemberRow) -> None:
    """Say what she owes now that nobody waits for this saving any more.

    No round has closed since it was reported where that was today.
    """
    if decided.loan_id is None and local_day(decided.reported_at) < turn.today:
        for fine in fines.fines_of(turn.conn, member.group_id, member.id):
            tell(turn, member, fine)
