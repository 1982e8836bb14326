"""One of the board proposes that a loan which waits is paid out before the others."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from domain.ids import GroupId, LoanId
from domain.lending import PutFirst
from domain.money import Rial


@dataclass(frozen=True, slots=True)
class Waiting:
    """A loan that was approved and not paid out."""

    loan: LoanId
    name: str
    amount: Rial


@dataclass(frozen=True, slots=True)
class Facts:
    """The queue of the group as it stands."""

    subject: GroupId
    group: str
    queue: tuple[Waiting, ...]


def loan_order(facts: Facts) -> Script[PutFirst | None]:
    """Ask which is to be paid first; the assembly decides."""
    shown = [(one.name, one.amount) for one in facts.queue]
    chosen = yield from ask("loan_order.which", _later(facts), group=facts.group, queue=shown)
    about = {"name": chosen.name, "amount": chosen.amount}
    sure = yield from ask("loan_order.confirm", CONFIRM, group=facts.group, **about)
    return PutFirst(facts.subject, chosen.loan) if sure else None


def _later(facts: Facts) -> OneOf[Waiting]:
    """All but the first, which is first already."""
    return options(
        [(str(one.loan), "loan", {"name": one.name, "amount": one.amount}, one) for one in facts.queue[1:]]
    )
