"""A loan in a group's own figures, to be looked at before the price of loans is voted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.bylaws import Bylaws, LoanPrice
from domain.lending import first_due
from domain.loan_schedule import Instalment, schedule
from domain.loan_terms import LoanTerms
from domain.money import Rial

MOST_SHOWN = 12  # instalments; more do not fit a small screen
ROUND = Rial.from_toman(5_000)  # so much principal a month, or a multiple of it


@dataclass(frozen=True, slots=True)
class Purse:
    """A group's own figures: the fund, how many share it, and what each saves in a round."""

    fund: Rial
    members: int
    saving: Rial


@dataclass(frozen=True, slots=True)
class Example:
    """A loan with all its instalments, and what it costs in all."""

    terms: LoanTerms
    instalments: tuple[Instalment, ...]

    @property
    def fee(self) -> Rial:
        return sum((one.fee for one in self.instalments), Rial(0))

    @property
    def total(self) -> Rial:
        return self.terms.principal + self.fee


def example(rules: Bylaws, price: LoanPrice, purse: Purse, today: date) -> Example:
    """Lend an equal share of the fund today, the first instalment a month later.

    While a share of the fund is hardly anything, as much is lent as the first saving of a member allows.
    The sum is rounded down to so much that the principal of each instalment is round.
    """
    months = min(rules.loan_most_instalments, MOST_SHOWN)
    step = Rial(max(ROUND.rials, rules.loan_rounding.rials) * months)
    share = Rial(purse.fund.rials // max(purse.members, 1))
    lent = share if share >= step else rules.loan_savings_multiple * purse.saving
    principal = max(Rial(lent.rials // step.rials * step.rials), step)
    terms = LoanTerms(principal, price.method, price.rate, months, first_due(today), rules.loan_rounding)
    return Example(terms, schedule(terms))
