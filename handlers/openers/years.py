"""Facts for closing a year."""

from __future__ import annotations

from conversations.talks import close_year as closing
from domain.ids import GroupId
from domain.ledger import Account
from domain.refusals import Refused
from domain.surplus import Year, year_to_close
from handlers.cards.year import closer_of
from handlers.turn import Turn
from storage import bylaws, passbooks, years
from storage.groups import GroupRow


def close_year(turn: Turn, subject: int | None) -> closing.Facts:
    """The year that can be closed now; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    year = closable(turn, group)
    whole = bylaws.bylaws_of(turn.conn, group.id).whole
    return closing.Facts(group.id, group.name, as_of_now(turn, group, year), whole)


def closable(turn: Turn, group: GroupRow) -> int:
    """Return the Jalali year that the treasurer may close now; a refusal for everybody else and otherwise."""
    if turn.me != closer_of(turn, group.id):
        raise Refused("treasurer_closes_the_year")
    found = years.years_of(turn.conn, group.id)
    if found.asked is not None:
        raise Refused("year_closing_asked_already")
    year = year_to_close(found.first_booked_on, found.last_closed, turn.today)
    if year is None:
        raise Refused("no_year_to_close")
    return year


def as_of_now(turn: Turn, group: GroupRow, year: int) -> Year:
    """Return a year as it would be closed now, by the bylaws that hold now."""
    sums = years.sums_of_year(turn.conn, group.id, year)
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    retained = passbooks.balance_of(turn.conn, group.id, Account.RETAINED_SURPLUS)
    return Year(year, sums, rules.reserve_per_cent, retained)
