"""Listens to every chat: whoever writes is answered, what is said is so, nobody hears of another's money."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.loan_owed import Parts
from domain.money import Rial
from storage.passbooks import GroupTotals
from tests.model.borrowed import local_day, plan
from tests.model.expected import (
    BANK,
    CASH,
    CHARGES,
    COSTS,
    IN_ADVANCE,
    KEPT,
    LENT,
    RESERVE,
    RETAINED,
    SAVINGS,
    Expected,
)
from tests.model.judge import Act, Judge
from tests.model.late import fines, told_of
from tests.model.promised import awaited
from tests.model.seen import Seen
from tests.phone import Heard, Phone

MONEY = re.compile("تومان|ریال")
# Named people beside an amount that is the same for all, or the totals of a group.
PUBLIC = ("group.page", "groups.listing", "rules.page", "join.consent", "year_closing.", "month.", "close_")
# It says "you", and who paid: alike for all who are paid the same.
TO_HER = ("loan.receive",)
# What is put to the vote names who asks for a loan, or owes one, to those who decide; with her consent.
TO_VOTERS = ("vote.", "enter_ballot.", "assembly.page")
# The board, and whoever stands in for it, read what they decide on.
OF_CONFIRMERS = (
    "rounds.one",
    "deposit.",
    "other_amount.",
    "not_received.",
    "reversal.",
    "loan.",
    "loan_order.",
    "repay.",
    "repayment.board",
    "write_off.",
    "death.",
    "waive_fine.",
    "move.",
    "cash_count.",
    "money_move.",
    "group_money.",
    "hand_over.",
    "payout.",
    "objection.",
    "share_bank_loan.",
    "bank_share.",
)


@dataclass
class Listener:
    """Everything that was heard, chat by chat."""

    judge: Judge
    receipts: set[tuple[str, int]] = field(default_factory=set)
    buttons: dict[int, list[str]] = field(default_factory=dict)  # by account: the data of each ever seen
    names: set[str] = field(default_factory=set)  # of all texts there ever were
    owed: set[tuple[int, int]] = field(default_factory=set)  # member and round of each fine there ever was
    _heard: dict[int, list[Heard]] = field(default_factory=dict)

    def step(self, phones: list[Phone], before: Seen, acts: tuple[Act, ...]) -> None:
        """Look at what has been added or changed since the last step."""
        fresh = {phone.user_id: self._fresh(phone) for phone in phones}
        for act in acts:
            assert fresh[act.phone.user_id], "a reply without an answer"
        self.owed |= told_of(self.judge.now, self.owed, phones, fresh)
        for phone in phones:
            for heard in fresh[phone.user_id]:
                self.names.add(heard.name)
                self.buttons.setdefault(phone.user_id, []).extend(heard.buttons.values())
                self._is_so(phone, heard, before, len(acts))
                self._is_nobody_elses(phone, heard, before)

    def _fresh(self, phone: Phone) -> list[Heard]:
        known = self._heard.get(phone.user_id, [])
        self._heard[phone.user_id] = list(phone.heard)
        same = [earlier is later for earlier, later in zip(known, phone.heard, strict=False)]
        return [heard for at, heard in enumerate(phone.heard) if at >= len(same) or not same[at]]

    # --- what is said is so -----------------------------------------------------------------------------

    def _is_so(self, phone: Phone, heard: Heard, before: Seen, acting: int) -> None:
        """Two who act at once each hear what stood in between; what follows from one entry is always so."""
        if heard.name == "saving.advance_used":
            self._used(phone, heard, before)
        if heard.name in ALWAYS:
            ALWAYS[heard.name](self, phone, heard)
        if heard.name in ALONE and acting < 2:
            ALONE[heard.name](self, phone, heard)

    def _receipt(self, phone: Phone, heard: Heard) -> int:
        """Once for an entry, to whom it concerns; return the entry."""
        group, sequence = heard.fact("group", str), heard.fact("number", int)
        assert (group, sequence) not in self.receipts, "a second receipt"
        self.receipts.add((group, sequence))
        of, seen = self._group(group), self.judge.now
        (entry,) = (n for n, e in seen.entries.items() if (e.group_id, e.sequence) == (of, sequence))
        return entry

    def _saved(self, phone: Phone, heard: Heard) -> None:
        entry = self._receipt(phone, heard)
        lines = self.expected.booked[entry]
        (member,) = {holder for account, holder, *_ in lines if account in (SAVINGS, IN_ADVANCE)}
        self._is_hers(phone, member)
        assert heard.fact("balance", Rial).rials == self.expected.after[entry][0]
        assert heard.fact("amount", Rial).rials == sum(
            r for p, r in lines.items() if p[0] in (CASH, BANK, KEPT)
        )
        kept = -sum(rials for post, rials in lines.items() if post[0] == IN_ADVANCE)
        assert heard.fact("advance", Rial).rials == kept

    def _used(self, phone: Phone, heard: Heard, before: Seen) -> None:
        fresh = self.judge.now.entries.keys() - before.entries.keys()
        mine = self._members(phone, heard)
        number, told = heard.fact("number", int), heard.fact("balance", Rial).rials
        said = [
            self.expected.after[entry][0]
            for entry in fresh
            for account, holder, _, used_in in self.expected.booked[entry]
            if account == SAVINGS and holder in mine and used_in == number
        ]
        assert told in said

    def _reversed(self, phone: Phone, heard: Heard) -> None:
        balances = {saved for moments in self._moments(phone, heard) for saved, _ in moments}
        assert heard.fact("balance", Rial).rials in balances

    def _passbook(self, phone: Phone, heard: Heard) -> None:
        told = (heard.fact("balance", Rial).rials, heard.fact("advance", Rial).rials)
        assert told in {moment for moments in self._moments(phone, heard) for moment in moments}

    def _fines(self, phone: Phone, heard: Heard) -> None:
        """What she owes for saving late."""
        said = heard.facts["fines"]
        assert isinstance(said, list)
        told = [(number, amount.rials) for number, amount in said]
        assert told in [fines(self.judge.now, member) for member in self._members(phone, heard)]

    def _totals(self, phone: Phone, heard: Heard) -> None:
        totals, group = heard.fact("totals", GroupTotals), self._group(heard.fact("group", str))

        def total(*accounts: int) -> int:
            return sum(self.expected.total(group, account) for account in accounts)

        kept = (totals.savings, totals.advances, totals.reserve, totals.retained)
        assert [r.rials for r in kept] == [-total(a) for a in (SAVINGS, IN_ADVANCE, RESERVE, RETAINED)]
        there = (totals.cash, totals.bank, totals.lent, totals.costs)
        assert [r.rials for r in there] == [total(CASH), total(BANK), total(LENT), total(COSTS, CHARGES)]
        assert totals.in_transit.rials == total(KEPT)

    def _loans(self, phone: Phone, heard: Heard) -> None:
        """What is lent, promised and free."""
        group = self._group(heard.fact("group", str))
        queue = [one for one in self.judge.now.loans.values() if one.state in ("approved", "paid_out")]
        promised = sum(one.principal for one in queue if one.group_id == group)
        kept = promised + awaited(self.judge.now, group)
        free = max(self.expected.lendable(group) - kept, 0)
        told = tuple(heard.fact(name, Rial).rials for name in ("lent", "reserved", "money"))
        assert told == (self.expected.total(group, LENT), promised, free)

    def _lent(self, phone: Phone, heard: Heard) -> None:
        """The schedule, as the terms fix it."""
        entry, causes = self._receipt(phone, heard), self.judge.causes
        (loan,) = (one for one in self.judge.now.loans.values() if one.entry_id == entry)
        self._is_hers(phone, loan.membership_id)
        shown = heard.facts["plan"]
        assert isinstance(shown, tuple)
        assert [(one.principal.rials, one.fee.rials) for one in shown] == plan(causes.terms(loan))

    def _repaid(self, phone: Phone, heard: Heard) -> None:
        """What it was for, and what is left."""
        entry = self._receipt(phone, heard)
        (paid,) = (n for n, d in self.judge.now.deposits.items() if d.entry_id == entry)
        deposit = self.judge.now.deposits[paid]
        assert deposit.loan_id is not None
        self._is_hers(phone, deposit.membership_id)
        debt, used = self.judge.causes.replayed(deposit.loan_id)
        parts, was = heard.fact("parts", Parts), used[paid]
        told = (parts.fee, parts.principal, parts.fine, parts.recovered, heard.fact("beyond", Rial))
        assert tuple(part.rials for part in told) == (
            was.fee,
            was.principal,
            was.fine,
            was.recovered,
            was.beyond,
        )
        assert heard.fact("left", Rial).rials == debt.left

    def _owed(self, phone: Phone, heard: Heard) -> None:
        """What is left of her loan, and what being done with it costs today."""
        seen = self.judge.now
        mine = {n for n, m in seen.members.items() if phone.person in (m.person_id, m.helper_id)}
        left = []
        for number, loan in seen.loans.items():
            if loan.membership_id in mine and loan.state == "running":
                debt, _ = self.judge.causes.replayed(number)
                cost = debt.settling(local_day(seen.now))
                left.append((debt.left, cost.fee + cost.principal + cost.fine))
        assert (heard.fact("left", Rial).rials, heard.fact("settling", Rial).rials) in left

    def _paid_out(self, phone: Phone, heard: Heard) -> None:
        entry = self._receipt(phone, heard)
        (owed,) = (one for one in self.judge.now.payouts.values() if one.entry_id == entry)
        self._is_hers(phone, owed.membership_id)
        assert heard.fact("amount", Rial).rials == owed.amount

    # --- and nobody else's ------------------------------------------------------------------------------

    def _is_nobody_elses(self, phone: Phone, heard: Heard, before: Seen) -> None:
        """A sum beside a name is hers who reads it, of somebody she helps, or before her to decide."""
        if not MONEY.search(heard.text) or heard.name.startswith((*PUBLIC, *TO_HER)):
            return
        seen = self.judge.now
        named = {person for person, name in seen.names.items() if name and name in heard.text}
        named -= {person for person in named if seen.names[person] == heard.facts.get("proposer")}
        if not named - self._served(phone, before):
            return
        whose, said = heard.facts.get("name"), (heard.facts.get("name"), heard.facts.get("amount"))
        if whose in {seen.names[one] for one in self._served(phone)} or said in seen.said_by(phone.person):
            return  # her own matter, or what she said herself: it names whoever decided it
        groups = {g for g, (name, _) in seen.groups.items() if heard.facts.get("group") == name}
        groups = groups or {m.group_id for m in seen.members.values() if m.person_id in named}
        of_a_resolution = bool(getattr(heard.facts.get("thing"), "words", ""))
        if heard.name.startswith(TO_VOTERS) or of_a_resolution:
            assert any(self._belongs(group, phone.person) for group in groups), heard.name
            return
        assert heard.name.startswith(OF_CONFIRMERS), f"{heard.name} names somebody and money"
        assert any((group, phone.person) in self.judge.was_confirmer for group in groups), heard.name

    def _belongs(self, group: int, person: int) -> bool:
        """To a group, or leads it."""
        seen = self.judge.now
        members = (m.person_id for m in seen.members.values() if m.group_id == group)
        helpers = (m.helper_id for m in seen.members.values() if m.group_id == group)
        return person in (*members, *helpers, seen.groups[group][1])

    def _is_hers(self, phone: Phone, member: int) -> None:
        found = self.judge.now.members[member]
        assert phone.person == (found.helper_id or found.person_id)

    def _served(self, phone: Phone, before: Seen | None = None) -> set[int]:
        """Herself, and whom she helps, or helped before this step."""
        members = [*self.judge.now.members.values(), *(before.members.values() if before else ())]
        return {phone.person, *(m.person_id for m in members if m.helper_id == phone.person)}

    def _members(self, phone: Phone, heard: Heard) -> set[int]:
        """The memberships in the group a message names that she acts for."""
        seen = self.judge.now
        return {
            number
            for number, member in seen.members.items()
            if phone.person in (member.person_id, member.helper_id)
            and heard.facts.get("group") == seen.groups[member.group_id][0]
        }

    def _moments(self, phone: Phone, heard: Heard) -> list[set[tuple[int, int]]]:
        return [self.expected.moments[member] for member in self._members(phone, heard)]

    def _group(self, called: str) -> int:
        (group,) = (number for number, (name, _) in self.judge.now.groups.items() if name == called)
        return group

    @property
    def expected(self) -> Expected:
        return self.judge.expected


Look = Callable[[Listener, Phone, Heard], None]
ALWAYS: Mapping[str, Look] = {
    "saving.receipt_slip": Listener._saved,
    "reversal.told_member": Listener._reversed,
    "passbook.page": Listener._passbook,
    "loan.receipt_slip": Listener._lent,
    "payout.receipt": Listener._paid_out,
}
ALONE: Mapping[str, Look] = {
    "passbook.page": Listener._fines,
    "fund.totals": Listener._totals,
    "move.told_confirmed": Listener._totals,
    "group_money.page": Listener._totals,
    "loan.page": Listener._loans,
    "repayment.receipt_slip": Listener._repaid,
    "repayment.recovery_slip": Listener._repaid,
    "repayment.page": Listener._owed,
}
