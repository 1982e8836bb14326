"""One of the board proposes that a member's fines are waived: of late instalments, or of late saving."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import SHORT_REASON
from domain.ids import GroupId
from domain.moves import LateFinesWaived
from domain.repaying import FineWaived, WaiveFine


@dataclass(frozen=True, slots=True)
class Fined:
    """The fines that are open on a loan, or for late saving, and whose they are."""

    waived: FineWaived | LateFinesWaived
    name: str

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds that were saved late into; none where the fines are of a loan."""
        return self.waived.rounds if isinstance(self.waived, LateFinesWaived) else ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The fines of the group that may be put to the vote."""

    subject: GroupId
    group: str
    fined: tuple[Fined, ...]


def waive_fine(facts: Facts) -> Script[WaiveFine | None]:
    """Ask whose and why; all but whoever owes them decide."""
    chosen = yield from ask("waive_fine.which", _fines(facts), group=facts.group)
    about = {"name": chosen.name, "fine": chosen.waived.fine, "rounds": chosen.rounds}
    reason = yield from ask("waive_fine.why", SHORT_REASON, **about)
    sure = yield from ask("waive_fine.confirm", CONFIRM, group=facts.group, reason=reason, **about)
    return WaiveFine(facts.subject, chosen.waived, reason) if sure else None


def _fines(facts: Facts) -> OneOf[Fined]:
    return options([(*_button(one), {"name": one.name, "fine": one.waived.fine}, one) for one in facts.fined])


def _button(one: Fined) -> tuple[str, str]:
    """Return the key of a choice and its word."""
    if isinstance(one.waived, LateFinesWaived):
        return f"m{one.waived.membership}", "saving_fine"
    return str(one.waived.loan), "loan_fine"
