"""What waits for this person, oldest first, each as a card with its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from domain.calendar import days_of_year, moment_of
from domain.ids import GroupId
from domain.opening import LineState
from domain.surplus import year_to_close
from handlers.cards import (
    applicant,
    correction,
    death,
    deposit,
    loan,
    month,
    move,
    objection,
    opening,
    payout,
    reversal,
    year,
)
from handlers.lending import payable_in
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Turn
from storage import (
    corrections,
    deaths,
    deposits,
    groups,
    loans,
    months,
    moves,
    objections,
    openings,
    payouts,
    reversals,
    years,
)

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits, since when, and how it is shown."""

    since: datetime
    show: Callable[[], None]


def everything(turn: Turn) -> None:
    """Show the oldest of what waits; the rest is counted."""
    waiting = sorted(
        (matter for group_id in _groups(turn) for matter in _of_group(turn, group_id)), key=lambda m: m.since
    )
    if not waiting:
        turn.say("waiting.nothing", menu_of(turn))
        return
    turn.say("waiting.count", menu_of(turn), count=len(waiting), shown=min(len(waiting), MOST_SHOWN))
    for matter in waiting[:MOST_SHOWN]:
        matter.show()


def _groups(turn: Turn) -> list[GroupId]:
    mine = {member.group_id for member in position(turn).memberships}
    return sorted(mine | {group.id for group in groups.groups_of_facilitator(turn.conn, turn.me)})


def _of_group(turn: Turn, group_id: GroupId) -> Iterator[Matter]:
    """Yield what this person may decide on now."""
    for row in deposits.open_deposits(turn.conn, group_id):
        if row.state == "waiting" and turn.me in deposit.confirmers_of(turn, row):
            yield Matter(row.reported_at, partial(deposit.send_card, turn, row, turn.me))
    for moved in moves.waiting_moves(turn.conn, group_id):
        if turn.me in move.confirmers_of(turn, moved):
            yield Matter(moved.entered_at, partial(move.send_card, turn, moved, turn.me))
    closing = months.month_asked(turn.conn, group_id)
    if closing is not None and turn.me in month.confirmers_of(turn, closing):
        yield Matter(closing.asked_at, partial(month.send_card, turn, closing, turn.me))
    for asked in reversals.asked_reversals(turn.conn, group_id):
        if turn.me in reversal.confirmers_of(turn, asked):
            yield Matter(asked.asked_at, partial(reversal.send_card, turn, asked, turn.me))
    for objected in objections.unsettled_in(turn.conn, group_id):
        if turn.me in objection.answerers_of(turn, objected):
            yield Matter(objected.objected_at, partial(objection.send_card, turn, objected, turn.me))
    yield from _year_of(turn, group_id)
    yield from _loans(turn, group_id)
    yield from _brought_along(turn, group_id)
    for said in deaths.deaths_said(turn.conn, group_id):
        if turn.me in death.confirmers_of(turn, said):
            yield Matter(said.said_at, partial(death.send_card, turn, said, turn.me))
    for owed in payouts.open_payouts(turn.conn, group_id):
        if turn.me in (*payout.payers_of(turn, owed), *payout.receivers_of(turn, owed)):
            yield Matter(owed.paid_at or owed.due_at, partial(payout.send_card, turn, owed, turn.me))
    for member in groups.members(turn.conn, group_id, "applied"):
        if turn.me in applicant.deciders_of(turn, member):
            yield Matter(member.applied_at, partial(applicant.send_card, turn, member, turn.me))


def _year_of(turn: Turn, group_id: GroupId) -> Iterator[Matter]:
    """Yield a year that waits to be closed, for the treasurer; for the second person, its closing."""
    found = years.years_of(turn.conn, group_id)
    asked = years.closing_by_id(turn.conn, found.asked) if found.asked is not None else None
    due = year_to_close(found.first_booked_on, found.last_closed, turn.today)
    if asked is not None:
        if turn.me in year.confirmers_of(turn, asked):
            yield Matter(asked.asked_at, partial(year.send_card, turn, asked, turn.me))
    elif due is not None and turn.me == year.closer_of(turn, group_id):
        _, last = days_of_year(due)
        yield Matter(moment_of(last), partial(year.say_due, turn, group_id, due))


def _loans(turn: Turn, group_id: GroupId) -> Iterator[Matter]:
    """Yield the loans to decide on, to pay out now that there is money, or to say of that it was received."""
    payable = payable_in(turn, group_id)
    for row in (*loans.undecided_of_group(turn.conn, group_id), *payable):
        if turn.me in loan.actors_of(turn, row) and turn.me not in loans.answers_of(turn.conn, row.id):
            yield Matter(
                row.paid_at or row.decided_at or row.asked_at, partial(loan.send_card, turn, row, turn.me)
            )


def _brought_along(turn: Turn, group_id: GroupId) -> Iterator[Matter]:
    """Yield the lines of the paper books that wait for this person's word, and the whole for a signature."""
    found = openings.opening_of(turn.conn, group_id)
    put_right = corrections.open_correction(turn.conn, found.id) if found else None
    if put_right is not None and turn.me in correction.sayers_of(turn, put_right):
        yield Matter(put_right.asked_at, partial(correction.send_line, turn, put_right))
    elif put_right is not None and correction.signs_next(turn, put_right):
        yield Matter(put_right.asked_at, partial(correction.send_sign, turn, put_right, turn.me))
    if found is None or found.state != "asked":
        return
    for line in openings.lines_of(turn.conn, found.id):
        if line.state is LineState.WAITING and turn.me in opening.asked_of(turn, line):
            yield Matter(line.asked_at or turn.now, partial(opening.send_line, turn, line))
        elif line.state is LineState.WAITING and turn.me in opening.witnesses_of(turn, line):
            yield Matter(line.asked_at or turn.now, partial(opening.send_witness, turn, line, turn.me))
    if opening.ready(turn, found) and opening.signs_next(turn, found):
        yield Matter(turn.now, partial(opening.send_sign, turn, found, turn.me))
