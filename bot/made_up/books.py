"""The books of one made-up group, gathered as rows in memory.

What is booked, who may confirm it and how the chain of hashes goes on is decided by the same functions as in
real life; only the rows are written together afterwards, and nothing of it is said to anybody.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendar import local_day
from domain.closings import Balances
from domain.ids import CommandId, DepositId, EntryId, GroupId, LoanId, MembershipId, NoteId, PersonId
from domain.ledger import GENESIS, Account, Booking, Line, NoteRef
from domain.money import Rial
from domain.offices import Confirmed, Offices, who_confirms
from domain.posting import OpenLine, Way, advance_used, allocate, reversed_lines, saving_confirmed
from storage.bulk import Row
from storage.entries import Frame, Head, entry_values, posting_values
from storage.notes import SALT_BYTES, salted_hash

CURRENCY = "IRR"
NOTHING = Rial(0)
CONFIRMED_WITHIN = timedelta(hours=30)
BEGINNING = Head(0, GENESIS, CURRENCY)


@dataclass(frozen=True, slots=True)
class Someone:
    """A member, and who reports for her: herself, or her helper."""

    name: str
    membership: MembershipId
    person: PersonId
    helper: PersonId | None = None

    @property
    def reporter(self) -> PersonId:
        return self.helper or self.person

    @property
    def parties(self) -> tuple[PersonId, ...]:
        return (self.person,) if self.helper is None else (self.person, self.helper)


@dataclass(slots=True)
class Owed:
    """A member's line in a round, while the books grow."""

    due: Rial
    paid: Rial = NOTHING
    paid_at: datetime | None = None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A deposit that was confirmed, and what was booked of it."""

    someone: Someone
    deposit: dict[str, object]
    entry: EntryId
    booking: Booking
    confirmed_by: PersonId


@dataclass
class MadeUpBooks:
    """Rows by table, and where the books stand after them; `numbers` were set apart for these rows."""

    group: GroupId
    offices: Offices
    numbers: Mapping[str, Iterator[int]]
    rows: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    head: Head = BEGINNING
    balances: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    owed: defaultdict[MembershipId, dict[int, Owed]] = field(default_factory=lambda: defaultdict(dict))
    advanced: dict[MembershipId, tuple[PersonId, PersonId]] = field(default_factory=dict)

    def open_lines(self, someone: Someone) -> list[OpenLine]:
        """Return what she still owes to rounds that were opened."""
        mine = self.owed[someone.membership].items()
        return [OpenLine(number, line.due - line.paid) for number, line in mine if line.paid < line.due]

    def trial_balance(self) -> Balances:
        """Return what is on each account, as closed months keep it."""
        sums = Counter[int]()
        for (account, _, _), amount in self.balances.items():
            sums[account] += amount
        found = ((Account(number), Rial(amount)) for number, amount in sorted(sums.items()))
        return tuple((account, account.natural(amount)) for account, amount in found if amount)

    def on(self, account: Account) -> Rial:
        """Return what is on an account, with the sign people expect."""
        found = (amount for (number, _, _), amount in self.balances.items() if number == account.value)
        return account.natural(Rial(sum(found)))

    def report(
        self, someone: Someone, number: int, amount: Rial, way: Way, moment: datetime
    ) -> dict[str, object]:
        """Report a deposit, which waits; the row is returned so that it can still change."""
        self.record("ReportSaving", someone.reporter, moment, someone.parties)
        return self._waiting(someone, amount, way, moment, {"round_number": number, "loan_id": None})

    def confirm(self, someone: Someone, number: int, amount: Rial, way: Way, moments: Moments) -> Saved:
        """Report a deposit, and let whoever may confirm it do so later."""
        row = self.report(someone, number, amount, way, moments.reported)
        shared = allocate(amount, number, self.open_lines(someone))
        lines = saving_confirmed(way, someone.membership, shared)
        saved = self._counted(someone, row, "saving", lines, moments)
        if shared.advance:
            self.advanced[someone.membership] = (someone.reporter, saved.confirmed_by)
        return saved

    def repay(self, someone: Someone, loan: LoanId, paid: Sequence[Line], way: Way, moments: Moments) -> None:
        """Report a payment on a loan, and let whoever may confirm it do so later."""
        self.record("RepayLoan", someone.reporter, moments.reported, someone.parties)
        about = {"round_number": 0, "loan_id": loan}
        row = self._waiting(someone, paid[0].amount, way, moments.reported, about)
        self._counted(someone, row, "instalment", tuple(paid), moments)

    def _waiting(
        self, someone: Someone, amount: Rial, way: Way, moment: datetime, about: Mapping[str, object]
    ) -> dict[str, object]:
        row: dict[str, object] = {
            "id": DepositId(next(self.numbers["deposit"])),
            "group_id": self.group,
            "membership_id": someone.membership,
            "amount": amount,
            "way": way.value,
            "value_on": local_day(moment),
            "reported_by": someone.reporter,
            "reported_at": moment,
            "state": "waiting",
            "decided_by": None,
            "decided_at": None,
            "entry_id": None,
            "revision": 1,
            **about,
        }
        self.rows["deposit"].append(row)
        return row

    def _counted(
        self, someone: Someone, row: dict[str, object], kind: str, lines: tuple[Line, ...], moments: Moments
    ) -> Saved:
        confirmer = who_confirms(Confirmed.DEPOSIT, self.offices, frozenset(someone.parties))[0]
        booking = Booking(kind, local_day(moments.reported), lines)
        command = self.record("ConfirmDeposit", confirmer, moments.decided, someone.parties)
        entry = self.book(booking, command, moments, (someone.reporter, confirmer))
        row.update(
            state="confirmed", decided_by=confirmer, decided_at=moments.decided, entry_id=entry, revision=2
        )
        return Saved(someone, row, entry, booking, confirmer)

    def reverse(self, saved: Saved, reason: str, moment: datetime) -> None:
        """Book the exact opposite: asked for by who confirmed it, agreed by another of the board."""
        asker, note = saved.confirmed_by, self.note(reason)
        agreed = who_confirms(Confirmed.REVERSAL, self.offices, frozenset((*saved.someone.parties, asker)))[0]
        self.record("AskReversal", asker, moment, saved.someone.parties)
        command = self.record("AnswerReversal", agreed, moment, saved.someone.parties)
        opposite = reversed_lines(saved.booking.lines)
        booking = Booking("reversal", saved.booking.value_on, opposite, note=note, reverses=saved.entry)
        self.book(booking, command, Moments(moment, moment), (asker, agreed))
        saved.deposit.update(state="reversed", revision=3)
        asked = {"group_id": self.group, "entry_id": saved.entry, "note_id": note.id, "revision": 2}
        hands = {"asked_by": asker, "asked_at": moment, "decided_by": agreed, "decided_at": moment}
        self.rows["reversal"].append({"id": next(self.numbers["reversal"]), "state": "done"} | asked | hands)

    def use_advance(self, someone: Someone, number: int, most: Rial, moment: datetime) -> None:
        """Book what she paid in advance into the round that opens."""
        kept = -self.balances[Account.PAID_IN_ADVANCE.value, someone.membership, "saving"]
        used = Rial(min(kept, most.rials))
        if used:
            hands = self.advanced[someone.membership]
            command = self.record("UseAdvance", hands[1], moment, (someone.person,))
            lines = advance_used(someone.membership, number, used)
            self.book(
                Booking("advance_used", local_day(moment), lines), command, Moments(moment, moment), hands
            )

    def note(self, text: str) -> NoteRef:
        """Keep a text; its salt is itself, as nothing made up is a secret."""
        salt = text.encode().ljust(SALT_BYTES, b"-")[:SALT_BYTES]
        note = NoteRef(NoteId(next(self.numbers["note"])), salted_hash(text, salt))
        self.rows["note"].append({"id": note.id, "salt": salt, "text": text, "hash": note.hash})
        return note

    def record(
        self, kind: str, actor: PersonId, moment: datetime, parties: Sequence[PersonId] = ()
    ) -> CommandId:
        """Record what somebody decided."""
        number = CommandId(next(self.numbers["command"]))
        row = {"id": number, "kind": kind, "group_id": self.group, "actor_id": actor}
        self.rows["command"].append(row | {"parties": json.dumps(parties), "received_at": moment})
        return number

    def book(
        self, booking: Booking, command: CommandId, moments: Moments, hands: tuple[PersonId, PersonId]
    ) -> EntryId:
        """Book an entry, entered and confirmed by these two."""
        decided = moments.decided
        frame = Frame(self.group, command, CURRENCY, decided, local_day(decided), *hands)
        values, self.head = entry_values(frame, self.head, 1, booking)
        entry = EntryId(next(self.numbers["entry"]))
        self.rows["entry"].append({"id": entry} | values)
        self.rows["posting"] += posting_values(entry, booking)
        for line in booking.lines:
            self.balances[line.account.value, line.holder, line.purpose] += line.amount.rials
            if line.round_number is not None:
                self._pay(MembershipId(line.holder), line.round_number, -line.amount, moments.reported)
        return entry

    def _pay(self, membership: MembershipId, number: int, amount: Rial, at: datetime) -> None:
        line = self.owed[membership][number]
        line.paid += amount
        line.paid_at = (line.paid_at or at) if line.paid >= line.due else None


@dataclass(frozen=True, slots=True)
class Moments:
    """When a matter was reported, and when it was decided."""

    reported: datetime
    decided: datetime
