"""What happens in a made-up group: rounds open, people save and borrow as people do, months are closed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from bot.made_up.assembly import MadeUpAssembly
from bot.made_up.books import CONFIRMED_WITHIN, MadeUpBooks, Moments, Owed, Someone
from bot.made_up.loans import PRICES, MadeUpLoans
from domain.calendar import Rhythm, add_months, jalali, local_day, period_start
from domain.codes import make_code
from domain.ids import GroupId, MembershipId, PersonId, Platform
from domain.late_saving import deadline
from domain.money import Rial
from domain.offices import BOARD, Offices
from domain.posting import Way
from storage.bulk import Row
from storage.months import write_balances
from texts.engine import Texts

SIZE = 16
GRACE_DAYS = 7
WORDS = Path(__file__).with_name("spoken.json")
FIRST_USER = 9_000_000_000  # numbers of accounts beyond those that the platforms have given so far
BALE_SHARE = 0.6
ONE_DAY = timedelta(days=1)
SAVINGS = tuple(Rial.from_toman(thousands * 1000) for thousands in (100, 200, 300, 500, 500, 1000))
# Most give what is asked, in time; the others forget, give twice as much, half of it, or come late.
USUAL, FORGETS, TWICE, HALF = 0.8, 0.88, 0.93, 0.97
MISTAKEN = 0.01  # of what was confirmed is reversed
# How many rows of each table one member has at most in one round, and how many one round has beside them.
PER_LINE = {"command": 10, "deposit": 3, "entry": 5, "note": 1, "reversal": 1}
PER_ROUND = {"command": SIZE + 5, "entry": 1, "note": 2, "proposal": 1, "loan": 1, "saving_round": 1}


@dataclass(frozen=True, slots=True)
class Words:
    """Names and reasons to choose from."""

    first: tuple[str, ...]
    family: tuple[str, ...]
    villages: tuple[str, ...]
    groups: tuple[str, ...]
    reasons: tuple[str, ...]
    purposes: tuple[str, ...]


def read_words() -> Words:
    """Read the made-up words, which no program text may hold."""
    return Words(**{name: tuple(words) for name, words in json.loads(WORDS.read_text("utf-8")).items()})


def needed(years: int) -> dict[str, int]:
    """Return how many numbers of each table one group uses up at most."""
    rounds = 12 * years + 1
    founding = {"person": SIZE, "account": SIZE, "membership": SIZE, "groups": 1, "office_term": len(BOARD)}
    at_most = Counter(founding)
    for table, most in PER_LINE.items():
        at_most[table] += most * rounds * SIZE
    for table, most in PER_ROUND.items():
        at_most[table] += most * rounds
    return dict(at_most)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and since when a group is made up, and who looks after it."""

    facilitator: PersonId
    county: str
    years: int
    now: datetime
    texts: Texts


def history(
    setting: Setting, numbers: Mapping[str, Iterator[int]], words: Words, chance: Random
) -> Mapping[str, list[Row]]:
    """Make up a group with everything that happened in it, as rows by table."""
    return Chronicle(setting, numbers, words, chance).tell()


class Chronicle:
    """One group's story, told once."""

    def __init__(
        self, setting: Setting, numbers: Mapping[str, Iterator[int]], words: Words, chance: Random
    ) -> None:
        self._setting, self._numbers, self._words, self._chance = setting, numbers, words, chance
        self._saving = chance.choice(SAVINGS)
        self._first = first_day(setting.now, setting.years)
        self._group = GroupId(next(numbers["groups"]))
        self._people = _people(numbers, words, chance)
        officers = {office.value: self._people[index].person for index, office in enumerate(BOARD)}
        self._books = MadeUpBooks(self._group, Offices(setting.facilitator, **officers), numbers)
        assembly = MadeUpAssembly(self._books, self._people, setting.texts, chance)
        price, purposes = chance.choice(PRICES), words.purposes
        self._loans = MadeUpLoans(self._books, assembly, self._people, purposes, chance, price)
        self._closed_on: date | None = None

    def tell(self) -> Mapping[str, list[Row]]:
        """Return all rows, once everything has happened up to now."""
        number, opens, rounds = 1, self._first, {}
        while opens <= local_day(self._setting.now):
            closes = period_start(self._first, Rhythm.MONTHLY, number + 1)
            rounds[number] = self._round(number, opens, closes)
            self._loans.month(opens, self._setting.now)
            self._close(closes)
            number, opens = number + 1, closes
        self._tell_people()
        self._tell_group(opens)
        self._tell_lines(rounds)
        return self._books.rows

    # --- what happens -----------------------------------------------------------------------------------

    def _round(self, number: int, opens: date, closes: date) -> int:
        begins, round_id = _morning(opens), next(self._numbers["saving_round"])
        due_on, running = opens + timedelta(days=GRACE_DAYS), closes > local_day(self._setting.now)
        for someone in self._people:
            self._books.owed[someone.membership][number] = Owed(self._saving)
            self._books.use_advance(someone, number, self._saving, begins)
        for index, someone in enumerate(self._people):
            self._saves(someone, number, begins + timedelta(hours=1, minutes=9 * index))
        for line in (self._books.owed[one.membership][number] for one in self._people if not running):
            line.on_time = line.paid_at is not None and line.paid_at < deadline(due_on)
        row = {"id": round_id, "group_id": self._group, "number": number, "amount": self._saving}
        days = {"opens_on": opens, "due_on": due_on, "closes_on": closes}
        closed_at = None if running else _morning(closes)
        self._books.rows["saving_round"].append(row | days | {"closed_at": closed_at})
        return round_id

    def _saves(self, someone: Someone, number: int, moment: datetime) -> None:
        """Let her do what people do; what is not confirmed by now still waits."""
        mood, open_lines = self._chance.random(), self._books.open_lines(someone)
        if not open_lines or USUAL <= mood < FORGETS:
            return
        owed = sum((line.remaining for line in open_lines), Rial(0)).rials
        amount = Rial(owed * 2 if FORGETS <= mood < TWICE else owed // 2 if TWICE <= mood < HALF else owed)
        reported = moment + timedelta(days=12 if mood >= HALF else self._chance.randrange(GRACE_DAYS))
        decided = reported + CONFIRMED_WITHIN * self._chance.random()
        way = self._chance.choice((Way.CASH, Way.TRANSFER))
        if decided <= self._setting.now - timedelta(days=1):
            self._is_confirmed(someone, number, amount, way, Moments(reported, decided))
        elif reported <= self._setting.now:
            self._books.report(someone, number, amount, way, reported)

    def _is_confirmed(self, someone: Someone, number: int, amount: Rial, way: Way, moments: Moments) -> None:
        """Sometimes it was a mistake, which is undone at once and done again rightly."""
        saved = self._books.confirm(someone, number, amount, way, moments)
        if self._chance.random() < MISTAKEN and not any(line.purpose for line in saved.booking.lines):
            undone = moments.decided + timedelta(hours=2)
            self._books.reverse(saved, self._chance.choice(self._words.reasons), undone)
            again = Moments(undone + timedelta(hours=1), undone + timedelta(hours=2))
            self._books.confirm(someone, number, amount, way, again)

    def _close(self, closes: date) -> None:
        """The treasurer asks for it when the month is over; the chair confirms."""
        last_day, asked, agreed = closes - ONE_DAY, _morning(closes), _morning(closes + ONE_DAY)
        if agreed > self._setting.now:
            return
        chair, treasurer = self._people[0].person, self._people[len(BOARD) - 1].person
        self._books.record("CloseMonth", treasurer, asked)
        self._books.record("AnswerMonth", chair, agreed, (treasurer,))
        head = self._books.head
        of = {"group_id": self._group, "last_day": last_day, "sequence": head.sequence, "asked_by": treasurer}
        decided = {"state": "closed", "decided_by": chair, "decided_at": agreed, "revision": 2}
        self._books.rows["month_closing"].append(of | decided | {"asked_at": asked})
        kept = {"head": head.hash, "balances": write_balances(self._books.trial_balance())}
        self._books.rows["closed_month"].append(of | kept | {"confirmed_by": chair, "closed_at": agreed})
        self._closed_on = last_day

    # --- how it is written ------------------------------------------------------------------------------

    def _tell_people(self) -> None:
        began = _morning(self._first) - timedelta(days=7)
        for index, someone in enumerate(self._people):
            account = None if someone.helper else next(self._numbers["account"])
            self._tell_person(someone, account, began)
            row = {"id": someone.membership, "group_id": self._group, "person_id": someone.person}
            decided = {"decided_by": self._setting.facilitator, "decided_at": began}
            purpose = self._chance.choice(self._words.purposes)
            kept = {"state": "admitted", "helper_id": someone.helper, "purpose": purpose, "applied_at": began}
            self._books.rows["membership"].append(row | kept | decided)
            if index < len(BOARD):
                term = {"id": next(self._numbers["office_term"]), "office": BOARD[index].value}
                held = {"group_id": self._group, "membership_id": someone.membership, "since": began}
                self._books.rows["office_term"].append(term | held)

    def _tell_person(self, someone: Someone, account: int | None, began: datetime) -> None:
        person, user = someone.person, FIRST_USER + someone.person
        row = {
            "id": person,
            "name": someone.name,
            "phone": f"+98900{person:07}",
            "phone_proven": account is not None,
        }
        known = {"consent_at": began, "account_id": account, "created_at": began}
        self._books.rows["person"].append(row | known)
        if account is not None:
            platform = Platform.BALE if self._chance.random() < BALE_SHARE else Platform.TELEGRAM
            place = {"id": account, "platform": platform.value, "user_id": user, "chat_id": user}
            belongs = {"person_id": person, "membership_id": someone.membership, "created_at": began}
            self._books.rows["account"].append(place | belongs)

    def _tell_group(self, next_round: date) -> None:
        group, books, words = self._group, self._books, self._words
        founded = {
            "id": group,
            "name": f"{self._chance.choice(words.groups)} {group}",
            "county": self._setting.county,
            "village": self._chance.choice(words.villages),
            "expected_size": SIZE,
            "saving": self._saving,
            "rhythm": Rhythm.MONTHLY.value,
            "first_saving_on": self._first,
            "grace_days": GRACE_DAYS,
            "code": _code(group),
            "facilitator_id": self._setting.facilitator,
            "created_at": _morning(self._first) - timedelta(days=7),
            "next_round_on": next_round,
            "books_closed_on": self._closed_on,
        }
        head = {"head_sequence": books.head.sequence, "head_hash": books.head.hash}
        books.rows["groups"].append(founded | head)
        books.rows["balance"] += [
            {
                "group_id": group,
                "account": account,
                "holder": holder,
                "purpose": purpose,
                "amount": Rial(sum_),
            }
            for (account, holder, purpose), sum_ in books.balances.items()
        ]

    def _tell_lines(self, rounds: Mapping[int, int]) -> None:
        for membership, lines in self._books.owed.items():
            self._books.rows["round_line"] += [
                {
                    "round_id": rounds[number],
                    "membership_id": membership,
                    "due": line.due,
                    "paid": line.paid,
                    "paid_at": line.paid_at,
                    "on_time": line.on_time,
                }
                for number, line in lines.items()
            ]


def first_day(now: datetime, years: int) -> date:
    """Return the first of a Jalali month, so many years ago."""
    today = local_day(now)
    _, _, day = jalali(today)
    return add_months(today - timedelta(days=day - 1), -12 * years, 1)


def full_name(words: Words, chance: Random) -> str:
    """Return a name somebody may have."""
    return f"{chance.choice(words.first)} {chance.choice(words.family)}"


def _people(numbers: Mapping[str, Iterator[int]], words: Words, chance: Random) -> list[Someone]:
    """The last one has no phone: the one before her helps."""
    made: list[Someone] = []
    for index in range(SIZE):
        helper = made[-1].person if index == SIZE - 1 else None
        membership, person = MembershipId(next(numbers["membership"])), PersonId(next(numbers["person"]))
        made.append(Someone(full_name(words, chance), membership, person, helper))
    return made


def _code(group: GroupId) -> str:
    """Numbers far apart give codes that differ; chance would repeat itself among some thousand."""
    return make_code(group.to_bytes(8, "little"))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(5, 0), UTC)
