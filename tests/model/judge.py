"""Judges each step: every change was made by somebody who may, and the books follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.model.expected import Expected, confirmers
from tests.model.seen import Deposit, Member, Reversal, Seen
from tests.phone import Phone

CASH, BANK, SAVINGS, IN_ADVANCE = 101, 102, 201, 205
ACCOUNTS = {"cash": CASH, "transfer": BANK}
OPEN = ("waiting", "offered")


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did in this step: the data she tapped, where she tapped any."""

    phone: Phone
    data: str | None = None
    own: bool = True

    @property
    def person(self) -> int:
        return self.phone.person


@dataclass
class Judge:
    """Keeps what is expected; `step` raises where a step was not as it must be."""

    now: Seen
    expected: Expected = field(default_factory=Expected)
    was_confirmer: set[tuple[int, int]] = field(default_factory=set)  # group, person

    def __post_init__(self) -> None:
        self._expect_dues(self.now)
        self._remember_confirmers(self.now)

    def step(self, after: Seen, acts: tuple[Act, ...]) -> None:
        """Compare two moments between which these acts happened; no acts are a tick."""
        before, self.now = self.now, after
        for purse in self.expected.purses.values():
            purse.moments = {(purse.saved, purse.kept)}
        if before.offices == after.offices:
            for act in acts:
                must_have_worked(before, after, act)
        if len(acts) == 1 and not may_work(before, acts[0]):
            assert money_of(before) == money_of(after), "a worthless tap changed something"
        actors = frozenset(act.person for act in acts)
        self._deposits(before, after, actors)
        self._reversals(before, after, actors)
        self._offices(before, after, actors)
        self._expect_dues(after)
        self._entries(before, after)
        if not acts:
            self._advances_used(before, after)
        self._balances(after)
        self._remember_confirmers(before)
        self._remember_confirmers(after)

    # --- who did it -------------------------------------------------------------------------------------

    def _deposits(self, before: Seen, after: Seen, actors: frozenset[int]) -> None:
        assert before.deposits.keys() <= after.deposits.keys()
        for number, new in after.deposits.items():
            old = before.deposits.get(number)
            if old is None:
                assert new.reporter in actors
                assert new.reporter in owners(after, new.member) | owners(before, new.member)
                assert before.members[new.member].state == "admitted"
            elif old != new:
                self._changed(before, after, old, new, actors)

    def _changed(self, before: Seen, after: Seen, old: Deposit, new: Deposit, actors: frozenset[int]) -> None:
        """Each way from one state to another has its own people, and only an agreed offer changes a sum."""
        entitled = may_confirm(before, old) | may_confirm(after, old)
        hers = owners(after, old.member)
        assert old[:2] == new[:2]
        assert (new.rials == old.rials) or (old.state, new.state) == ("offered", "confirmed")
        match old.state, new.state:
            case "waiting", "waiting":  # a picture came
                assert hers & actors
            case "waiting", "offered" | "confirmed" | "refused":
                assert new.decider in entitled & actors, "confirmed by somebody who may not"
                assert new.decider not in hers | {new.reporter}
            case "offered", "confirmed":
                assert new.rials == old.offered
                assert new.decider in hers & actors
                assert old.decider not in hers | {new.reporter}
            case "offered", "waiting":
                assert hers & actors
            case "waiting" | "offered", "withdrawn":
                assert new.decider in hers & actors
            case "confirmed", "reversed":
                done = [r for r in after.reversals.values() if r.entry == old.entry and r.state == "done"]
                assert len(done) == 1
            case way:
                raise AssertionError(f"from {way[0]} to {way[1]}")

    def _reversals(self, before: Seen, after: Seen, actors: frozenset[int]) -> None:
        assert before.reversals.keys() <= after.reversals.keys()
        for number, new in after.reversals.items():
            old = before.reversals.get(number)
            if old is None:
                offices = {held for (group, _), held in before.offices.items() if group == new.group}
                assert new.asker in actors & (offices | {before.groups[new.group][1]})
            elif old != new:
                assert (old.state, new.state) in (("asked", "done"), ("asked", "declined"))
                entitled = may_reverse(before, old) | may_reverse(after, old)
                assert new.decider in entitled & actors, "reversed by somebody who may not"
                assert new.decider != new.asker

    def _offices(self, before: Seen, after: Seen, actors: frozenset[int]) -> None:
        for (group, office), person in after.offices.items():
            if before.offices.get((group, office)) != person:
                assert after.groups[group][1] in actors
                assert person in {m.person for m in after.members.values() if m.group == group}

    # --- what it means ----------------------------------------------------------------------------------

    def _expect_dues(self, seen: Seen) -> None:
        """Whom a round asks is told to the model; what was paid into it is not."""
        for member in seen.members:
            self.expected.purse(member).dues = {
                number: due for (of, number), (due, _) in seen.dues.items() if of == member
            }
            self.expected.purse(member).note()

    def _entries(self, before: Seen, after: Seen) -> None:
        assert all(after.entries[number] == known for number, known in before.entries.items())
        for number, entry in after.entries.items():
            if number in before.entries:
                continue
            assert entry.entered_by != entry.confirmed_by
            match entry.kind:
                case "saving":
                    self._saved(after, number)
                case "advance_used":
                    self._used(after, number)
                case "reversal":
                    self._taken_back(after, number)
                case kind:
                    raise AssertionError(kind)
            assert sum(rials for *_, rials in after.lines[number]) == 0

    def _saved(self, after: Seen, number: int) -> None:
        (paid,) = (d for d in after.deposits.values() if d.entry == number)
        movement = self.expected.purse(paid.member).pay(paid.rials, paid.round_number)
        self.expected.count(paid.group, paid.way, paid.rials)
        self.expected.booked(number, paid.member, movement)

    def _used(self, after: Seen, number: int) -> None:
        ((_, member, round_number, _),) = (line for line in after.lines[number] if line[0] == SAVINGS)
        assert round_number is not None
        movement = self.expected.purse(member).use(round_number)
        assert movement.kept < 0
        self.expected.booked(number, member, movement)

    def _taken_back(self, after: Seen, number: int) -> None:
        undone = after.entries[number].reverses
        assert undone is not None
        member, movement = self.expected.moved[undone]
        self.expected.purse(member).move(movement.opposite)
        for paid in (d for d in after.deposits.values() if d.entry == undone):
            assert paid.state == "reversed"
            self.expected.count(paid.group, paid.way, -paid.rials)
        self.expected.booked(number, member, movement.opposite)

    def _advances_used(self, before: Seen, after: Seen) -> None:
        """When a round opens, whatever is kept goes into it."""
        for member, number in after.dues.keys() - before.dues.keys():
            purse = self.expected.purse(member)
            assert not (purse.kept and purse.left(number)), "an advance was left lying"

    def _balances(self, after: Seen) -> None:
        wanted = dict(self._wanted(after))
        assert after.balances == {place: rials for place, rials in wanted.items() if rials}
        for (member, number), (_, paid) in after.dues.items():
            assert self.expected.purse(member).paid.get(number, 0) == paid

    def _wanted(self, after: Seen) -> Iterator[tuple[tuple[int, int, int, str], int]]:
        for (group, way), rials in self.expected.counted.items():
            yield (group, ACCOUNTS[way], 0, ""), rials
        for member, purse in self.expected.purses.items():
            group = after.members[member].group
            yield (group, SAVINGS, member, ""), -purse.saved
            yield (group, IN_ADVANCE, member, "saving"), -purse.kept

    def _remember_confirmers(self, seen: Seen) -> None:
        """Whose cards others' money may stand on from now on."""
        self.was_confirmer |= {(group, person) for (group, _), person in seen.offices.items()}
        for paid in seen.deposits.values():
            if paid.state in OPEN:
                self.was_confirmer |= {(paid.group, person) for person in may_confirm(seen, paid)}
        for asked in seen.reversals.values():
            if asked.state == "asked":
                self.was_confirmer |= {(asked.group, person) for person in may_reverse(seen, asked)}


def owners(seen: Seen, member: int) -> frozenset[int]:
    """Whose money it is, and who helps her."""
    found: Member = seen.members[member]
    return frozenset(person for person in (found.person, found.helper) if person is not None)


def may_confirm(seen: Seen, paid: Deposit) -> frozenset[int]:
    return _confirmers(seen, "deposit", paid.group, owners(seen, paid.member) | {paid.reporter})


def may_reverse(seen: Seen, asked: Reversal) -> frozenset[int]:
    (paid,) = (d for d in seen.deposits.values() if d.entry == asked.entry)
    parties = owners(seen, paid.member) | {paid.reporter, asked.asker}
    return _confirmers(seen, "reversal", asked.group, parties)


def _confirmers(seen: Seen, what: str, group: int, parties: Iterable[int]) -> frozenset[int]:
    held = {office: person for (of, office), person in seen.offices.items() if of == group}
    return confirmers(what, seen.groups[group][1], held, frozenset(parties))


def money_of(seen: Seen) -> tuple[object, ...]:
    """Everything that a worthless tap must leave as it is."""
    return (seen.deposits, seen.reversals, seen.entries, seen.balances, seen.offices, seen.members)


def may_work(before: Seen, act: Act) -> bool:
    """Whether a tap on a card can do anything: it is hers, of the present state, and she is the one."""
    if act.data is None:
        return True
    kind, number, choice, revision, _ = act.data.split(".")
    if not act.own:
        return False
    if kind == "d":
        paid = before.deposits[int(number)]
        return paid.revision == int(revision) and act.person in _answering(before, paid, choice)
    if kind == "v":
        asked = before.reversals[int(number)]
        return asked.revision == int(revision) and act.person in may_reverse(before, asked)
    return True


def must_have_worked(before: Seen, after: Seen, act: Act) -> None:
    """A tap that decides, by whoever may and on the present state, decides."""
    if act.data is None or not may_work(before, act):
        return
    kind, number, choice, _, _ = act.data.split(".")
    if kind == "d" and choice not in ("other", "refuse"):
        assert before.deposits[int(number)] != after.deposits[int(number)], "a good tap did nothing"
    if kind == "v":
        assert before.reversals[int(number)] != after.reversals[int(number)], "a good tap did nothing"


def _answering(before: Seen, paid: Deposit, choice: str) -> frozenset[int]:
    """Who may press this button of a deposit in the state it is in."""
    match choice, paid.state:
        case "confirm" | "other" | "refuse", "waiting":
            return may_confirm(before, paid)
        case "agree" | "disagree", "offered":
            return owners(before, paid.member)
        case "withdraw", "waiting" | "offered":
            return owners(before, paid.member)
        case _:
            return frozenset()
