"""A member asks for a loan from the joint fund, or her helper asks for her."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, Unread, ask
from conversations.kinds import CONFIRM, Line, one_of
from conversations.limits import Limits
from conversations.loan_parts import up_to
from conversations.parts import amount_of
from domain.bylaws import LoanPrice
from domain.ids import MembershipId
from domain.lending import Allowance, AskLoan, Bound, first_due
from domain.loan_schedule import Instalment, schedule
from domain.loan_terms import LoanTerms
from domain.money import Rial, Unit


@dataclass(frozen=True, slots=True)
class Facts:
    """Whom the loan is for, what she may ask and at which price, and who decides."""

    subject: MembershipId
    group: str
    name: str
    helped: bool
    unit: Unit
    allowance: Allowance
    most_months: int
    price: LoanPrice
    version: int  # of the bylaws that say so
    by_board: bool
    today: date


PURPOSE = Line(limit=100, unread="ask_loan.purpose_unread")
ABOVE: Mapping[Bound, str] = {
    Bound.SAVINGS: "refusals.loan_above_savings",
    Bound.FUND: "refusals.loan_above_fund",
    Bound.MONEY: "refusals.loan_above_money",
}
CONSENT = one_of(("consent", True), ("no_consent", False))


def ask_loan(facts: Facts) -> Script[AskLoan | None]:
    """Ask what for, how much and for how long; show what would be due when, before anybody else sees it."""
    purpose = yield from ask(
        "ask_loan.purpose", PURPOSE, group=facts.group, name=facts.name, helped=facts.helped
    )
    amount = yield from amount_of(
        "ask_loan.amount",
        facts.unit,
        facts.allowance.offers,
        _limits(facts.allowance),
        allowance=facts.allowance,
        name=facts.name,
        helped=facts.helped,
    )
    most = facts.allowance.most_months(amount, facts.most_months)
    months = (yield from ask("ask_loan.months", up_to(most), amount=amount, most=most)) if most > 1 else 1
    shown = {"name": facts.name, "helped": facts.helped, "amount": amount, "purpose": purpose}
    if not (yield from ask("ask_loan.consent", CONSENT, by_board=facts.by_board, **shown)):
        return None
    plan = _plan(facts, amount, months)
    fee = sum((one.fee for one in plan), Rial(0))
    sure = yield from ask("ask_loan.confirm", CONFIRM, group=facts.group, plan=plan, fee=fee, **shown)
    return AskLoan(facts.subject, purpose, amount, months, facts.version) if sure else None


def _limits(allowance: Allowance) -> Limits:
    too_little = Unread("refusals.loan_too_small", {"least": allowance.unit})
    too_much = Unread(ABOVE[allowance.bound], {"allowance": allowance})
    return Limits(allowance.unit, allowance.most, too_little, too_much)


def _plan(facts: Facts, amount: Rial, months: int) -> tuple[Instalment, ...]:
    """What would be due if she received the money today."""
    price, due = facts.price, first_due(facts.today)
    return schedule(LoanTerms(amount, price.method, price.rate, months, due, facts.allowance.unit))
