"""Who was on time in a round, and what the bylaws ask of who was not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain import matters
from domain.moves import LateFinesWaived
from tests.model.borrowed import local_day
from tests.model.entitled import side
from tests.model.expected import SAVINGS
from tests.model.rows import Move, Round
from tests.model.seen import Seen
from tests.model.step import Step
from tests.phone import Heard, Phone

Line = tuple[int, int]  # membership and round


def fines(seen: Seen, member: int) -> list[tuple[int, int]]:
    """What a member owes, round by round, in rials; what was reported in time and waits is awaited first."""
    if seen.members[member].state != "admitted":
        return []
    done = {
        move.round_number
        for move in seen.moves.values()
        if move.membership_id == member and move.state in ("waiting", "confirmed")
    }
    done |= _waived(seen, member)
    reported = [
        local_day(paid.reported_at)
        for paid in seen.deposits.values()
        if (paid.membership_id, paid.loan_id) == (member, None) and paid.state in ("waiting", "offered")
    ]
    late = [round_of(seen, line) for line, was in seen.on_time.items() if line[0] == member and was is False]
    owed = [
        (one.number, fine(seen, one))
        for one in late
        if one.number not in done and not (reported and min(reported) <= one.due_on)
    ]
    return sorted((number, rials) for number, rials in owed if rials)


def _waived(seen: Seen, member: int) -> set[int]:
    """The rounds whose fines the assembly asks her for no more."""
    accepted = (one for one in seen.proposals.values() if (one.kind, one.state) == ("waiver", "accepted"))
    decided = (matters.read(one.matter or "") for one in accepted if one.concerns == member)
    return {number for one in decided if isinstance(one, LateFinesWaived) for number in one.rounds}


def fine(seen: Seen, one: Round) -> int:
    """What the bylaws asked that held when the day began on which a round opened."""
    held = [
        version
        for (group, version), since in seen.adopted.items()
        if group == one.group_id and local_day(since) < one.opens_on
    ]
    return seen.rules[one.group_id][max(held)].late_saving_fine.rials if held else 0


def round_of(seen: Seen, line: Line) -> Round:
    """The round of a member's line."""
    group = seen.members[line[0]].group_id
    (found,) = (one for one in seen.rounds.values() if (one.group_id, one.number) == (group, line[1]))
    return found


def is_owed(before: Seen, entered: Move) -> None:
    """Raise where a fine is taken that is not asked for, or not so much."""
    assert entered.membership_id is not None
    assert before.members[entered.membership_id].state == "admitted"
    assert (entered.round_number, entered.amount) in fines(before, entered.membership_id)


def told_of(seen: Seen, known: set[Line], phones: list[Phone], fresh: Mapping[int, list[Heard]]) -> set[Line]:
    """Return what is owed; raise where that is new and neither she nor who helps her hears of it now."""
    told = {
        (phone.person, heard.facts["number"])
        for phone in phones
        for heard in fresh[phone.user_id]
        if heard.name == "pay_fine.owed"
    }
    owed = {(member, number) for member in seen.members for number, _ in fines(seen, member)}
    assert {(side(seen, member), number) for member, number in owed - known} <= told, "a silent fine"
    return owed


def frozen(step: Step) -> None:
    """On time is who reported all of it by the due day; nobody falls behind after the closing."""
    for line, was in step.after.on_time.items():
        before = step.before.on_time.get(line)
        if was == before:
            continue
        assert (before, was) != (True, False), "late after all"
        one = round_of(step.after, line)
        assert one.closed_at is not None
        due, paid = step.after.dues[line]
        days = _paid_on(step.after, line)
        if was:
            assert paid >= due
            assert not days or min(days) <= one.due_on
        else:
            assert paid < due or max(days) > one.due_on


def _paid_on(seen: Seen, line: Line) -> list[date]:
    """The days on which what stands in a round was reported."""
    entries = [of for of, lines in seen.lines.items() if (SAVINGS, line[0], "", line[1]) in lines]
    return [
        local_day(d.reported_at)
        for d in seen.deposits.values()
        if d.state == "confirmed" and d.entry_id in entries
    ]
