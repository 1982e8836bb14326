"""Judges each step: every change was made by somebody who may, and the books follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.model.causes import Causes
from tests.model.entitled import board, confirming, may_press, reversing, revision_of
from tests.model.expected import KEPT, Expected, without_nothing
from tests.model.hands import changed_by_hand
from tests.model.promised import handed_over
from tests.model.seen import Seen
from tests.model.step import Step
from tests.phone import Phone

# What is refused for want of money, or because what was seen has changed, leaves all as it was.
SURE = {
    "d": ("confirm", "agree", "disagree", "withdraw"),
    "v": ("decline",),
    "w": ("agree", "decline", "withdraw", "deny"),
    "m": ("decline", "withdraw"),
    "mc": ("decline",),
    "ye": ("decline",),
    "po": ("not_received_it",),
    "dd": ("confirm_death", "decline_death"),
}
LIKELY = (
    "confirm",
    "agree",
    "cash",
    "transfer",
    "receive",
    "paid_cash",
    "paid_transfer",
    "received_it",
    "confirm_death",
)


def likely(choice: str) -> bool:
    """Whether a button leads on."""
    return choice in LIKELY or choice.startswith("agree_")


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
        self.expected.begin(self.now)
        self._remember_confirmers(self.now)

    @property
    def causes(self) -> Causes:
        return Causes(self.expected, self.now)

    def step(self, after: Seen, acts: tuple[Act, ...]) -> None:
        """Compare two moments between which these acts happened; no acts are a tick."""
        before, self.now = self.now, after
        self._remember_moments(after)
        if before.offices == after.offices:
            for act in acts:
                must_have_worked(before, after, act, alone=len(acts) == 1)
        if len(acts) == 1 and not may_work(before, acts[0]):
            assert money_of(before) == money_of(after), "a worthless tap changed something"
        changed_by_hand(Step(before, after, frozenset(act.person for act in acts)))
        self._entries(before, after)
        self._loans(before, after)
        if not acts:
            self._advances_used(before, after)
        self._balances(after)
        self._remember_confirmers(before)
        self._remember_confirmers(after)

    def _entries(self, before: Seen, after: Seen) -> None:
        """What stood stands; what is new says what led to it, and two people had a hand in it."""
        assert all(after.entries[number] == known for number, known in before.entries.items())
        assert before.frozen <= after.frozen
        for number, entry in after.entries.items():
            if number in before.entries:
                continue
            assert entry.entered_by != entry.confirmed_by
            closed = before.closed_on[entry.group_id]
            assert closed is None or entry.booked_on > closed, "booked on a day that was closed"
            assert without_nothing(self.causes.lines_of(number)) == after.lines[number], entry.kind
            assert sum(after.lines[number].values()) == 0
            self.expected.book(number, entry, after.lines[number])

    def _loans(self, before: Seen, after: Seen) -> None:
        """The entries of a loan's payments are what replaying it says, and so is its state."""
        for number, loan in after.loans.items():
            if loan.first_due is None or (before.lines == after.lines and before.loans == after.loans):
                continue
            debt, used = self.causes.replayed(number)
            assert loan.state == debt.state
            owed = 0 if debt.lost else debt.left
            assert after.balances.get((loan.group_id, 111, number, ""), 0) == owed
            for paid in used:
                entry = after.deposits[paid].entry_id
                assert entry is not None
                lines = self.causes.instalment(entry, after.entries[entry])
                assert without_nothing(lines) == after.lines[entry], "a payment was not recounted"

    def _advances_used(self, before: Seen, after: Seen) -> None:
        """When a round opens, whatever is kept goes into it."""
        for member, number in after.dues.keys() - before.dues.keys():
            due, paid = after.dues[member, number]
            _, kept = self.expected.moment(after.members[member].group_id, member)
            assert not (kept and due > paid), "an advance was left lying"

    def _balances(self, after: Seen) -> None:
        """No other balance, nothing below nothing, and the rounds as paid."""
        stands = {place: rials for place, rials in self.expected.stands.items() if rials}
        assert after.balances == stands
        for (_, account, *_), rials in stands.items():
            assert rials > 0 if account < 200 else (rials < 0 or account > 300), "below nothing"
        for line, (_, paid) in after.dues.items():
            assert self.expected.rounds[line] == paid
        for place, rials in handed_over(after).items():
            assert after.balances.get(place, 0) >= rials, "what is in somebody's hand was given out again"

    def _remember_moments(self, after: Seen) -> None:
        moments = self.expected.moments
        moments.clear()
        for number, member in after.members.items():
            moments[number] = {self.expected.moment(member.group_id, number)}

    def _remember_confirmers(self, seen: Seen) -> None:
        """Whose cards others' money may stand on from now on."""
        self.was_confirmer |= {(group, person) for group in seen.groups for person in board(seen, group)}
        for group, people in _asked(seen):
            self.was_confirmer |= {(group, person) for person in people}


def _asked(seen: Seen) -> list[tuple[int, frozenset[int]]]:
    """Before whom something of each group stands now."""
    deposits = [(d.group_id, confirming(seen, d)) for d in seen.deposits.values() if d.state == "waiting"]
    wishes = [(r.group_id, reversing(seen, r)) for r in seen.reversals.values() if r.state == "asked"]
    moves = [
        (m.group_id, may_press(seen, "m", number, "agree") or frozenset())
        for number, m in seen.moves.items()
        if m.state == "waiting"
    ]
    keepers = [(group, frozenset({of})) for (group, account, of, _) in seen.balances if account == KEPT]
    return [*deposits, *wishes, *moves, *keepers]


def money_of(seen: Seen) -> tuple[object, ...]:
    """Everything that a worthless tap must leave as it is."""
    books = (seen.entries, seen.balances, seen.frozen, seen.closed_on)
    matters = (seen.deposits, seen.reversals, seen.loans, seen.agreed, seen.moves, seen.months, seen.years)
    return (
        *books,
        *matters,
        seen.payouts,
        seen.deaths,
        seen.proposals,
        seen.ballots,
        seen.voted,
        seen.offices,
        seen.members,
    )


def matter_of(seen: Seen, kind: str, number: int) -> object:
    """What a button of this kind would change."""
    rows: dict[str, Callable[[], object]] = {
        "d": lambda: seen.deposits[number],
        "v": lambda: seen.reversals[number],
        "w": lambda: (
            seen.loans[number],
            {key: said for key, said in seen.agreed.items() if key[0] == number},
        ),
        "m": lambda: seen.moves[number],
        "mc": lambda: seen.months[number],
        "ye": lambda: seen.years[number],
        "po": lambda: seen.payouts[number],
        "dd": lambda: seen.deaths[number],
        "bs": lambda: {key: said for key, said in seen.ballots.items() if key[0] == number},
        "b": lambda: {key: said for key, said in seen.ballots.items() if key[0] == number},
    }
    return rows[kind]()


def may_work(before: Seen, act: Act) -> bool:
    """Whether a tap on a card can do anything: it is hers, of the present state, and she is the one."""
    if act.data is None:
        return True
    kind, number, choice, revision, _ = act.data.split(".")
    if not act.own:
        return False
    who = may_press(before, kind, int(number), choice)
    if who is None:
        return True
    return act.person in who and revision_of(before, kind, int(number)) in (None, int(revision))


def must_have_worked(before: Seen, after: Seen, act: Act, *, alone: bool) -> None:
    """A tap that decides, by whoever may and on the present state, decides."""
    if act.data is None or not may_work(before, act):
        return
    kind, number, choice, _, _ = act.data.split(".")
    if choice in SURE.get(kind, ()) or kind == "bs":
        was, is_now = matter_of(before, kind, int(number)), matter_of(after, kind, int(number))
        assert was != is_now, "a good tap did nothing"
    if kind == "b" and alone and choice in ("yes", "no", "abstain"):
        hers = {m for m, found in after.members.items() if found.person_id == act.person}
        if before.proposals[int(number)].kind == "expulsion":
            assert {(int(number), m) for m in hers} & after.voted
            return
        cast = {vote for (of, m), (vote, _) in after.ballots.items() if of == int(number) and m in hers}
        assert cast == {choice}, "a vote was not counted"
