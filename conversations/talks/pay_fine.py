"""A member who saved late says that she has paid what the bylaws ask for."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import paid_how
from domain.moves import LateFine, PayFine


@dataclass(frozen=True, slots=True)
class Facts:
    """What she owes, of the oldest round first."""

    group: str
    name: str
    owed: tuple[LateFine, ...]
    subject: int | None = None


def pay_fine(facts: Facts) -> Script[PayFine | None]:
    """Ask for which round, where she owes for several, and how it was paid."""
    several = len(facts.owed) > 1
    fine = (yield from ask("pay_fine.round", _rounds(facts), name=facts.name)) if several else facts.owed[0]
    way, picture = yield from paid_how()
    about = {"name": facts.name, "number": fine.round_number, "amount": fine.amount, "way": way}
    sure = yield from ask("pay_fine.confirm", CONFIRM, group=facts.group, **about)
    return PayFine(fine, way, picture) if sure else None


def _rounds(facts: Facts) -> OneOf[LateFine]:
    return options(
        [
            (str(one.round_number), "round_fine", {"number": one.round_number, "amount": one.amount}, one)
            for one in facts.owed
        ]
    )
