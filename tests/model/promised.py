"""Whose the money of a group is already: what is owed, promised, or in somebody's hand."""

from __future__ import annotations

from collections import Counter

from tests.model.expected import ACCOUNTS
from tests.model.rows import Place
from tests.model.seen import Seen


def lendable(seen: Seen, group: int) -> int:
    """Cash and bank without what belongs to somebody who will take it, by the balances."""
    counted = (101, 102, 203, 204, 205)
    return max(
        sum(r for (of, account, *_), r in seen.balances.items() if of == group and account in counted), 0
    )


def awaited(seen: Seen, group: int) -> int:
    """What leavers have agreed to get, beyond what the books owe them already."""
    leavers = [p for p in seen.payouts.values() if p.group_id == group and p.kind == "leaving"]
    return sum(max(p.amount - _owed(seen, p.membership_id), 0) for p in leavers if p.state in ("due", "paid"))


def _owed(seen: Seen, member: int) -> int:
    owing = (203, 204, 205)
    return -sum(r for (_, account, of, _), r in seen.balances.items() if of == member and account in owing)


def handed_over(seen: Seen) -> Counter[Place]:
    """What members have in their hands and the books have not, by box and account."""
    found: Counter[Place] = Counter()
    for loan in seen.loans.values():
        if loan.state == "paid_out" and loan.way:
            found[loan.group_id, ACCOUNTS[loan.way], 0, ""] += loan.principal
    for owed in seen.payouts.values():
        if owed.state == "paid" and owed.way:
            found[owed.group_id, ACCOUNTS[owed.way], 0, ""] += owed.amount
    return found
