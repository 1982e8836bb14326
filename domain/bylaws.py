"""The rules of a group; the defaults are our proposal until the assembly adopts its own."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from domain.calendar import Rhythm
from domain.codec import Codec
from domain.loan_terms import Method, Period, Rate
from domain.money import Rial
from domain.votes import Share, VotingRules

NOTHING = Rial(0)
THOUSAND = Rial(1_000)


class Part(StrEnum):
    """What a payment on a loan can be for."""

    FEE = "fee"
    PRINCIPAL = "principal"
    FINE = "fine"


class Decider(StrEnum):
    """Who decides on a loan."""

    ASSEMBLY = "assembly"
    BOARD = "board"


class SurplusRule(StrEnum):
    """How a surplus is shared."""

    AS_SAVED = "as_saved"  # equal while the savings are, by saving and time otherwise
    EQUAL = "equal"
    SAVING_TIME = "saving_time"


@dataclass(frozen=True, slots=True)
class LoanPrice:
    """What an internal loan costs."""

    method: Method
    rate: Rate


@dataclass(frozen=True, slots=True)
class Bylaws:
    """Every rule a group may set for itself; a field that is added later needs a default."""

    voting: VotingRules = field(default_factory=VotingRules)
    secret_votes: bool = False  # all of them; those about people always are
    loan_price: LoanPrice | None = None  # no loan before it is decided (roadmap 3.4)
    loan_savings_multiple: int = 3  # the most a member may owe, in multiples of her own savings
    loan_fund_per_cent: int = 25  # and in per cent of the fund
    loan_most_instalments: int = 12
    loan_rounding: Rial = THOUSAND
    loans_decided_by: Decider = Decider.ASSEMBLY
    payment_order: tuple[Part, ...] = (Part.FEE, Part.PRINCIPAL, Part.FINE)
    instalment_fine: Rial = NOTHING  # for each late instalment
    late_saving_fine: Rial = NOTHING  # for each late round
    entry_fee: Rial = NOTHING
    reserve_per_cent: int = 10  # of a positive result of the year
    surplus_rule: SurplusRule = SurplusRule.AS_SAVED
    voluntary_saving: bool = False
    board_months: int = 12
    size_least: int = 15
    size_most: int = 25


class Size(StrEnum):
    """How many belong to a group, held against its rules."""

    FITS = "fits"
    FEW = "few"
    MANY = "many"


def size_of(rules: Bylaws, members: int) -> Size:
    """Tell whether a group has as many members as its rules say."""
    if members < rules.size_least:
        return Size.FEW
    return Size.MANY if members > rules.size_most else Size.FITS


@dataclass(frozen=True, slots=True)
class LoanRules:
    """What is decided about internal loans when nothing else is: their price, their cap, their length."""

    price: LoanPrice
    savings_multiple: int
    fund_per_cent: int
    most_instalments: int

    def within(self, rules: Bylaws) -> Bylaws:
        """Return the rules of a group with these among them."""
        return replace(
            rules,
            loan_price=self.price,
            loan_savings_multiple=self.savings_multiple,
            loan_fund_per_cent=self.fund_per_cent,
            loan_most_instalments=self.most_instalments,
        )


def amended(rules: Bylaws, matter: Bylaws | LoanRules) -> Bylaws:
    """Return the rules of a group as they are once this was adopted: all anew, or those about loans."""
    return matter if isinstance(matter, Bylaws) else matter.within(rules)


@dataclass(frozen=True, slots=True)
class SavingsAgreement:
    """How much everybody saves in a round, and how often a round opens."""

    amount: Rial
    rhythm: Rhythm


GroupRules = Bylaws | LoanRules | SavingsAgreement
"""What a group may agree on: all rules, those about loans, what is saved."""

TYPES = {
    kind.__name__: kind
    for kind in (VotingRules, Share, LoanPrice, Method, Rate, Period, Part, Decider, SurplusRule, Rhythm)
}
_CODEC = Codec(TYPES)


def write(rules: Bylaws) -> str:
    """Return the rules as text, each under its name, the defaults among them: what was adopted stays."""
    return _CODEC.dumps({one.name: getattr(rules, one.name) for one in fields(rules)})


def read(text: str) -> Bylaws:
    """Read `write` back, also what an earlier program wrote; ValueError for anything else."""
    match _CODEC.loads(text):
        case dict() as stored:
            return Bylaws(**stored)
        case _:
            raise ValueError("bylaws are stored as named rules")
