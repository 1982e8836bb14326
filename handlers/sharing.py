"""Who shares a surplus, and with which weight."""

from __future__ import annotations

from collections.abc import Mapping

from domain.bylaws import SurplusRule
from domain.calendar import days_of_year, local_day
from domain.ids import GroupId, MembershipId
from domain.ledger import Account
from domain.surplus import weights
from handlers.turn import Turn
from storage import books, groups, years


def weights_of(turn: Turn, group_id: GroupId, year: int, rule: SurplusRule) -> Mapping[MembershipId, int]:
    """Return the weight of everybody who was a member in a year and still is; who is settled up gets none."""
    first, last = days_of_year(year)
    sharing = [
        member.id
        for member in groups.members(turn.conn, group_id)
        if local_day(member.decided_at or member.applied_at) <= last
        and not books.balance_of(turn.conn, group_id, Account.PAYABLE_TO_LEAVERS, member.id)
    ]
    moved = years.savings_moved(turn.conn, group_id)
    return weights(rule, {member: moved.get(member, ()) for member in sharing}, first, last)
