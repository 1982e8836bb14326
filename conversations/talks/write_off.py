"""One of the board proposes that what a member owes on a loan is written off."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import SHORT_REASON
from domain.ids import GroupId
from domain.repaying import LoanLost, WriteOff


@dataclass(frozen=True, slots=True)
class Owing:
    """What is owed on a loan, and by whom."""

    lost: LoanLost
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The loans of the group that may be put to the vote."""

    subject: GroupId
    group: str
    owing: tuple[Owing, ...]


def write_off(facts: Facts) -> Script[WriteOff | None]:
    """Ask which and why; all but the borrower decide."""
    chosen = yield from ask("write_off.which", _loans(facts), group=facts.group)
    about = {"name": chosen.name, "left": chosen.lost.principal}
    reason = yield from ask("write_off.why", SHORT_REASON, **about)
    sure = yield from ask("write_off.confirm", CONFIRM, group=facts.group, reason=reason, **about)
    return WriteOff(facts.subject, chosen.lost, reason) if sure else None


def _loans(facts: Facts) -> OneOf[Owing]:
    return options(
        [
            (str(one.lost.loan), "loan_left", {"name": one.name, "left": one.lost.principal}, one)
            for one in facts.owing
        ]
    )
