"""A member says that she has saved."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO, OneOf, options
from conversations.parts import amount_of, paid_how
from domain.commands import ReportSaving
from domain.ids import MembershipId
from domain.money import Rial, Unit
from domain.posting import OpenLine, allocate

FAR = 3


@dataclass(frozen=True, slots=True)
class Payer:
    """For whom it is saved: oneself, or a member without a phone."""

    membership: MembershipId
    name: str
    lines: tuple[OpenLine, ...]  # unpaid opened rounds, the current one first


@dataclass(frozen=True, slots=True)
class Facts:
    """What the dialogue needs to know; `amount` where she wrote one out of the blue."""

    group: str
    usual: Rial
    unit: Unit
    payers: tuple[Payer, ...]
    current_round: int
    amount: Rial | None = None
    subject: int | None = None  # the same amount in rials: what the dialogue was begun with
    voluntary: bool = False  # whether the bylaws let her save beyond the equal share


def saving(facts: Facts) -> Script[ReportSaving | None]:
    """Ask for whom, how much, how it was paid and for which round."""
    payer = facts.payers[0] if len(facts.payers) == 1 else (yield from ask("saving.payer", _payers(facts)))
    amount = yield from _amount(facts)
    if amount is None:
        return None
    way, picture = yield from paid_how()
    chosen = (yield from ask("saving.round", _rounds(payer))) if len(payer.lines) > 1 else _only(facts, payer)
    shared = allocate(amount, chosen, payer.lines, voluntary=facts.voluntary)
    sure = yield from ask(
        "saving.confirm",
        CONFIRM,
        group=facts.group,
        name=payer.name,
        amount=amount,
        way=way,
        parts=shared.parts,
        advance=shared.advance,
        voluntary=shared.voluntary,
        helped=len(facts.payers) > 1,
    )
    return ReportSaving(payer.membership, chosen, amount, way, picture, None) if sure else None


def _amount(facts: Facts) -> Script[Rial | None]:
    """The amount she wrote out of the blue, or the one she is asked for; asked twice far from the usual."""
    if facts.amount:
        offered = yield from ask("saving.offered", YES_NO, amount=facts.amount, group=facts.group)
        amount = facts.amount if offered else None
    else:
        amount = yield from amount_of("saving.amount", facts.unit, (facts.usual,), group=facts.group)
    if amount is not None and amount.rials > FAR * facts.usual.rials:
        meant = yield from ask("saving.unusual", YES_NO, amount=amount, usual=facts.usual)
        return amount if meant else None
    return amount


def _payers(facts: Facts) -> OneOf[Payer]:
    return options([(str(p.membership), "person", {"name": p.name}, p) for p in facts.payers])


def _rounds(payer: Payer) -> OneOf[int]:
    return options(
        [
            (
                str(line.round_number),
                "round",
                {"number": line.round_number, "left": line.remaining},
                line.round_number,
            )
            for line in payer.lines
        ]
    )


def _only(facts: Facts, payer: Payer) -> int:
    return payer.lines[0].round_number if payer.lines else facts.current_round
