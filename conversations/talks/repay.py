"""A borrower says that she has paid on her loan, or an officer that he has taken it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, OneOf, options
from conversations.parts import amount_of, paid_how
from domain.ids import LoanId
from domain.loan_account import LoanAccount, Payment
from domain.money import Unit
from domain.repaying import RepayLoan


@dataclass(frozen=True, slots=True)
class Running:
    """A loan that can be paid on: whose it is, and what is left of it."""

    loan: LoanId
    name: str
    account: LoanAccount


@dataclass(frozen=True, slots=True)
class Facts:
    """The loans one may choose from; `taken_in` where an officer enters what others paid."""

    group: str
    unit: Unit
    today: date
    running: tuple[Running, ...]
    taken_in: bool
    subject: int | None = None


def repay(facts: Facts) -> Script[RepayLoan | None]:
    """Ask for which loan, how much and how it was paid; show what it is used for."""
    chosen = facts.running[0] if len(facts.running) == 1 else (yield from ask("repay.loan", _loans(facts)))
    account, today = chosen.account, facts.today
    due, month, settling = account.due(today), account.payable(today), account.settling(today)
    of = {"name": chosen.name, "taken_in": facts.taken_in, "lost": account.lost}
    amount = yield from amount_of(
        "repay.amount",
        facts.unit,
        tuple(dict.fromkeys(owed.total for owed in (due, month, settling) if owed.total)),
        due=due.total,
        month=month.total,
        settling=settling.total,
        **of,
    )
    way, picture = yield from paid_how()
    after, split = account.pay(Payment(today, amount))
    sure = yield from ask(
        "repay.confirm",
        CONFIRM,
        group=facts.group,
        amount=amount,
        way=way,
        parts=split.parts,
        beyond=split.beyond,
        left=after.left,
        **of,
    )
    return RepayLoan(chosen.loan, amount, way, picture) if sure else None


def _loans(facts: Facts) -> OneOf[Running]:
    return options(
        [
            (str(one.loan), "loan_left", {"name": one.name, "left": one.account.left}, one)
            for one in facts.running
        ]
    )
