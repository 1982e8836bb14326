"""Somebody proposes the bylaws: heading by heading, each kept as it stands or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO, OneOf, one_of, options
from conversations.loan_parts import limits_of, price_of
from conversations.parts import Deciding, beyond_doubt
from conversations.rule_kinds import Charge, number, part, shown_rules
from domain.bylaws import Bylaws, Decider, Part, SavingsAgreement, SurplusRule
from domain.bylaws_bounds import CHARGES, COUNTS, SHARES, VOTING_DAYS
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.proposals import ProposeRules
from domain.votes import VotingRules

BEGIN = one_of(("begin", True))
KEEP = one_of(("keep_rule", True), ("change_rule", False))
DECIDER = one_of(*((f"decider_{who.value}", who) for who in Decider))
SURPLUS = one_of(*((f"surplusrule_{rule.value}", rule) for rule in SurplusRule))
FINES = tuple(Rial.from_toman(toman) for toman in (10_000, 20_000, 50_000))
FEES = tuple(Rial.from_toman(toman) for toman in (50_000, 100_000, 200_000))


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the rules to begin with, its saving as agreed, and how it would be decided."""

    subject: GroupId
    group: str
    rules: Bylaws
    saving: SavingsAgreement
    unit: Unit
    deciding: Deciding


Change = Callable[[Bylaws, Facts, int], Script[Bylaws]]


def bylaws(facts: Facts) -> Script[ProposeRules | None]:
    """Go through all headings with our proposals, or what holds so far, filled in."""
    rules = facts.rules
    yield from ask("bylaws.begin", BEGIN, group=facts.group)
    for text, change in HEADINGS:
        rules = yield from _heading(text, change, rules, facts)
    sure = yield from ask(
        "bylaws.confirm",
        CONFIRM,
        group=facts.group,
        rules=rules,
        deciding=facts.deciding,
    )
    return ProposeRules(facts.subject, rules) if sure else None


def _heading(text: str, change: Change, rules: Bylaws, facts: Facts) -> Script[Bylaws]:
    """Change what stands under a heading until it may stay as it is."""
    nth = 1
    while not (yield from ask(text, KEEP, nth, **shown_rules(rules, facts.saving))):
        rules = yield from change(rules, facts, nth)
        nth += 1
    return rules


def _charge(rule: str, usual: tuple[Rial, ...], facts: Facts, nth: int) -> Script[Rial]:
    kind = partial(Charge, facts.unit, most=CHARGES[rule])
    return (yield from beyond_doubt(f"bylaws.{rule}", kind, usual, str(nth)))


def _saving(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:
    fine = yield from _charge("late_saving_fine", FINES, facts, nth)
    voluntary = yield from ask("bylaws.voluntary_saving", YES_NO, nth)
    return replace(rules, late_saving_fine=fine, voluntary_saving=voluntary)


def _board(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:  # noqa: ARG001 — every heading is called alike
    months = number(COUNTS["board_months"], 6, 12, 24)
    return replace(rules, board_months=(yield from ask("bylaws.board_months", months, nth)))


def _votes(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:  # noqa: ARG001 — as above
    """A second call asks for no more than the first, weighty matters for no less than others."""
    days = yield from ask("bylaws.voting_days", number(VOTING_DAYS, 2, 3, 5, 7), nth)
    first = yield from ask("bylaws.first_quorum", part(SHARES), nth)
    second = yield from ask("bylaws.second_quorum", part(s for s in SHARES if s.part <= first.part), nth)
    majority = yield from ask("bylaws.majority", part(SHARES), nth)
    weighty = part(s for s in SHARES if s.part >= majority.part)
    qualified = yield from ask("bylaws.qualified_majority", weighty, nth)
    secret = yield from ask("bylaws.secret_votes", YES_NO, nth)
    voting = VotingRules(first, second, majority, qualified, days)
    return replace(rules, voting=voting, secret_votes=secret)


def _loans(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:  # noqa: ARG001 — as above
    rules = yield from limits_of(rules, nth)
    return replace(rules, loans_decided_by=(yield from ask("bylaws.loans_decided_by", DECIDER, nth)))


def _price(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:  # noqa: ARG001 — as above
    return replace(rules, loan_price=(yield from price_of(rules, nth)))


def _repaying(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:
    order = yield from ask("bylaws.payment_order", _orders(), nth)
    fine = yield from _charge("instalment_fine", FINES, facts, nth)
    return replace(rules, payment_order=order, instalment_fine=fine)


def _orders() -> OneOf[tuple[Part, ...]]:
    return options(
        [
            ("-".join(order), "payment_order", {"first": order[0], "then": order[1], "last": order[2]}, order)
            for order in permutations(Part)
        ]
    )


def _surplus(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:  # noqa: ARG001 — as above
    reserve = yield from ask("bylaws.reserve_per_cent", number(COUNTS["reserve_per_cent"], 5, 10, 20), nth)
    rule = yield from ask("bylaws.surplus_rule", SURPLUS, nth)
    return replace(rules, reserve_per_cent=reserve, surplus_rule=rule)


def _members(rules: Bylaws, facts: Facts, nth: int) -> Script[Bylaws]:
    """A group is at most as large as bounds allow, and no smaller than its least."""
    least = yield from ask("bylaws.size_least", number(COUNTS["size_least"], 10, 15), nth)
    usual = (most for most in (20, 25) if most >= least)
    most = yield from ask("bylaws.size_most", number(range(least, COUNTS["size_most"].stop), *usual), nth)
    fee = yield from _charge("entry_fee", FEES, facts, nth)
    return replace(rules, size_least=least, size_most=most, entry_fee=fee)


HEADINGS: tuple[tuple[str, Change], ...] = (
    ("bylaws.saving", _saving),
    ("bylaws.board", _board),
    ("bylaws.votes", _votes),
    ("bylaws.loans", _loans),
    ("bylaws.price", _price),
    ("bylaws.repaying", _repaying),
    ("bylaws.surplus", _surplus),
    ("bylaws.members", _members),
)
