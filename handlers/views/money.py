"""The passbook and the fund: a member's own money, and the group's totals."""

from __future__ import annotations

from domain.money import Rial
from domain.opening import LineState
from handlers import keeping
from handlers.cards import correction, opening
from handlers.cards.objection import begin_button
from handlers.cards.year import share_button
from handlers.lending import reserved_in
from handlers.standing import in_group, position
from handlers.turn import Turn
from handlers.views import months, repayments
from handlers.views.fines import pay_button
from handlers.views.group_money import costs_button
from storage import (
    corrections,
    counts,
    deposits,
    fines,
    groups,
    loans,
    openings,
    own_entries,
    passbooks,
    rounds,
)
from storage.groups import MemberRow

ENTRIES_SHOWN = 8


def passbook(turn: Turn) -> None:
    """Her balance, her last entries, what waits; for each member she helps as well."""
    member, group, _ = in_group(turn)
    for one in (member, *position(turn).served):
        owed = fines.fines_of(turn.conn, group.id, one.id)
        turn.say_with(
            "passbook.page",
            [[begin_button(turn, one)], *([[pay_button(one)]] if owed else [])],
            group=group.name,
            name=one.name or "",
            served=one is not member,
            balance=passbooks.member_balance(turn.conn, one.id),
            entries=own_entries.member_entries(turn.conn, one.id, ENTRIES_SHOWN),
            advance=passbooks.member_advance(turn.conn, one.id),
            waiting=[d.amount for d in deposits.open_deposits_of(turn.conn, one.id)],
            fines=[(fine.round_number, fine.amount) for fine in owed],
            unpaid=[line.number for line in rounds.unpaid_lines(turn.conn, one.id)],
            loans=repayments.left_of(turn, one),
        )
        _brought_along(turn, one)


def _brought_along(turn: Turn, member: MemberRow) -> None:
    """What she had saved by the paper books, where it, or what is put right of it, waits for her word."""
    line = openings.unbooked_line(turn.conn, member.id)
    if line is not None and line.state is LineState.WAITING and turn.me in opening.asked_of(turn, line):
        opening.send_line(turn, line)
    put_right = corrections.open_correction_of(turn.conn, member.id)
    if put_right is not None and turn.me in correction.sayers_of(turn, put_right):
        correction.send_line(turn, put_right)


def fund(turn: Turn) -> None:
    """The group's totals, nobody's own money."""
    _, group, offices = in_group(turn)
    latest = rounds.latest_round(turn.conn, group.id)
    lines = rounds.lines_of(turn.conn, latest.id) if latest else ()
    totals = passbooks.group_totals(turn.conn, group.id)
    kept = keeping.kept_in(turn, group.id) if totals.in_transit else ()
    turn.say_with(
        "fund.totals",
        [
            *keeping.rows_for(turn.me, group, kept, offices),
            [costs_button(group), months.button(group)],
            *([[share_button(group.id)]] if totals.retained > Rial(0) else []),
        ],
        group=group.name,
        totals=totals,
        count=counts.latest_count(turn.conn, group.id),
        loans=len(loans.running_of_group(turn.conn, group.id)),
        reserved=reserved_in(turn, group.id),
        members=len(groups.members(turn.conn, group.id)),
        round=latest,
        paid=sum(1 for line in lines if not line.left),
        asked=len(lines),
    )
