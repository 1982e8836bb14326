"""What is paid to members, and who comes and goes."""

from __future__ import annotations

from tests.model.entitled import board, mourning, owners, paying, receiving
from tests.model.expected import IN_ADVANCE, KEPT, LEAVERS, SAVINGS, SHARES
from tests.model.lent import UNPAID, before_receipt
from tests.model.rows import Payout
from tests.model.seen import Seen
from tests.model.step import Step, changes

HERS = (SAVINGS, SHARES, LEAVERS, IN_ADVANCE)


def payouts(step: Step) -> None:
    for _, old, new in changes(step.before.payouts, step.after.payouts):
        if old is None and _owed_again(step, new):
            assert new.state == "due"
        elif old is None:
            member = step.after.members[new.membership_id]
            wished = member.leave_wished_at is not None or member.state == "left"
            assert wished if new.kind == "leaving" else step.ended("surplus")
        else:
            _payout(step, old, new)


def _owed_again(step: Step, owed: Payout) -> bool:
    """Whether it was paid in the books, and that was taken back in this step."""
    return owed[:4] in {
        old[:4]
        for number, old in step.before.payouts.items()
        if (old.state, step.after.payouts[number].state) == ("received", "reversed")
    }


def _payout(step: Step, old: Payout, new: Payout) -> None:
    group, member = old.group_id, old.membership_id
    match old.state, new.state:
        case "due", "due":
            assert old.kind == "leaving"
            gone = step.after.members[member].state == "left"  # what came in since is added
            assert gone or paying(step.before, group, member, old.kind) & step.actors
        case "due", "paid":
            assert step.did(new.paid_by, paying(step.before, group, member, old.kind))
        case "paid", "received":
            assert step.did(
                new.received_by, receiving(step.after, group, member, old.paid_by, old.paid_at, old.kind)
            )
            assert new.received_by != new.paid_by
        case "paid", "due":
            assert receiving(step.after, group, member, old.paid_by, old.paid_at, old.kind) & step.actors
        case "due", "dropped":
            assert step.actors
        case "received", "reversed":
            assert step.reversed(old.entry_id)
            assert [
                one
                for n, one in step.after.payouts.items()
                if n not in step.before.payouts and one[:4] == old[:4]
            ]
        case way:
            raise AssertionError(f"from {way[0]} to {way[1]}")


def members(step: Step) -> None:
    """She says herself that she goes, or who helps her; gone is who has nothing left here."""
    for number, old, new in changes(step.before.members, step.after.members):
        if old is None or old.state == "applied":
            continue
        if old.leave_wished_at != new.leave_wished_at:
            assert owners(step.after, number) & step.actors
        if old.state != new.state:
            assert (old.state, new.state) == ("admitted", "left")
            assert step.actors or step.parted(number)
            _gone(step.after, number, parted=step.parted(number) is not None)


def _gone(seen: Seen, number: int, *, parted: bool) -> None:
    """Nothing is left of hers; of who was parted only what waits to be paid, or what she still owes.

    A loan in her hand that she has not answered for keeps her savings waiting, a share of the surplus in her
    hand keeps itself waiting.
    """
    held = {
        place[1]: rials for place, rials in seen.balances.items() if place[1] in HERS and place[2] == number
    }
    waiting = {one.state for one in seen.loans.values() if before_receipt(one, number)}
    if not parted:
        assert not held, "left with money in the fund"
        mine = (seen.members[number].group_id, KEPT, seen.members[number].person_id, "")
        assert mine not in seen.balances, "left with the group's cash"
        assert not waiting
        return
    assert waiting <= {"paid_out"}
    if not waiting:
        assert held.get(SHARES, 0) == -in_hand(seen, number)
        assert held.keys() <= {SHARES, LEAVERS}, "what is hers was not settled"
        owes = [one for one in seen.loans.values() if one.membership_id == number and one.state in UNPAID]
        assert not (owes and LEAVERS in held), "paid out before her debts"


def in_hand(seen: Seen, member: int) -> int:
    """Shares of the surplus that were handed to her and wait for her word."""
    return sum(
        one.amount
        for one in seen.payouts.values()
        if (one.membership_id, one.kind, one.state) == (member, "surplus", "paid")
    )


def deaths(step: Step) -> None:
    """One of the board says it, not of herself nor of whom she helps; another confirms it, or does not."""
    for _, old, new in changes(step.before.deaths, step.after.deaths):
        if old is None:
            leaders = board(step.before, new.group_id) - owners(step.before, new.membership_id)
            assert step.did(new.said_by, leaders)
            assert new.state == "said"
        else:
            assert (old.state, new.state) in (("said", "confirmed"), ("said", "declined"))
            assert step.did(new.decided_by, mourning(step.before, old) | mourning(step.after, old))
            gone = step.after.members[new.membership_id].state == "left"
            assert gone or new.state == "declined"
