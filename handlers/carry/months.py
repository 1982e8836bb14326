"""A month is closed: asked for by the treasurer, confirmed by another person, frozen as it stands."""

from __future__ import annotations

from domain.closings import AnswerMonth, CloseMonth
from domain.ids import MonthClosingId
from domain.refusals import Refused
from handlers.cards.month import asker_of, confirmers_of, facts_of, redraw, send_cards
from handlers.carry.moves import lock_as_treasurer
from handlers.menu import menu_of
from handlers.openers.months import closable
from handlers.turn import Turn
from storage import groups, months, years
from storage.months import MonthClosingRow


def close(turn: Turn, command: CloseMonth) -> None:
    """Keep the treasurer's wish; whoever confirms it gets a card with the trial balance."""
    lock_as_treasurer(turn, command.group)
    if closable(turn, command.group) != command.last_day:
        raise Refused("no_month_to_close")
    turn.record(command, command.group)
    sequence, _ = months.head_on(turn.conn, command.group, command.last_day)
    found = months.add_month_closing(
        turn.conn,
        group_id=command.group,
        last_day=command.last_day,
        sequence=sequence,
        asked_by=turn.me,
        asked_at=turn.now,
    )
    told = send_cards(turn, found)
    text = "close_month.sent" if told else "close_month.nobody_to_confirm"
    turn.say(text, menu_of(turn), group=turn.group(command.group).name, day=command.last_day)


def answer(turn: Turn, command: AnswerMonth) -> None:
    """Freeze the month, or let it be; whoever asked is told."""
    groups.lock_group(turn.conn, _found(turn, command.closing).group_id)
    found = _found(turn, command.closing)
    if found.state != "asked" or found.revision != command.revision:
        raise Refused("already_decided")
    if turn.me not in confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    turn.record(command, found.group_id, (found.asked_by,))
    if command.agreed:
        _refuse_changed(turn, found)
    state = "closed" if command.agreed else "declined"
    changed = months.decide_month(turn.conn, found, state=state, decided_by=turn.me, decided_at=turn.now)
    if command.agreed:
        months.freeze_month(turn.conn, changed)
        years.shut_books(turn.conn, found.group_id, found.last_day)
    redraw(turn, changed)
    text = "month.told_closed" if command.agreed else "month.told_declined"
    turn.tell(asker_of(turn, changed), text, (), None, **facts_of(turn, changed))


def _refuse_changed(turn: Turn, found: MonthClosingRow) -> None:
    """What was asked for is what is closed: an entry may have been worked off late in between."""
    sequence, _ = months.head_on(turn.conn, found.group_id, found.last_day)
    if sequence != found.sequence:
        raise Refused("month_changed_meanwhile")


def _found(turn: Turn, closing_id: MonthClosingId) -> MonthClosingRow:
    found = months.month_closing_by_id(turn.conn, closing_id)
    if found is None:
        raise Refused("not_found")
    return found
