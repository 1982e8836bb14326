"""Listens to every chat: whoever writes is answered, what is said is so, nobody hears of another's money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.money import Rial
from storage.passbooks import GroupTotals
from tests.model.expected import Expected, Purse
from tests.model.judge import CASH, IN_ADVANCE, SAVINGS, Act, Judge
from tests.model.seen import Seen
from tests.phone import Heard, Phone

MONEY = re.compile("تومان|ریال")
# Named people beside an amount that is the same for all: the equal saving of a group.
PUBLIC = ("group.page", "groups.listing", "join.consent", "rounds.one")
# The board, and whoever stands in for it, read of a payment what they decide on.
OF_CONFIRMERS = ("deposit.", "other_amount.", "not_received.", "reversal.")


@dataclass
class Listener:
    """Everything that was heard, chat by chat."""

    judge: Judge
    receipts: set[tuple[str, int]] = field(default_factory=set)
    buttons: dict[int, list[str]] = field(default_factory=dict)  # by account: the data of each ever seen
    _heard: dict[int, list[Heard]] = field(default_factory=dict)

    def step(self, phones: list[Phone], before: Seen, acts: tuple[Act, ...]) -> None:
        """Look at what has been added or changed since the last step."""
        fresh = {phone.user_id: self._fresh(phone) for phone in phones}
        for act in acts:
            assert fresh[act.phone.user_id], "a reply without an answer"
        for phone in phones:
            for heard in fresh[phone.user_id]:
                self.buttons.setdefault(phone.user_id, []).extend(heard.buttons.values())
                self._is_so(phone, heard, before, len(acts))
                self._is_nobody_elses(phone, heard)

    def _fresh(self, phone: Phone) -> list[Heard]:
        known = self._heard.get(phone.user_id, [])
        self._heard[phone.user_id] = list(phone.heard)
        same = [earlier is later for earlier, later in zip(known, phone.heard, strict=False)]
        return [heard for at, heard in enumerate(phone.heard) if at >= len(same) or not same[at]]

    # --- what is said is so -----------------------------------------------------------------------------

    def _is_so(self, phone: Phone, heard: Heard, before: Seen, acting: int) -> None:
        match heard.name:
            case "saving.receipt_slip":
                self._receipt(phone, heard)
            case "saving.advance_used":
                self._used(phone, heard, before)
            case "reversal.told_member":
                balances = {saved for purse in self._purses(phone, heard) for saved, _ in purse.moments}
                assert heard.fact("balance", Rial).rials in balances
            case "passbook.page":
                told = (heard.fact("balance", Rial).rials, heard.fact("advance", Rial).rials)
                assert told in {moment for purse in self._purses(phone, heard) for moment in purse.moments}
            case "fund.totals" if acting == 1:
                self._totals(heard)
            case _:
                pass

    def _receipt(self, phone: Phone, heard: Heard) -> None:
        group, sequence = heard.fact("group", str), heard.fact("number", int)
        assert (group, sequence) not in self.receipts, "a second receipt"
        self.receipts.add((group, sequence))
        seen = self.judge.now
        (entry,) = (
            number
            for number, found in seen.entries.items()
            if found.sequence == sequence and seen.groups[found.group][0] == group
        )
        member, movement = self.expected.moved[entry]
        assert phone.person == (seen.members[member].helper or seen.members[member].person)
        assert heard.fact("balance", Rial).rials == self.expected.after[entry]
        assert heard.fact("amount", Rial).rials == sum(movement.parts.values()) + movement.kept
        assert heard.fact("advance", Rial).rials == movement.kept

    def _used(self, phone: Phone, heard: Heard, before: Seen) -> None:
        fresh = self.judge.now.entries.keys() - before.entries.keys()
        mine = self._members(phone, heard)
        number, told = heard.fact("number", int), heard.fact("balance", Rial).rials
        said = [
            self.expected.after[entry]
            for entry in fresh
            if self.expected.moved[entry][0] in mine and number in self.expected.moved[entry][1].parts
        ]
        assert told in said

    def _totals(self, heard: Heard) -> None:
        seen, totals = self.judge.now, heard.fact("totals", GroupTotals)
        (group,) = (number for number, (name, _) in seen.groups.items() if name == heard.facts["group"])

        def total(account: int) -> int:
            return sum(r for (of, which, *_), r in seen.balances.items() if (of, which) == (group, account))

        assert (totals.savings.rials, totals.advances.rials) == (-total(SAVINGS), -total(IN_ADVANCE))
        assert totals.cash.rials == total(CASH)

    # --- and nobody else's ------------------------------------------------------------------------------

    def _is_nobody_elses(self, phone: Phone, heard: Heard) -> None:
        """A sum beside a name is hers who reads it, of somebody she helps, or before her to confirm."""
        if not MONEY.search(heard.text) or heard.name in PUBLIC:
            return
        seen = self.judge.now
        named = {person for person, name in seen.names.items() if name and name in heard.text}
        if not named - self._served(phone):
            return
        if heard.facts.get("name") in {seen.names[person] for person in self._served(phone)}:
            return  # a matter of her own, which names whoever decided it
        assert heard.name.startswith(OF_CONFIRMERS), f"{heard.name} names somebody and money"
        groups = {m.group for m in seen.members.values() if m.person in named}
        groups &= {g for g, (name, _) in seen.groups.items() if heard.facts.get("group", name) == name}
        assert any((group, phone.person) in self.judge.was_confirmer for group in groups), heard.name

    def _served(self, phone: Phone) -> set[int]:
        """Herself, and whom she helps."""
        members = self.judge.now.members.values()
        return {phone.person, *(m.person for m in members if m.helper == phone.person)}

    def _members(self, phone: Phone, heard: Heard) -> set[int]:
        """The memberships in the group a message names that she acts for."""
        seen = self.judge.now
        return {
            number
            for number, member in seen.members.items()
            if phone.person in (member.person, member.helper)
            and heard.facts.get("group") == seen.groups[member.group][0]
        }

    def _purses(self, phone: Phone, heard: Heard) -> list[Purse]:
        return [self.expected.purse(member) for member in self._members(phone, heard)]

    @property
    def expected(self) -> Expected:
        return self.judge.expected
