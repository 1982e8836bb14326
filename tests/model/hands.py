"""Every change of a matter was made by hands that were entitled to it, and by no step that is not allowed."""

from __future__ import annotations

from collections.abc import Mapping

from tests.model import kept
from tests.model.entitled import (
    NOBODY,
    agreeing,
    answering,
    board,
    confirming,
    facilitator,
    office,
    owners,
    paying,
    reversing,
)
from tests.model.late import frozen, is_owed
from tests.model.lent import changed, loans
from tests.model.parted import deaths, members, payouts
from tests.model.rows import Closing, Deposit, Move, YearClosing
from tests.model.step import Step, changes
from tests.model.voted import votes

Wish = Closing | YearClosing


def changed_by_hand(step: Step) -> None:
    """Raise where anything has changed that should not have, or by somebody who may not."""
    for judged in (
        _deposits,
        _reversals,
        loans,
        _moves,
        _closings,
        payouts,
        votes,
        _offices,
        members,
        frozen,
        changed,
        deaths,
    ):
        judged(step)


def _deposits(step: Step) -> None:
    for _, old, new in changes(step.before.deposits, step.after.deposits):
        if old is None and new.way == "savings":
            _set_off(step, new.membership_id, new.reported_by, new.decided_by)
        elif old is None:
            state = step.before.members[new.membership_id].state
            assert state == "admitted" or (state == "left" and new.loan_id)
            collected = confirming(step.before, new._replace(reported_by=0))
            hers = owners(step.after, new.membership_id)
            taken_in = collected if new.loan_id and new.state == "offered" else frozenset()
            assert step.did(new.reported_by, hers | taken_in)
        elif old._replace(entry_id=None, revision=0) != new._replace(entry_id=None, revision=0):
            _deposit(step, old, new)


def _set_off(step: Step, member: int, said_by: int, decided_by: int | None) -> None:
    """By what ended her membership, by who pays a leaver, or by her word alone where nothing is left."""
    leaver = step.before.members[member]
    if parted := step.parted(member):
        assert (said_by, decided_by) == parted
    elif decided_by is None:
        assert owners(step.before, member) & step.actors
        assert step.after.members[member].state == "left"
    else:
        assert leaver.leave_wished_at is not None or leaver.state == "left"
        assert step.did(decided_by, paying(step.before, leaver.group_id, member, "leaving"))


def _deposit(step: Step, old: Deposit, new: Deposit) -> None:
    """Each way from one state to another has its own people, and only an agreed offer changes a sum."""
    entitled = confirming(step.before, old) | confirming(step.after, old)
    hers = owners(step.after, old.membership_id)
    assert old[:8] == new[:8]
    assert (new.amount == old.amount) or (old.state, new.state) == ("offered", "confirmed")
    kept.paid(step, old, new)
    match old.state, new.state:
        case "waiting", "waiting":  # a picture came
            assert hers & step.actors
        case "waiting", "offered" | "confirmed" | "refused":
            assert step.did(new.decided_by, entitled), "confirmed by somebody who may not"
            assert new.decided_by not in hers | {new.reported_by}
        case "offered", "confirmed" | "refused":
            assert new.amount == (old.offered if new.state == "confirmed" else old.amount)
            assert step.did(new.decided_by, hers)
            assert old.decided_by not in hers
        case "offered", "waiting":
            assert hers & step.actors
        case "waiting" | "offered", "withdrawn":
            assert step.did(new.decided_by, hers | {new.reported_by})
        case "confirmed", "reversed":
            assert step.reversed(old.entry_id)
        case way:
            raise AssertionError(f"from {way[0]} to {way[1]}")


def _reversals(step: Step) -> None:
    for _, old, new in changes(step.before.reversals, step.after.reversals):
        if old is None:
            leaders = board(step.before, new.group_id) | {facilitator(step.before, new.group_id)}
            assert step.did(new.asked_by, leaders)
        elif new.state == "asked":  # the payment it is about was booked anew, and it goes with it
            (paid,) = (n for n, one in step.before.deposits.items() if one.entry_id == old.entry_id)
            assert new._replace(entry_id=old.entry_id) == old
            assert new.entry_id == step.after.deposits[paid].entry_id
        else:
            assert (old.state, new.state) in (("asked", "done"), ("asked", "declined"))
            entitled = reversing(step.before, old) | reversing(step.after, old)
            assert step.did(new.decided_by, entitled), "reversed by somebody who may not"
            assert new.decided_by != new.asked_by


def _moves(step: Step) -> None:
    for _, old, new in changes(step.before.moves, step.after.moves):
        treasurer = frozenset({office(step.before, new.group_id, "treasurer") or 0})
        if old is None and new.way == "savings":
            assert (new.kind, new.state) == ("late_fine", "confirmed")
            is_owed(step.before, new)
            _set_off(step, new.membership_id or 0, new.entered_by, new.decided_by)
            continue
        if old is None:
            _entered(step, new, treasurer)
            continue
        assert old[:7] == new[:7]
        match old.state, new.state:
            case "waiting", "confirmed" | "declined":
                assert step.did(new.decided_by, answering(step.before, old))
                kept.moved(step, old, new)
            case "waiting", "withdrawn":
                assert step.did(new.decided_by, frozenset({new.entered_by}))
            case "confirmed", "reversed":
                assert step.reversed(old.entry_id)
            case before, after:  # a picture came
                assert before == after
                assert new.entered_by in step.actors


def _entered(step: Step, new: Move, treasurer: frozenset[int]) -> None:
    """By the treasurer; a fine also by who pays it, a handing over also by who kept the cash."""
    if new.kind == "handed_over":
        kept.handed_over(step, new)
        return
    hers = owners(step.before, new.membership_id) if new.membership_id else NOBODY
    assert step.did(new.entered_by, treasurer | (hers if new.kind == "late_fine" else NOBODY))
    if new.kind == "late_fine":
        is_owed(step.before, new)


def _closings(step: Step) -> None:
    both: tuple[tuple[Mapping[int, Wish], Mapping[int, Wish]], ...] = (
        (step.before.months, step.after.months),
        (step.before.years, step.after.years),
    )
    for before, after in both:
        for _, old, new in changes(before, after):
            if old is None:
                assert step.did(
                    new.asked_by, frozenset({office(step.before, new.group_id, "treasurer") or 0})
                )
            else:
                assert (old.state, new.state) in (("asked", "closed"), ("asked", "declined"))
                assert step.did(new.decided_by, agreeing(step.before, new.group_id, new.asked_by))


def _offices(step: Step) -> None:
    """The facilitator appoints, or the assembly elects."""
    for (group, held), person in step.after.offices.items():
        if step.before.offices.get((group, held)) != person:
            elected = bool(step.ended("election", "office"))
            assert elected or facilitator(step.after, group) in step.actors
            assert person in {m.person_id for m in step.after.members.values() if m.group_id == group}
