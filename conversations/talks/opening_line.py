"""What one member had saved by the paper books, and what is left of her loans, entered or corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from conversations.engine import Script, Unread, ask
from conversations.kinds import YES_NO, Amount, DayOf, DoubtfulDay
from conversations.limits import Limits
from conversations.loan_parts import FREE, METHODS, USUAL, shown_old_loan, up_to
from conversations.parts import REASON, amount_of, beyond_doubt
from conversations.rule_kinds import Charge, RateOf
from domain.amounts import MOST_READ
from domain.bylaws import Bylaws
from domain.bylaws_bounds import COUNTS, most_of
from domain.calendar import add_months, jalali
from domain.correcting import CorrectOpening
from domain.ids import MembershipId
from domain.loan_account import Agreed, opened
from domain.loan_terms import FEE_FIXED, LoanTerms, Method, Period, Rate, rate_of_fee
from domain.money import Rial, Unit
from domain.opening import MOST_LOANS, NOTHING, EnterOpeningLine

SOON = timedelta(days=62)  # a next instalment that is later than this is asked about once more


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose line it is, the day of the balances, the rules that hold, and what is named already."""

    subject: MembershipId
    name: str
    unit: Unit
    day: date
    today: date
    rules: Bylaws
    entered: Rial | None = None
    claimed: Rial | None = None
    loans: tuple[LoanTerms, ...] = ()
    claimed_loan: Rial | None = None
    signed: bool = False  # it is in the books, and is put right: asked is how it stood on that day
    left: bool = False  # she is no member any more: her loans stay as they were

    @property
    def about(self) -> dict[str, object]:
        return {"name": self.name, "since": self.day if self.signed else None}

    @property
    def seen_from(self) -> date:
        """The day from which days without a year are understood."""
        return self.day if self.signed else self.today


def opening_line(facts: Facts) -> Script[EnterOpeningLine | CorrectOpening]:
    """Ask for her savings, and loan by loan for what she still owes; she confirms both herself.

    Of what was signed, it is asked as well why it is not right.
    """
    named = tuple(amount for amount in (facts.claimed, facts.entered) if amount)
    savings = yield from amount_of(
        "opening_line.savings",
        facts.unit,
        (*named, NOTHING),
        name=facts.name,
        day=facts.day,
        entered=facts.entered,
        claimed=facts.claimed,
    )
    loans = facts.loans if facts.left else (yield from _loans(facts))
    line = EnterOpeningLine(facts.subject, savings, loans)
    if facts.signed:
        return CorrectOpening(line, (yield from ask("correction.reason", REASON, name=facts.name)))
    return line


def _loans(facts: Facts) -> Script[tuple[LoanTerms, ...]]:
    """Keep what was entered before, or ask anew for each; one that is shown and not right is asked again."""
    left = sum((terms.principal for terms in facts.loans), NOTHING)
    before = {**facts.about, "count": len(facts.loans), "left": left, "claimed": facts.claimed_loan}
    if facts.loans and (yield from ask("opening_line.same_loans", YES_NO, **before)):
        return facts.loans
    entered: tuple[LoanTerms, ...] = ()
    tries = 1
    while len(entered) < MOST_LOANS and (yield from _owes(facts, tries, len(entered) + 1)):
        terms = yield from _terms(facts, tries)
        account = opened(Agreed(terms, facts.rules.payment_order, facts.rules.instalment_fine))
        shown = shown_old_loan(account, date.min if facts.signed else facts.today)  # signed: paid on since
        if (yield from ask("opening_line.loan", YES_NO, tries, **facts.about, **shown)):
            entered = (*entered, terms)
        tries += 1
    return entered


def _owes(facts: Facts, tries: int, nth: int) -> Script[bool]:
    return (yield from ask("opening_line.owes", YES_NO, tries, **facts.about, nth=nth))


def _terms(facts: Facts, nth: int) -> Script[LoanTerms]:
    """Ask what is left of the principal, in how many instalments, from which day on and at which price."""
    of, unit = facts.about, facts.rules.loan_rounding
    kind, limits = partial(Amount, facts.unit), _limits(facts)
    left = yield from beyond_doubt("opening_line.left", kind, (), str(nth), limits, **of)
    most = min(COUNTS["loan_most_instalments"][-1], left.rials // unit.rials)
    months = yield from ask("opening_line.months", up_to(most), nth, **of, left=left)
    due = yield from _due(facts, nth)
    method = yield from ask("opening_line.method", METHODS, nth, **of)
    rate = yield from _rate(facts, method, left, months, nth)
    return LoanTerms(left, method, rate, months, due, unit)


def _limits(facts: Facts) -> Limits:
    least = facts.rules.loan_rounding
    too_little = Unread("refusals.loan_too_small", {"least": least})
    return Limits(least, MOST_READ, too_little, Unread("common.amount_too_large"))


def _due(facts: Facts, nth: int) -> Script[date]:
    """Ask when the oldest unpaid instalment is due, or was; a day that is far away may be a year too late."""
    offered: tuple[date, ...] = ()
    text, tries = "opening_line.due", 1
    while True:
        said = yield from ask(text, DayOf(facts.seen_from, offered), f"{nth}.{tries}", **facts.about)
        match said:
            case DoubtfulDay(candidates):
                offered = candidates
            case day if day in offered or day - facts.seen_from <= SOON:
                return day
            case day:
                offered = (add_months(day, -12, jalali(day)[2]), day)
        text, tries = "common.day_doubt", tries + 1


def _rate(facts: Facts, method: Method, left: Rial, months: int, nth: int) -> Script[Rate]:
    """A fee by what was lent is asked for as it stands in the paper book; one by what is left, as a rate."""
    if method is Method.ZERO:
        return FREE.rate
    if method in FEE_FIXED:
        fee = yield from beyond_doubt("opening_line.fee", _fee(facts, left), (), str(nth), name=facts.name)
        return rate_of_fee(method, left, months, fee)
    kind = RateOf(Period.MONTH, USUAL[Period.MONTH], most_of(Period.MONTH).per_cent)
    return (yield from ask("opening_line.rate", kind, nth, method=method))


def _fee(facts: Facts, most: Rial) -> Callable[[tuple[Rial, ...]], Charge]:
    return lambda usual: Charge(facts.unit, usual, most)
