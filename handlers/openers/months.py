"""Facts for closing a month, and what is still open when one is closed."""

from __future__ import annotations

from datetime import date

from conversations.talks.close_month import Facts
from domain.closings import Checklist, month_to_close
from domain.ids import GroupId
from domain.refusals import Refused
from handlers.openers.moves import kept_by_me
from handlers.turn import Turn
from storage import counts, deposits, months, moves


def close_month(turn: Turn, subject: int | None) -> Facts:
    """The month that ended last, with its trial balance; `subject` is the group."""
    group = kept_by_me(turn, subject)
    last_day = closable(turn, group.id)
    balances = months.balances_on(turn.conn, group.id, last_day)
    return Facts(group.id, group.name, last_day, checklist(turn, group.id, last_day), balances)


def closable(turn: Turn, group_id: GroupId) -> date:
    """Return the last day of the month that can be closed now; a refusal where there is none."""
    if months.month_asked(turn.conn, group_id) is not None:
        raise Refused("month_waits")
    found = months.months_of(turn.conn, group_id)
    last_day = month_to_close(found.first_booked_on, found.closed_on, turn.today)
    if last_day is None:
        raise Refused("no_month_to_close")
    return last_day


def checklist(turn: Turn, group_id: GroupId, last_day: date) -> Checklist:
    """Return what is still open in a group."""
    count = counts.latest_count(turn.conn, group_id)
    return Checklist(
        deposits=len(deposits.open_deposits(turn.conn, group_id)),
        moves=len(moves.waiting_moves(turn.conn, group_id)),
        bare=len(moves.bare_costs(turn.conn, group_id)),
        counted=count is not None and count.day > last_day,
    )
