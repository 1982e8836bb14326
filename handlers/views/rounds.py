"""Rounds for the board: who has paid, who has reported, who has not."""

from __future__ import annotations

from domain.ids import MembershipId
from domain.refusals import Refused
from handlers.standing import in_group
from handlers.turn import Press, Turn
from handlers.views.repayments import propose_button
from storage import deposits, fines, groups, rounds
from storage.rounds import LineRow, RoundRow

KIND = "n"
MOST_OFFERED = 6


def latest(turn: Turn) -> None:
    """Show the round that is open, with buttons to earlier ones."""
    _, group, _ = in_group(turn)
    found = rounds.latest_round(turn.conn, group.id)
    if found is None:
        turn.say("rounds.none_yet", group=group.name, day=group.first_saving_on)
    else:
        _show(turn, found)


def press(turn: Turn, round_number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — every press is called alike
    """Show another round of the group that is looked at."""
    _, group, _ = in_group(turn)
    found = rounds.round_numbered(turn.conn, group.id, round_number)
    if found is None:
        raise Refused("not_found")
    _show(turn, found)


def _show(turn: Turn, found: RoundRow) -> None:
    member, group, offices = in_group(turn)
    if member.person_id not in offices.board:
        raise Refused("not_for_you")
    names = {m.id: m.name or "" for m in groups.members(turn.conn, group.id)}
    lines = rounds.lines_of(turn.conn, found.id)
    reported = {d.membership_id for d in deposits.open_deposits(turn.conn, group.id) if not d.loan_id}
    unpaid = [line for line in lines if line.left]
    owed = [one for one in fines.fines_in(turn.conn, group.id) if one.round_number == found.number]
    others = [one for one in owed if turn.me not in turn.parties(turn.member(one.membership))]
    turn.say_with(
        "rounds.one",
        [
            [_earlier(other) for other in rounds.rounds_of(turn.conn, group.id, MOST_OFFERED)],
            *([[propose_button(group, "waive_fine")]] if others else []),
        ],
        group=group.name,
        round=found,
        paid=_names(names, [line for line in lines if not line.left]),
        reported=_names(names, [line for line in unpaid if line.membership_id in reported]),
        unpaid=_names(names, [line for line in unpaid if line.membership_id not in reported]),
        fines=[(names[one.membership], one.amount) for one in owed],
    )


def _names(names: dict[MembershipId, str], lines: list[LineRow]) -> list[str]:
    return [names[line.membership_id] for line in lines if line.membership_id in names]


def _earlier(found: RoundRow) -> Press:
    return Press(KIND, found.number, "show", 1, "round_number", {"number": found.number})
