"""One of the board proposes that a member's fines are waived: of late instalments, or of late saving."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import SHORT_REASON
from domain.ids import GroupId, MembershipId
from domain.repaying import Waived, WaiveFine


@dataclass(frozen=True, slots=True)
class Fined:
    """The fines that are open on a loan, or for late saving, and whose they are."""

    waived: Waived
    membership: MembershipId
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The fines of the group that may be put to the vote."""

    subject: GroupId
    group: str
    fined: tuple[Fined, ...]


def waive_fine(facts: Facts) -> Script[WaiveFine | None]:
    """Ask whose and why; all but whoever owes them decide."""
    chosen = yield from ask("waive_fine.which", _fines(facts), group=facts.group)
    about = {"name": chosen.name, "fine": chosen.waived.fine, "rounds": chosen.waived.rounds}
    reason = yield from ask("waive_fine.why", SHORT_REASON, **about)
    sure = yield from ask("waive_fine.confirm", CONFIRM, group=facts.group, reason=reason, **about)
    return WaiveFine(facts.subject, chosen.waived, reason) if sure else None


def _fines(facts: Facts) -> OneOf[Fined]:
    return options(
        [
            (
                str(nth),
                "saving_fine" if one.waived.rounds else "loan_fine",
                {"name": one.name, "fine": one.waived.fine},
                one,
            )
            for nth, one in enumerate(facts.fined, start=1)
        ]
    )
