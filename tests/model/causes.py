"""What each new entry should say, from whatever led to it: a payment, a loan, a move, a vote, a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

import jdatetime

from domain import matters
from domain.repaying import LoanRescheduled
from domain.surplus import Sharing
from tests.model import borrowed
from tests.model.borrowed import Anew, Debt, Event, Paid, Terms, Used, Waived, local_day
from tests.model.expected import (
    ACCOUNTS,
    CASH,
    FINES,
    IN_ADVANCE,
    KEPT,
    LEAVERS,
    LENT,
    LOAN_INCOME,
    LOSSES,
    MOVED,
    RECOVERED,
    RESERVE,
    RETAINED,
    SAVINGS,
    SHARES,
    Expected,
    at,
    in_units,
    jalali_year,
    opposite,
    without_nothing,
)
from tests.model.parted import in_hand
from tests.model.rows import Deposit, Entry, Lines, Loan, Member
from tests.model.seen import Seen

INCOME, EXPENSE = range(400, 500), range(500, 600)


@dataclass(frozen=True, slots=True)
class Causes:
    """The model before an entry, and what has led to it."""

    expected: Expected
    seen: Seen

    def lines_of(self, number: int) -> Lines:
        """What an entry should say; a kind nobody has told the model of is a KeyError."""
        entry = self.seen.entries[number]
        made = self._moved(number) if entry.kind in MOVED else KINDS[entry.kind](self, number, entry)
        return without_nothing(made)

    # --- savings ----------------------------------------------------------------------------------------

    def saving(self, number: int, entry: Entry) -> Lines:
        (paid,) = (d for d in self.seen.deposits.values() if d.entry_id == number)
        dues = {of: due for (m, of), (due, _) in self.seen.dues.items() if m == paid.membership_id}
        voluntary = self.seen.rules_of(entry.group_id).voluntary_saving
        spread = (dues, paid.membership_id, paid.amount, paid.round_number)
        parts = self.expected.spread(*spread, voluntary=voluntary)
        return {at(*paid_with(paid)): paid.amount, **parts}

    def advance_used(self, number: int, entry: Entry) -> Lines:
        """As much as is kept, and as much as the round asks for."""
        ((_, member, _, used_in),) = (p for p in self.seen.lines[number] if p[0] == SAVINGS)
        assert used_in is not None
        kept = -self.expected.stands[entry.group_id, IN_ADVANCE, member, "saving"]
        asked = self.seen.dues[member, used_in][0] - self.expected.rounds[member, used_in]
        used = min(kept, asked)
        assert used > 0
        return {at(IN_ADVANCE, member, "saving"): used, at(SAVINGS, member, "", used_in): -used}

    def reversal(self, number: int, entry: Entry) -> Lines:
        assert entry.reverses is not None
        return opposite(self.expected.booked[entry.reverses])

    # --- loans ------------------------------------------------------------------------------------------

    def loan_paid_out(self, number: int, entry: Entry) -> Lines:
        ((of, loan),) = ((of, loan) for of, loan in self.seen.loans.items() if loan.entry_id == number)
        assert loan.way is not None
        return {at(LENT, of): loan.principal, at(ACCOUNTS[loan.way]): -loan.principal}

    def instalment(self, number: int, entry: Entry) -> Lines:
        """What replaying the loan says; what was booked and recounted in one step is taken as it is."""
        paid = next((one for one in self.seen.deposits.items() if one[1].entry_id == number), None)
        if paid is None:
            assert any(other.reverses == number for other in self.seen.entries.values())
            return self.seen.lines[number]
        of, deposit = paid
        assert deposit.loan_id is not None
        used = self.replayed(deposit.loan_id)[1][of]
        return {
            at(*paid_with(deposit)): deposit.amount,
            at(LENT, deposit.loan_id): -used.principal,
            at(LOAN_INCOME): -used.fee,
            at(FINES): -used.fine,
            at(RECOVERED): -used.recovered,
            at(IN_ADVANCE, deposit.membership_id, "loan"): -used.beyond,
        }

    def loan_written_off(self, number: int, entry: Entry) -> Lines:
        """All that was owed by then."""
        (of,) = (of for of, loan in self.seen.loans.items() if loan.loss_entry_id == number)
        owed = self.expected.stands[entry.group_id, LENT, of, ""]
        return {at(LOSSES): owed, at(LENT, of): -owed}

    def terms(self, loan: Loan) -> Terms:
        rules = self.seen.rules.get(loan.group_id, {})[loan.bylaws]
        order = tuple(part.value for part in rules.payment_order)
        fine, price = rules.instalment_fine.rials, loan.rate.monthly
        assert loan.first_due is not None
        about = (loan.principal, loan.method, price, loan.months, loan.first_due, loan.rounding)
        return Terms(*about, order, fine)

    def replayed(self, number: int) -> tuple[Debt, Mapping[int, Used]]:
        """A loan's debt after all confirmed payments by value date, and what each was for."""
        loan = self.seen.loans[number]
        paid = sorted(
            (d.value_on, of, d.amount, d.entry_id or 0)
            for of, d in self.seen.deposits.items()
            if d.loan_id == number and d.state == "confirmed"
        )
        loss = loan.loss_entry_id
        later = [one for one in paid if loss is not None and one[3] > loss]
        before = [one for one in paid if one not in later]
        dated = [((day, of), Paid(day, rials)) for day, of, rials, _ in before]
        events = [event for _, event in sorted((*dated, *self._decided(number)), key=itemgetter(0))]
        recovered = [Paid(day, rials) for day, _, rials, _ in later] if loss is not None else None
        debt, used = borrowed.replayed(self.terms(loan), events, recovered)
        return debt, dict(zip((of for _, of, *_ in (*before, *later)), used, strict=True))

    def _decided(self, number: int) -> Iterator[tuple[tuple[date, float], Event]]:
        """What the assembly decided about a loan that runs, right behind what was paid on it by then."""
        for change in self.seen.changes.values():
            if change.loan_id == number:
                matter = matters.read(self.seen.proposals[change.proposal_id].matter or "")
                day, behind = change.changed_on, (change.changed_on, (change.deposit_id or 0) + 0.5)
                if isinstance(matter, LoanRescheduled):
                    yield behind, Anew(day, matter.months, matter.first_due)
                else:
                    yield behind, Waived(day)

    # --- the group's own money --------------------------------------------------------------------------

    def _moved(self, number: int) -> Lines:
        (move,) = (m for m in self.seen.moves.values() if m.entry_id == number)
        if move.way == "savings":
            return {at(SAVINGS, move.membership_id or 0): move.amount, at(FINES): -move.amount}
        paid = KEPT if move.keeper_id else ACCOUNTS.get(move.way or "", CASH)
        debit, credit = (account or paid for account in MOVED[move.kind])
        keeper = {KEPT: move.keeper_id or 0}
        return {at(debit, keeper.get(debit, 0)): move.amount, at(credit, keeper.get(credit, 0)): -move.amount}

    def income_closed(self, number: int, entry: Entry) -> Lines:
        return self._closed(entry, INCOME)

    def costs_closed(self, number: int, entry: Entry) -> Lines:
        return self._closed(entry, EXPENSE)

    def _closed(self, entry: Entry, kind: range) -> Lines:
        """What was booked in the year goes into the retained surplus."""
        sums = {account: rials for account, rials in self._of_year(entry).items() if account in kind}
        return {at(RETAINED): sum(sums.values()), **{at(account): -rials for account, rials in sums.items()}}

    def reserve_kept(self, number: int, entry: Entry) -> Lines:
        """A part of what was earned, rounded down."""
        (year,) = (y for y in self.seen.years.values() if y.command_id == entry.command_id)
        kept = -sum(self._of_year(entry).values()) * year.reserve_per_cent // 100
        return {at(RETAINED): kept, at(RESERVE): -kept}

    def _of_year(self, entry: Entry) -> Mapping[int, int]:
        (year,) = (y.year for y in self.seen.years.values() if y.command_id == entry.command_id)
        assert year < jalali_year(entry.booked_on)
        return {
            account: rials
            for (group, of, account), rials in self.expected.earned.items()
            if (group, of) == (entry.group_id, year)
        }

    # --- what is paid to members ------------------------------------------------------------------------

    def surplus_shared(self, number: int, entry: Entry) -> Lines:
        """Whole units of what was resolved and is there: equal while the savings are, by their days else."""
        sharing, unit = self._resolved(entry)
        there = min(sharing.amount.rials, -self.expected.total(entry.group_id, RETAINED))
        saved = {of: self._saved(of, sharing.year) for *_, of in self._sharers(entry, sharing.year)}
        alike = len({days[-1] for days in saved.values()}) == 1
        given = in_units(there, unit, {of: 1 if alike else sum(days) for of, days in saved.items()})
        shares = {at(SHARES, of): -rials for of, rials in given.items()}
        return {at(RETAINED): sum(given.values()), **shares}

    def _saved(self, member: int, year: int) -> list[int]:
        """What she had saved at the end of each day of a Jalali year, by value date."""
        moved = Counter[date]()
        for number, lines in self.expected.booked.items():
            hers = (
                rials
                for (account, holder, *_), rials in lines.items()
                if (account, holder) == (SAVINGS, member)
            )
            moved[self.seen.entries[number].value_on] -= sum(hers)
        first = jdatetime.date(year, 1, 1).togregorian()
        days = (jdatetime.date(year + 1, 1, 1).togregorian() - first).days
        ends = [first + timedelta(days=k) for k in range(days)]
        return [sum(rials for day, rials in moved.items() if day <= end) for end in ends]

    def surplus_saved(self, number: int, entry: Entry) -> Lines:
        """The shares of the entry before, left in the fund."""
        (before,) = (
            of
            for of, other in self.seen.entries.items()
            if (other.group_id, other.sequence) == (entry.group_id, entry.sequence - 1)
        )
        shares = {p[1]: rials for p, rials in self.expected.booked[before].items() if p[0] == SHARES}
        saved = {at(SAVINGS, member): rials for member, rials in shares.items()}
        return saved | {at(SHARES, member): -rials for member, rials in shares.items()}

    def _resolved(self, entry: Entry) -> tuple[Sharing, int]:
        """The vote that was accepted last on the surplus of a group."""
        votes = [
            (of, vote)
            for of, vote in self.seen.proposals.items()
            if (vote.group_id, vote.kind, vote.state) == (entry.group_id, "surplus", "accepted")
        ]
        _, vote = max(votes)
        rules = self.seen.rules.get(entry.group_id, {}).get(vote.bylaws)
        return matters.carried(vote.matter, Sharing), rules.loan_rounding.rials if rules else 1000

    def _sharers(self, entry: Entry, year: int) -> list[tuple[int, int]]:
        """Who was a member by the end of the year, still is, and is not settled up."""
        return [
            (entry.group_id, of)
            for of, member in self.seen.members.items()
            if member.group_id == entry.group_id
            and member.state == "admitted"
            and self._admitted_in(member) <= year
            and not self.expected.stands[entry.group_id, LEAVERS, of, ""]
        ]

    def _admitted_in(self, member: Member) -> int:
        assert member.decided_at is not None
        return jalali_year(local_day(member.decided_at))

    def leaver_gathered(self, number: int, entry: Entry) -> Lines:
        """What is hers beside savings counts as saved, so that her loans can be set off."""
        (member,) = {p[1] for p in self.seen.lines[number]}
        places = ((SHARES, ""), (IN_ADVANCE, "saving"), (IN_ADVANCE, "loan"))
        hers = {at(a, member, p): -self.expected.stands[entry.group_id, a, member, p] for a, p in places}
        hers[at(SHARES, member)] -= in_hand(self.seen, member)
        return {**hers, at(SAVINGS, member): -sum(hers.values())}

    def leaver_settled(self, number: int, entry: Entry) -> Lines:
        """All that is hers becomes payable to her."""
        (member,) = {p[1] for p in self.seen.lines[number] if p[0] == LEAVERS}
        places = ((SAVINGS, ""), (SHARES, ""), (IN_ADVANCE, "saving"), (IN_ADVANCE, "loan"))
        hers = {at(a, member, p): -self.expected.stands[entry.group_id, a, member, p] for a, p in places}
        hers[at(SHARES, member)] -= in_hand(self.seen, member)
        return {**hers, at(LEAVERS, member): -sum(hers.values())}

    def paid(self, number: int, entry: Entry) -> Lines:
        (owed,) = (p for p in self.seen.payouts.values() if p.entry_id == number)
        assert owed.way is not None
        account = LEAVERS if owed.kind == "leaving" else SHARES
        return {at(account, owed.membership_id): owed.amount, at(ACCOUNTS[owed.way]): -owed.amount}


def paid_with(deposit: Deposit) -> tuple[int, int]:
    """Where a payment came from or went to, and whose that is: her savings, or the hands of who keeps it."""
    if deposit.way == "savings":
        return SAVINGS, deposit.membership_id
    return (KEPT, deposit.keeper_id) if deposit.keeper_id else (ACCOUNTS[deposit.way], 0)


KINDS: Mapping[str, Callable[[Causes, int, Entry], Lines]] = {
    "saving": Causes.saving,
    "advance_used": Causes.advance_used,
    "reversal": Causes.reversal,
    "loan_paid_out": Causes.loan_paid_out,
    "instalment": Causes.instalment,
    "set_off": Causes.instalment,
    "loan_written_off": Causes.loan_written_off,
    "income_closed": Causes.income_closed,
    "costs_closed": Causes.costs_closed,
    "reserve_kept": Causes.reserve_kept,
    "surplus_shared": Causes.surplus_shared,
    "surplus_saved": Causes.surplus_saved,
    "leaver_gathered": Causes.leaver_gathered,
    "leaver_settled": Causes.leaver_settled,
    "surplus_paid": Causes.paid,
    "leaving_paid": Causes.paid,
}
