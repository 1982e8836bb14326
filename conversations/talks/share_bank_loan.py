"""Chair or treasurer proposes who receives how much of a bank loan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from conversations.engine import Choice, Script, ask
from conversations.kinds import CONFIRM, Amount, OneOf, Option, one_of, options
from conversations.parts import Candidate, Deciding, amount_of, beyond_doubt
from conversations.rule_kinds import Charge
from domain.bank_loans import (
    BankShare,
    BankSharing,
    FeeBearer,
    ShareBankLoan,
    equal_shares,
    to_share,
)
from domain.ids import GroupId, MembershipId
from domain.money import Rial, Unit

BEARER = one_of(*((f"feebearer_{who.value}", who) for who in FeeBearer))
WAY = one_of(("equal_shares", True), ("each_share", False))
WHOM = one_of(*((word, word) for word in ("everybody_receives", "all_but_some", "only_some")))
NOTHING = Rial(0)
Amounts = Mapping[MembershipId, Rial]


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, who can receive a share, and how the assembly would decide."""

    subject: GroupId
    group: str
    unit: Unit
    members: tuple[Candidate, ...]
    deciding: Deciding


def share_bank_loan(facts: Facts) -> Script[ShareBankLoan | None]:
    """Ask what came and what the bank kept back, who receives, and how much each, until it adds up."""
    received = yield from amount_of("share_bank_loan.received", facts.unit, group=facts.group)
    fee_kind = partial(Charge, facts.unit, most=received)
    fee = yield from beyond_doubt("share_bank_loan.fee", fee_kind, (), received=received)
    bearer = (yield from ask("share_bank_loan.bearer", BEARER, fee=fee)) if fee else FeeBearer.FUND
    receivers = yield from _receivers(facts)
    amounts = yield from _amounts(facts.unit, to_share(received, fee, bearer), receivers)
    shares = tuple(BankShare(one.membership, amounts[one.membership]) for one in receivers)
    sharing = BankSharing(received, fee, bearer, shares)
    sure = yield from ask(
        "share_bank_loan.confirm",
        CONFIRM,
        group=facts.group,
        sharing=sharing,
        shared=sharing.shared,
        lines=tuple((one.name, amounts[one.membership]) for one in receivers),
        deciding=facts.deciding,
    )
    return ShareBankLoan(facts.subject, sharing) if sure else None


def _receivers(facts: Facts) -> Script[tuple[Candidate, ...]]:
    """Everybody, all but some, or only some; somebody receives."""
    whom = yield from ask("share_bank_loan.whom", WHOM, count=len(facts.members), group=facts.group)
    match whom:
        case "all_but_some":
            out = yield from _some("share_bank_loan.left_out", facts.members, len(facts.members) - 1)
            return tuple(one for one in facts.members if one not in out)
        case "only_some":
            some = yield from _some("share_bank_loan.receiver", facts.members, len(facts.members))
            return tuple(one for one in facts.members if one in some)
        case _:
            return facts.members


def _some(text: str, members: Sequence[Candidate], most: int) -> Script[tuple[Candidate, ...]]:
    """Ask for one after the other, at least for one."""
    chosen: tuple[Candidate, ...] = ()
    while len(chosen) < most:
        offered = _names([one for one in members if one not in chosen], done=bool(chosen))
        one = yield from ask(text, offered, len(chosen), names=tuple(one.name for one in chosen))
        if one is None:
            break
        chosen = (*chosen, one)
    return chosen


def _names(members: Sequence[Candidate], *, done: bool) -> OneOf[Candidate | None]:
    offered: list[Option[Candidate | None]] = [Option(Choice("done", "nobody_more"), None)] if done else []
    offered.extend(Option(Choice(str(one.membership), "person", {"name": one.name}), one) for one in members)
    return OneOf(tuple(offered))


def _amounts(unit: Unit, shared: Rial, receivers: Sequence[Candidate]) -> Script[Amounts]:
    """Share equally, or ask for each amount, and then for those that make the sum wrong."""
    equal = equal_shares(shared, len(receivers))
    asked = {"count": len(receivers), "shared": shared, "least": min(equal), "most": max(equal)}
    if len(receivers) == 1 or (yield from ask("share_bank_loan.way", WAY, **asked)):
        return {one.membership: amount for one, amount in zip(receivers, equal, strict=True)}
    amounts: dict[MembershipId, Rial] = {}
    for nth, one in enumerate(receivers, start=1):
        left = shared - sum(amounts.values(), NOTHING)
        amounts[one.membership] = yield from _share(unit, one, left, len(receivers) - nth + 1, f"{nth}")
    tries = 0
    while left := shared - sum(amounts.values(), NOTHING):
        tries += 1
        one = yield from _wrong(receivers, amounts, left, tries)
        rest = left + amounts[one.membership]
        amounts[one.membership] = yield from _share(unit, one, rest, 1, f"again{tries}")
    return amounts


def _share(unit: Unit, one: Candidate, left: Rial, among: int, key: str) -> Script[Rial]:
    """Ask for one share; offered is an equal part of what is left."""
    usual = (Rial.from_toman(left.rials // among // Unit.TOMAN.rials),) if among > 1 else (left,)
    offered = tuple(amount for amount in usual if amount > NOTHING)
    shown = {"name": one.name, "left": max(left, NOTHING)}
    return (yield from beyond_doubt("share_bank_loan.share", partial(Amount, unit), offered, key, **shown))


def _wrong(receivers: Sequence[Candidate], amounts: Amounts, left: Rial, tries: int) -> Script[Candidate]:
    """Name what is missing or too much, and ask whose share is another."""
    lines = [
        (str(one.membership), "loan", {"name": one.name, "amount": amounts[one.membership]}, one)
        for one in receivers
    ]
    lacking = {"left": max(left, NOTHING), "over": max(-left, NOTHING)}
    return (yield from ask("share_bank_loan.difference", options(lines), tries, **lacking))
