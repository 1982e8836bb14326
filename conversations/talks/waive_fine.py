"""One of the board proposes that the fines of a member's late instalments are waived."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import SHORT_REASON
from domain.ids import GroupId
from domain.repaying import FineWaived, WaiveFine


@dataclass(frozen=True, slots=True)
class Fined:
    """The fines that are open on a loan, and whose loan it is."""

    waived: FineWaived
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The loans of the group whose fines may be put to the vote."""

    subject: GroupId
    group: str
    fined: tuple[Fined, ...]


def waive_fine(facts: Facts) -> Script[WaiveFine | None]:
    """Ask whose and why; all but the borrower decide."""
    chosen = yield from ask("waive_fine.which", _loans(facts), group=facts.group)
    about = {"name": chosen.name, "fine": chosen.waived.fine}
    reason = yield from ask("waive_fine.why", SHORT_REASON, **about)
    sure = yield from ask("waive_fine.confirm", CONFIRM, group=facts.group, reason=reason, **about)
    return WaiveFine(facts.subject, chosen.waived, reason) if sure else None


def _loans(facts: Facts) -> OneOf[Fined]:
    return options(
        [
            (str(one.waived.loan), "loan_fine", {"name": one.name, "fine": one.waived.fine}, one)
            for one in facts.fined
        ]
    )
