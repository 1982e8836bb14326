"""The group's money for its board, and what it was spent for, for every member."""

from __future__ import annotations

from domain.calendar import local_day
from domain.ids import GroupId
from domain.refusals import Refused
from handlers import keeping
from handlers.cards.move import purpose_of
from handlers.lending import reserved_in
from handlers.menu import menu_of
from handlers.standing import in_group
from handlers.turn import Press, Turn
from handlers.views import months
from storage import counts, groups, moves, passbooks
from storage.groups import GroupRow

KIND = "mo"
COSTS_SHOWN = 10
TALKS = ("money_move", "cash_count", "close_month", "close_year")


def page(turn: Turn) -> None:
    """Say what is in the box and in the bank by the books; the treasurer gets the buttons that enter."""
    member, group, offices = in_group(turn)
    keeps = member.person_id == offices.treasurer
    totals = passbooks.group_totals(turn.conn, group.id)
    kept = keeping.kept_in(turn, group.id) if totals.in_transit else ()
    names = turn.names(one.keeper for one in kept)
    turn.say_with(
        "group_money.page",
        [
            *([_press(group, talk)] for talk in TALKS if keeps),
            *keeping.rows_for(turn.me, group, kept, offices),
            [costs_button(group), months.button(group)],
            [Press(KIND, group.id, "reversal", 0, "menu_reverse")],
        ],
        group=group.name,
        totals=totals,
        in_hands=[(names.get(one.keeper, ""), one.amount) for one in kept],
        count=counts.latest_count(turn.conn, group.id),
        reserved=reserved_in(turn, group.id),
        waiting=len(moves.waiting_moves(turn.conn, group.id)),
        keeps=keeps,
        kept=offices.treasurer is not None,
    )


def press(turn: Turn, group_id: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Show the costs, or name the talk to begin."""
    if choice == "costs":
        _costs(turn, GroupId(group_id))
        return None
    return choice if choice in (*TALKS, "reversal") else None


def costs_button(group: GroupRow) -> Press:
    """Return the button that shows what the money was spent for."""
    return _press(group, "costs")


def _costs(turn: Turn, group_id: GroupId) -> None:
    if all(
        m.group_id != group_id or m.state != "admitted" for m in groups.memberships_of(turn.conn, turn.me)
    ):
        raise Refused("not_a_member")
    found = moves.latest_costs(turn.conn, group_id, COSTS_SHOWN)
    turn.say(
        "fund.costs" if found else "fund.no_costs",
        menu_of(turn),
        group=turn.group(group_id).name,
        costs=[(local_day(one.entered_at), one.kind, one.amount, purpose_of(turn, one)) for one in found],
    )


def _press(group: GroupRow, choice: str) -> Press:
    return Press(KIND, group.id, choice, 0, choice)
