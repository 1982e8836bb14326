"""The loans of a made-up group: what they cost, who asks, how the assembly votes, who repays and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from bot.made_up.assembly import Decided, MadeUpAssembly, Put
from bot.made_up.books import CONFIRMED_WITHIN, MadeUpBooks, Moments, Someone
from domain.bylaws import LoanPrice, LoanRules
from domain.calendar import local_day, moment_of
from domain.ids import LoanId, PersonId
from domain.ledger import Account, Booking
from domain.lending import Allowance, LoanAsked, first_due
from domain.loan_account import Agreed, LoanAccount, Payment, opened
from domain.loan_terms import LoanTerms, Method, Period, Rate
from domain.money import Rial
from domain.offices import BOARD
from domain.posting import Way, instalment_paid, loan_paid_out
from domain.proposals import ProposalKind
from domain.votes import Outcome

YEARLY, MONTHLY = Rate(Fraction(4), Period.YEAR), Rate(Fraction(1), Period.MONTH)
PRICES = (
    LoanPrice(Method.ZERO, Rate(Fraction(0), Period.YEAR)),
    LoanPrice(Method.FIXED_FEE, YEARLY),
    LoanPrice(Method.BALANCE_LEVEL, MONTHLY),
    LoanPrice(Method.BALANCE_EQUAL, MONTHLY),
    LoanPrice(Method.FLAT, MONTHLY),
)
MONTHS = (6, 10, 12)
# Days of a month: the vote, once savings are in; the money, once it has ended; instalments, around their day.
VOTED, PAID, RECEIVED, REPAID = 14, 18, 19, range(14, 23)
ASKED = 0.7  # months in which somebody asks for a loan
FORGETS, SETTLES = 0.08, 0.03  # of those who have an instalment to pay


@dataclass
class Borrowed:
    """A loan that runs, its row, and what is left of it."""

    id: LoanId
    someone: Someone
    row: dict[str, object]
    account: LoanAccount


@dataclass
class MadeUpLoans:
    """The loans of one group."""

    books: MadeUpBooks
    assembly: MadeUpAssembly
    members: Sequence[Someone]
    purposes: Sequence[str]
    chance: Random
    price: LoanPrice
    running: list[Borrowed] = field(default_factory=list)
    granted: int = 0

    def month(self, first: date, now: datetime) -> None:
        """Repay, and decide on a loan; before there is one, on what loans cost."""
        for one in self.running:
            self._repays(one, first, now)
        self.running = [one for one in self.running if one.account.owed]
        if _on(first, RECEIVED) > now:
            return
        if not self.assembly.version:
            self._agree(_on(first, VOTED))
        elif self.chance.random() < ASKED:
            self._lend(first)

    def _agree(self, at: datetime) -> None:
        rules = self.assembly.rules
        caps = (rules.loan_savings_multiple, rules.loan_fund_per_cent, rules.loan_most_instalments)
        terms = LoanRules(self.price, *caps)
        facts = {"price": terms.price, "terms": terms}
        put = Put(ProposalKind.LOAN_TERMS, "loan_terms.words", facts, terms, self.members[0], at)
        self.assembly.agree(put, terms)

    def _lend(self, first: date) -> None:
        """Whoever asks is none of the board, and owes nothing."""
        owing = {one.someone for one in self.running}
        free = [one for one in self.members[len(BOARD) :] if one not in owing]
        someone = self.chance.choice([one for one in free if not self.books.open_lines(one)] or free)
        allowance = self._allowance(someone)
        if self.books.open_lines(someone) or not allowance.offers:
            return
        amount, unit = self.chance.choice(allowance.offers), allowance.unit
        months = allowance.most_months(amount, self.chance.choice(MONTHS))
        number = LoanId(next(self.books.numbers["loan"]))
        asked = LoanAsked(number, amount, self.price, months, unit)
        row = self._asks(someone, asked, _on(first, VOTED))
        if row["state"] == "approved":
            self._hand_over(someone, asked, row, first)

    def _allowance(self, someone: Someone) -> Allowance:
        rules, books = self.assembly.rules, self.books
        saved = Rial(-books.balances[Account.SAVINGS.value, someone.membership, ""])
        fund, cash, bank = (books.on(one) for one in (Account.SAVINGS, Account.CASH, Account.BANK))
        free = min(max(cash, bank), cash + bank - books.on(Account.PAID_IN_ADVANCE))
        caps = {"multiple": rules.loan_savings_multiple, "per_cent": rules.loan_fund_per_cent}
        return Allowance(
            savings=saved, fund=fund, running=Rial(0), money=free, unit=rules.loan_rounding, **caps
        )

    def _asks(self, someone: Someone, asked: LoanAsked, at: datetime) -> dict[str, object]:
        purpose = self.chance.choice(self.purposes)
        about = {"name": someone.name, "purpose": purpose}
        facts = about | {"amount": asked.principal, "months": asked.months}
        self.books.record("AskLoan", someone.reporter, at, someone.parties)
        put = Put(ProposalKind.LOAN, "ask_loan.words", facts, asked, someone, at, someone.membership)
        decided = self.assembly.decide(put)
        row = self._row(someone, asked, decided) | {"note_id": self.books.note(purpose).id, "asked_at": at}
        if decided.outcome is Outcome.ACCEPTED:
            self.granted += 1
            row |= {"state": "approved", "place": self.granted}
        self.books.rows["loan"].append(row)
        return row

    def _row(self, someone: Someone, asked: LoanAsked, decided: Decided) -> dict[str, object]:
        of = {"id": asked.loan, "group_id": self.books.group, "membership_id": someone.membership}
        price = {"method": asked.price.method.value, "rate": asked.price.rate, "rounding": asked.rounding}
        terms = {"principal": asked.principal, "months": asked.months, "bylaws": self.assembly.version}
        voted = {
            "proposal_id": decided.proposal,
            "decided_at": decided.closed_at,
            "asked_by": someone.reporter,
        }
        later = ("place", "paid_by", "paid_at", "way", "first_due", "received_by", "received_at", "entry_id")
        return {**of, **price, **terms, **voted, **dict.fromkeys(later), "state": "rejected"}

    def _hand_over(self, someone: Someone, asked: LoanAsked, row: dict[str, object], first: date) -> None:
        """The treasurer pays from where more is; who receives it confirms."""
        payer, moments = self._treasurer, Moments(_on(first, PAID), _on(first, RECEIVED))
        way = Way.CASH if self.books.on(Account.CASH) >= self.books.on(Account.BANK) else Way.TRANSFER
        self.books.record("PayLoan", payer, moments.reported, someone.parties)
        command = self.books.record("ConfirmReceipt", someone.reporter, moments.decided, someone.parties)
        lines = loan_paid_out(way, asked.loan, asked.principal)
        booking = Booking("loan_paid_out", local_day(moments.reported), lines)
        entry = self.books.book(booking, command, moments, (payer, someone.reporter))
        due = first_due(local_day(moments.decided))
        row |= {"state": "running", "way": way.value, "first_due": due, "entry_id": entry}
        row |= {"paid_by": payer, "paid_at": moments.reported}
        row |= {"received_by": someone.reporter, "received_at": moments.decided}
        price, rules = asked.price, self.assembly.rules
        terms = LoanTerms(asked.principal, price.method, price.rate, asked.months, due, asked.rounding)
        account = opened(Agreed(terms, rules.payment_order, rules.instalment_fine))
        self.running.append(Borrowed(asked.loan, someone, row, account))

    @property
    def _treasurer(self) -> PersonId:
        return self.members[len(BOARD) - 1].person

    def _repays(self, loan: Borrowed, first: date, now: datetime) -> None:
        """Most pay what is due this month and before; some forget it, some pay all that is left."""
        reported = _on(first, self.chance.choice(REPAID))
        moments = Moments(reported, reported + CONFIRMED_WITHIN * self.chance.random())
        if moments.decided > now or self.chance.random() < FORGETS:
            return
        day, all_of_it = local_day(reported), self.chance.random() < SETTLES
        due = loan.account.settling(day) if all_of_it else loan.account.due(first + timedelta(REPAID.stop))
        if not due.total:
            return
        loan.account, split = loan.account.pay(Payment(day, due.total))
        way = self.chance.choice((Way.CASH, Way.TRANSFER))
        lines = instalment_paid(way, loan.id, loan.someone.membership, split)
        self.books.repay(loan.someone, loan.id, lines, way, moments)
        if not loan.account.owed:
            loan.row["state"] = "settled"


def _on(first: date, days: int) -> datetime:
    """The morning so many days after the first of a month."""
    return moment_of(first + timedelta(days=days), 9)
