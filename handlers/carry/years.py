"""A year of the books is closed: asked for by the treasurer, confirmed by another, told to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import days_of_year
from domain.ids import CommandId
from domain.ledger import Account, Booking, Kind, Line
from domain.posting import reserve_kept, year_closed
from domain.refusals import Refused
from domain.surplus import AnswerYearClosing, CloseYear, Year
from handlers.cards import year as card
from handlers.menu import menu_of
from handlers.openers.years import as_of_now, closable
from handlers.turn import Turn
from storage import books, groups, passbooks, years
from storage.years import YearClosingRow


def close(turn: Turn, command: CloseYear) -> None:
    """Store the treasurer's wish and put the sum before the second person."""
    groups.lock_group(turn.conn, command.group)
    group = turn.group(command.group)
    if closable(turn, group) != command.year:
        raise Refused("no_year_to_close")
    turn.record(command, group.id)
    year = as_of_now(turn, group, command.year)
    found = years.add_closing(
        turn.conn,
        group_id=group.id,
        year=command.year,
        reserve_per_cent=year.reserve_per_cent,
        retained=year.retained,
        asked_by=turn.me,
        asked_at=turn.now,
    )
    told = card.send_cards(turn, found)
    sent = "close_year.sent" if told else "close_year.nobody_to_confirm"
    turn.say(sent, menu_of(turn), group=group.name, year=command.year)


def answer(turn: Turn, command: AnswerYearClosing) -> None:
    """The second person confirms, and it is booked; or does not, and the year stays open."""
    found = years.closing_by_id(turn.conn, command.closing)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    found = years.closing_by_id(turn.conn, command.closing) or found
    if found.state != "asked" or found.revision != command.revision:
        raise Refused("already_decided")
    if turn.me not in card.confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    command_id = turn.record(command, found.group_id, (found.asked_by,))
    retained = passbooks.balance_of(turn.conn, found.group_id, Account.RETAINED_SURPLUS)
    if command.agreed:
        _book(turn, found, command_id)
    decided = years.decide_closing(
        turn.conn,
        found,
        state="closed" if command.agreed else "declined",
        decided_by=turn.me,
        decided_at=turn.now,
        command_id=command_id,
        retained=retained,
    )
    card.redraw(turn, decided)
    _tell(turn, decided)


def _book(turn: Turn, found: YearClosingRow, command_id: CommandId) -> None:
    """Post it all in one command, and let nothing more be booked in the year."""
    year = card.year_of(turn, found)
    _, last = days_of_year(year.year)
    kinds = zip(years.CLOSED_INTO, _lines(year), strict=True)
    books.book(
        turn.conn,
        found.group_id,
        command_id,
        [Booking(kind, last, lines) for kind, lines in kinds if lines],
        booked_at=turn.now,
        booked_on=turn.today,
        entered_by=found.asked_by,
        confirmed_by=turn.me,
    )
    years.shut_books(turn.conn, found.group_id, last)


def _lines(year: Year) -> Iterator[tuple[Line, ...]]:
    yield year_closed(Kind.INCOME, year.sums)
    yield year_closed(Kind.EXPENSE, year.sums)
    yield reserve_kept(year.reserve) if year.reserve else ()


def _tell(turn: Turn, decided: YearClosingRow) -> None:
    """Tell everybody the totals of a closed year; of one that stays open, whoever asked."""
    facts, name = card.facts_of(turn, decided), card.card_name(decided.id)
    if decided.state == "declined":
        turn.tell(decided.asked_by, "year_closing.declined", (), f"answered:{name}", **facts)
        return
    for member in groups.members(turn.conn, decided.group_id):
        turn.tell_member(member, "year_closing.closed", (), f"told:{name}:{member.id}", **facts)
    facilitator = turn.group(decided.group_id).facilitator_id
    turn.tell(facilitator, "year_closing.closed", (), f"told:{name}:facilitator", **facts)
