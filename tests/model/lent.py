"""A loan goes from one state to the next by the hands it needs, and only where there is money for it."""

from __future__ import annotations

from tests.model.borrowed import local_day
from tests.model.entitled import owners, paying, receiving
from tests.model.promised import awaited, lendable
from tests.model.rows import Loan
from tests.model.step import Step, changes

STANDING = ("waiting", "offered", "confirmed")
RECEIVED = ("running", "settled", "written_off")
UNPAID = ("running", "written_off")
BEFORE_RECEIPT = ("asked", "voting", "approved", "paid_out")


def loans(step: Step) -> None:
    for number, old, new in changes(step.before.loans, step.after.loans):
        if old is None:
            assert step.did(new.asked_by, owners(step.before, new.membership_id))
            assert new.state in ("asked", "voting")
        elif old.state != new.state:
            _loan(step, number, old, new)


def _loan(step: Step, number: int, old: Loan, new: Loan) -> None:
    assert old[:9] == new[:9], "what was agreed on has changed"
    member = old.membership_id
    match old.state, new.state:
        case "asked", "approved" | "rejected":
            said = [agreed for (of, _), agreed in step.after.agreed.items() if of == number]
            assert said.count(new.state == "approved") >= (2 if new.state == "approved" else 1)
        case "voting", "approved" | "rejected":
            granted = "accepted" in {vote.state for vote in step.ended("loan") if vote.concerns == member}
            assert granted == (new.state == "approved")
        case "asked" | "voting" | "approved", "withdrawn":
            assert owners(step.before, member) & step.actors or step.parted(member)
        case "running", "written_off":
            assert "accepted" in {v.state for v in step.ended("write_off") if v.concerns == member}
        case "running", "approved" | "withdrawn":
            _taken_back(step, number, old, new)
        case way if not set(way) <= set(RECEIVED):
            _handed_over(step, number, old, new)


def _handed_over(step: Step, number: int, old: Loan, new: Loan) -> None:
    """One says that it was paid, another that it is there, or either of them that it is not."""
    group, member = old.group_id, old.membership_id
    if (old.state, new.state) == ("approved", "paid_out"):
        assert step.did(new.paid_by, paying(step.before, group, member))
        _there_is_money(step, number)
        return
    assert old.state == "paid_out"
    received = receiving(step.after, group, member, old.paid_by, old.paid_at)
    if new.state == "running":
        assert step.did(new.received_by, received)
        assert new.received_by != new.paid_by
    else:
        assert new.state == "approved"
        assert (received | {old.paid_by}) & step.actors


def changed(step: Step) -> None:
    """What is decided about a loan was voted, and holds for all that is said to be paid afterwards."""
    today = local_day(step.after.now)
    for _, old, new in changes(step.before.changes, step.after.changes):
        assert old is None
        vote = step.after.proposals[new.proposal_id]
        assert vote in step.ended("rescheduling", "waiver")
        assert vote.state == "accepted"
        assert vote.concerns == step.after.loans[new.loan_id].membership_id
        known, said = (
            {of for of, paid in seen.deposits.items() if paid.loan_id == new.loan_id}
            for seen in (step.before, step.after)
        )
        assert new.changed_on == today
        assert new.deposit_id in {max(known, default=None), *(said - known)}


def _taken_back(step: Step, number: int, old: Loan, new: Loan) -> None:
    """Nothing was paid on it; it waits in its old place, unless another of hers waits or she is gone."""
    assert step.reversed(old.entry_id)
    assert (new.place, new.entry_id, new.paid_by) == (old.place, None, None)
    assert not [one for one in step.after.changes.values() if one.loan_id == number]
    assert not [d for d in step.after.deposits.values() if d.loan_id == number and d.state in STANDING]
    other = [
        one for n, one in step.before.loans.items() if n != number and before_receipt(one, old.membership_id)
    ]
    gone = step.before.members[old.membership_id].state != "admitted"
    assert (new.state == "withdrawn") == bool(other or gone)


def _there_is_money(step: Step, number: int) -> None:
    """For it and all that come before it; what was handed over comes first."""
    seen, loan = step.before, step.before.loans[number]
    queue = [one for one in seen.loans.values() if one.group_id == loan.group_id]
    handed = sum(one.principal for one in queue if one.state == "paid_out")
    places = [(one.place or 0, one.principal) for one in queue if one.state == "approved"]
    before = sum(principal for place, principal in places if place <= (loan.place or 0))
    assert handed + before + awaited(seen, loan.group_id) <= lendable(seen, loan.group_id)


def before_receipt(loan: Loan, member: int) -> bool:
    """Whether she is still to get it."""
    return loan.membership_id == member and loan.state in BEFORE_RECEIPT
