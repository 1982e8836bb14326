"""Closed months: the trial balance for the board, a few totals for every other member."""

from __future__ import annotations

from collections.abc import Mapping

from domain.closings import Balances, sides
from domain.ids import GroupId
from domain.ledger import Account
from domain.refusals import Refused
from handlers.turn import Press, Rows, Turn
from storage import groups, months
from storage.entries import print_of
from storage.groups import GroupRow
from storage.months import ClosedMonth

KIND = "cm"
LATEST = "latest"
MOST_OFFERED = 6
FOR_ALL = (Account.CASH, Account.BANK, Account.IN_TRANSIT, Account.INTERNAL_LOANS, Account.SAVINGS)


def button(group: GroupRow) -> Press:
    """Return the button that shows the month closed last."""
    return Press(KIND, group.id, LATEST, 0, "closed_months")


def press(turn: Turn, group_id: int, choice: str, revision: int) -> None:  # noqa: ARG001 — every press is called alike
    """Show the month that ends on the chosen day, or the latest, with buttons to the others."""
    group = turn.group(GroupId(group_id))
    officers = groups.offices_of(turn.conn, group).board
    if all(
        m.group_id != group.id or m.state != "admitted" for m in groups.memberships_of(turn.conn, turn.me)
    ):
        raise Refused("not_a_member")
    closed = months.closed_months(turn.conn, group.id, MOST_OFFERED)
    found = next((one for one in closed if choice in (LATEST, one.last_day.isoformat())), None)
    if found is None:
        turn.say("month.none_closed", group=group.name)
    elif turn.me in officers:
        turn.say_with("month.balances", _rows(group, closed), **_facts(turn, group, found, found.balances))
    else:
        shown = tuple((account, amount) for account, amount in found.balances if account in FOR_ALL)
        turn.say_with("month.totals", _rows(group, closed), **_facts(turn, group, found, shown))


def _facts(turn: Turn, group: GroupRow, found: ClosedMonth, shown: Balances) -> Mapping[str, object]:
    names = turn.names((found.asked_by, found.confirmed_by))
    debit, credit = sides(found.balances)
    return {
        "group": group.name,
        "day": found.last_day,
        "balances": shown,
        "debit": debit,
        "credit": credit,
        "by": names.get(found.asked_by, ""),
        "decider": names.get(found.confirmed_by, ""),
        "number": found.sequence,
        "print": print_of(found.head),
    }


def _rows(group: GroupRow, closed: tuple[ClosedMonth, ...]) -> Rows:
    days = (one.last_day for one in closed)
    return [[Press(KIND, group.id, day.isoformat(), 0, "day", {"day": day})] for day in days]
