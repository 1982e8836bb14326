"""Every change of a matter was made by hands that were entitled to it, and by no step that is not allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tests.model.entitled import (
    agreeing,
    awaited,
    board,
    confirming,
    facilitator,
    lendable,
    office,
    owners,
    paying,
    receiving,
    reversing,
)
from tests.model.seen import Closing, Deposit, Loan, Payout, Proposal, Seen, YearClosing

T = TypeVar("T")
Wish = Closing | YearClosing
RECEIVED = ("running", "settled", "written_off")


@dataclass(frozen=True, slots=True)
class Step:
    """Two moments and who acted between them; nobody, where time went by."""

    before: Seen
    after: Seen
    actors: frozenset[int]

    def did(self, person: int | None, entitled: frozenset[int]) -> bool:
        """Whether this person acted and was entitled to it."""
        return person is not None and person in entitled & self.actors

    def ended(self, *kinds: str) -> list[Proposal]:
        """The votes of these kinds that ended in this step."""
        open_before = {n for n, vote in self.before.proposals.items() if vote.state == "open"}
        now = ((n, v) for n, v in self.after.proposals.items() if v.kind in kinds and v.state != "open")
        return [vote for n, vote in now if n in open_before]


def changed_by_hand(step: Step) -> None:
    """Raise where anything has changed that should not have, or by somebody who may not."""
    for judged in (_deposits, _reversals, _loans, _moves, _closings, _payouts, _votes, _offices, _members):
        judged(step)


def changes(before: Mapping[int, T], after: Mapping[int, T]) -> Iterator[tuple[int, T | None, T]]:
    """What is new or other than it was; nothing ever goes."""
    assert before.keys() <= after.keys()
    yield from ((n, before.get(n), row) for n, row in after.items() if before.get(n) != row)


def _deposits(step: Step) -> None:
    for _, old, new in changes(step.before.deposits, step.after.deposits):
        if old is None and new.way == "savings":
            assert step.before.members[new.membership_id].leave_wished_at is not None
            assert step.did(new.decided_by, paying(step.before, new.group_id, new.membership_id, "leaving"))
        elif old is None:
            assert step.before.members[new.membership_id].state == "admitted"
            collected = confirming(step.before, new._replace(reported_by=0))
            hers = owners(step.after, new.membership_id)
            taken_in = collected if new.loan_id and new.state == "offered" else frozenset()
            assert step.did(new.reported_by, hers | taken_in)
        elif old._replace(entry_id=None, revision=0) != new._replace(entry_id=None, revision=0):
            _deposit(step, old, new)


def _deposit(step: Step, old: Deposit, new: Deposit) -> None:
    """Each way from one state to another has its own people, and only an agreed offer changes a sum."""
    entitled = confirming(step.before, old) | confirming(step.after, old)
    hers = owners(step.after, old.membership_id)
    assert old[:7] == new[:7]
    assert (new.amount == old.amount) or (old.state, new.state) == ("offered", "confirmed")
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
            done = [r for r in step.after.reversals.values() if r.entry_id == old.entry_id]
            assert [r.state for r in done].count("done") == 1
        case way:
            raise AssertionError(f"from {way[0]} to {way[1]}")


def _reversals(step: Step) -> None:
    for _, old, new in changes(step.before.reversals, step.after.reversals):
        if old is None:
            leaders = board(step.before, new.group_id) | {facilitator(step.before, new.group_id)}
            assert step.did(new.asked_by, leaders)
        else:
            assert (old.state, new.state) in (("asked", "done"), ("asked", "declined"))
            entitled = reversing(step.before, old) | reversing(step.after, old)
            assert step.did(new.decided_by, entitled), "reversed by somebody who may not"
            assert new.decided_by != new.asked_by


def _loans(step: Step) -> None:
    for number, old, new in changes(step.before.loans, step.after.loans):
        if old is None:
            assert step.did(new.asked_by, owners(step.before, new.membership_id))
            assert new.state in ("asked", "voting")
        elif old.state != new.state:
            _loan(step, number, old, new)


def _loan(step: Step, number: int, old: Loan, new: Loan) -> None:
    assert old[:9] == new[:9], "what was agreed on has changed"
    group, member = old.group_id, old.membership_id
    match old.state, new.state:
        case "asked", "approved" | "rejected":
            said = [agreed for (of, _), agreed in step.after.agreed.items() if of == number]
            assert said.count(new.state == "approved") >= (2 if new.state == "approved" else 1)
        case "voting", "approved" | "rejected":
            granted = "accepted" in {vote.state for vote in step.ended("loan") if vote.concerns == member}
            assert granted == (new.state == "approved")
        case "asked" | "voting" | "approved", "withdrawn":
            assert owners(step.before, member) & step.actors
        case "approved", "paid_out":
            assert step.did(new.paid_by, paying(step.before, group, member))
            _there_is_money(step, number)
        case "paid_out", "running":
            received = receiving(step.after, group, member, old.paid_by, old.paid_at)
            assert step.did(new.received_by, received)
            assert new.received_by != new.paid_by
        case "paid_out", "approved":
            received = receiving(step.after, group, member, old.paid_by, old.paid_at)
            assert (received | {old.paid_by}) & step.actors
        case "running", "written_off":
            assert "accepted" in {v.state for v in step.ended("write_off") if v.concerns == member}
        case way:
            assert set(way) <= set(RECEIVED)


def _there_is_money(step: Step, number: int) -> None:
    """For it and all that come before it; what was handed over comes first."""
    seen, loan = step.before, step.before.loans[number]
    queue = [one for one in seen.loans.values() if one.group_id == loan.group_id]
    handed = sum(one.principal for one in queue if one.state == "paid_out")
    places = [(one.place or 0, one.principal) for one in queue if one.state == "approved"]
    before = sum(principal for place, principal in places if place <= (loan.place or 0))
    assert handed + before + awaited(seen, loan.group_id) <= lendable(seen, loan.group_id)


def _moves(step: Step) -> None:
    for _, old, new in changes(step.before.moves, step.after.moves):
        treasurer = office(step.before, new.group_id, "treasurer")
        if old is None:
            assert new.entered_by == treasurer
            assert new.entered_by in step.actors
            continue
        assert old[:6] == new[:6]
        match old.state, new.state:
            case "waiting", "confirmed" | "declined":
                about = (new.group_id, new.entered_by, new.membership_id)
                assert step.did(new.decided_by, agreeing(step.before, *about))
            case "waiting", "withdrawn":
                assert step.did(new.decided_by, frozenset({new.entered_by}))
            case "confirmed", "reversed":
                done = [r.state for r in step.after.reversals.values() if r.entry_id == old.entry_id]
                assert done.count("done") == 1
            case before, after:  # a picture came
                assert before == after
                assert new.entered_by in step.actors


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


def _payouts(step: Step) -> None:
    for _, old, new in changes(step.before.payouts, step.after.payouts):
        if old is None:
            wished = step.after.members[new.membership_id].leave_wished_at is not None
            assert wished if new.kind == "leaving" else step.ended("surplus")
        else:
            _payout(step, old, new)


def _payout(step: Step, old: Payout, new: Payout) -> None:
    group, member = old.group_id, old.membership_id
    match old.state, new.state:
        case "due", "due":
            assert old.kind == "leaving"
            assert paying(step.before, group, member, old.kind) & step.actors
        case "due", "paid":
            assert step.did(new.paid_by, paying(step.before, group, member, old.kind))
        case "paid", "received":
            assert step.did(new.received_by, receiving(step.after, group, member, old.paid_by, old.paid_at))
            assert new.received_by != new.paid_by
        case "paid", "due":
            assert receiving(step.after, group, member, old.paid_by, old.paid_at) & step.actors
        case "due", "dropped":
            assert step.actors
        case way:
            raise AssertionError(f"from {way[0]} to {way[1]}")


def _votes(step: Step) -> None:
    """A ballot is its elector's, or entered by an officer; the outcome is what was cast."""
    for (vote, member), said in step.after.ballots.items():
        was = step.before.ballots.get((vote, member), (None, None))
        if was == said:
            continue
        entered_by = said[1]
        assert step.after.members[member].state == "admitted"
        if entered_by is None:
            assert step.after.members[member].person_id in step.actors
        else:
            assert entered_by in step.actors
            assert entered_by != step.after.members[member].person_id
    for number, old, new in changes(step.before.proposals, step.after.proposals):
        if old is not None and (old.state, new.state) == ("open", "accepted"):
            _carried(step.after, number, new)


def _carried(seen: Seen, number: int, vote: Proposal) -> None:
    """Enough took part, and enough of them agreed."""
    said = [cast for (of, _), (cast, _) in seen.ballots.items() if of == number]
    if vote.kind in ("election", "office"):
        return  # cast secretly
    rules = seen.rules.get(vote.group_id, {}).get(vote.bylaws)
    assert rules is None or rules.voting.days == 3
    yes, no, cast = said.count("yes"), said.count("no"), len(said) - said.count(None)
    assert cast * 3 >= len(said) * 2 if vote.call == 1 else cast * 2 > len(said)
    weighty = vote.kind in ("bylaws", "loan_terms", "write_off")
    assert yes * 3 >= (yes + no) * 2 if weighty else yes > no
    assert yes


def _offices(step: Step) -> None:
    """The facilitator appoints, or the assembly elects."""
    for (group, held), person in step.after.offices.items():
        if step.before.offices.get((group, held)) != person:
            elected = bool(step.ended("election", "office"))
            assert elected or facilitator(step.after, group) in step.actors
            assert person in {m.person_id for m in step.after.members.values() if m.group_id == group}


def _members(step: Step) -> None:
    """She says herself that she goes, or who helps her; gone is who has nothing left here."""
    for number, old, new in changes(step.before.members, step.after.members):
        if old is None or old.state == "applied":
            continue
        if old.leave_wished_at != new.leave_wished_at:
            assert owners(step.after, number) & step.actors
        if old.state != new.state:
            assert (old.state, new.state) == ("admitted", "left")
            assert step.actors
            held = {
                place
                for place in step.after.balances
                if place[1] in (201, 203, 204, 205) and place[2] == number
            }
            assert not held, "left with money in the fund"
            assert not [one for one in step.after.loans.values() if _unpaid(one, number)]


def _unpaid(loan: Loan, member: int) -> bool:
    return loan.membership_id == member and loan.state in ("asked", "voting", "approved", "paid_out")
