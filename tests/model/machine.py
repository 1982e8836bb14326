"""The machine: people of three groups do whatever they like, and after each step everything is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain.bylaws import Decider, LoanPrice
from storage.units import open_database
from tests.model.doings import (
    AMOUNTS,
    BY_A_BORROWER,
    BY_A_KEEPER,
    BY_THE_BOARD,
    BY_THE_TREASURER,
    DOINGS,
    NEVER,
    OF_CARDS,
    VOTES,
    WAYS,
    WORDS,
    asks,
    asks_for_a_sum,
    ballots,
    leads_on,
    on_cards,
)
from tests.model.entitled import owners
from tests.model.expected import KEPT
from tests.model.judge import Act, Judge, likely, may_work, money_of
from tests.model.lent import UNPAID
from tests.model.seen import Seen, look
from tests.model.told import Listener
from tests.model.world import PRICES, Together, peopled
from tests.phone import Phone
from tests.recorded import RecordedTexts

T = TypeVar("T")
WHO, WHICH = st.integers(0, 99), st.integers(0, 999)
DAYS = (1, 4, 9, 31)
LONGEST_TALK = 14
REASON = "دو بار نوشته شده"


class Village(RuleBasedStateMachine):
    """People, their phones, and the two who watch: the judge of the books and the listener.

    One rule draws what is done, by weight: with a rule for each, most runs would be made without the few
    that let money move.
    """

    texts: RecordedTexts
    fresh: Callable[[], str]

    @initialize(price=st.sampled_from(PRICES), decider=st.sampled_from(Decider))
    def begins(self, price: LoanPrice, decider: Decider) -> None:
        self.runner = asyncio.Runner()
        self.url = self.fresh()
        self.stage = Together(self._run(open_database(self.url)), self.texts)
        self.groups = self._run(peopled(self.stage, price, decider))
        self.phones = list(self.stage.phones.values())
        self.judge = Judge(self._look())
        self.listener = Listener(self.judge)
        self.listener.step(self.phones, self.judge.now, ())
        self.repeatable = False

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            try:
                self._run(self.stage.check())
            finally:
                self._run(self.stage.database.close())
                self.runner.close()
        super().teardown()

    @rule(doing=st.sampled_from(DOINGS), who=WHO, which=WHICH, amount=st.sampled_from(AMOUNTS))
    def somebody(self, doing: str, who: int, which: int, amount: str) -> None:
        phone = self.phones[who % len(self.phones)]
        match doing:
            case "decides":
                self._decides(which, amount)
            case "vote":
                self._vote(who, which)
            case "borrows":
                self._borrows(who, which)
            case "two at once":
                self._two_at_once(phone, which, amount)
            case "days pass":
                self._do(self.stage.pass_time(timedelta(days=DAYS[which % len(DAYS)])))
            case "started anew":
                self._run(self.stage.restart(self.url))
            case "comes again":
                self._comes_again()
            case "appoints":
                self._appoints(who, which)
            case way if way in WAYS:
                self._goes(self._fit_for(way, who), WAYS[way], which, amount)
            case _:
                self._chats(phone, doing, which, amount)

    def _chats(self, phone: Phone, doing: str, which: int, amount: str) -> None:
        """Small doings, most of them in the middle of something else."""
        mine = self.listener.buttons.get(phone.user_id, [])
        match doing:
            case "taps what stands":
                self._taps(phone, which, [d for heard in phone.heard[-4:] for d in heard.buttons.values()])
            case "taps something old":
                self._taps(phone, which, mine)
            case "taps another's":
                other = self.phones[which % len(self.phones)]
                self._taps(phone, which, self.listener.buttons.get(other.user_id, []))
            case "writes":
                self._says(phone, WORDS[which % len(WORDS)])
            case "writes an amount":
                self._says(phone, amount)
            case "sends a picture":
                self._do(phone.picture(f"photo-{which % 2}"), Act(phone))
            case "sends a sticker":
                self._do(phone.sticker(), Act(phone))
            case menu:
                self._says(phone, self.texts.label(menu))

    # --- whole ways, so that books grow -----------------------------------------------------------------

    def _fit_for(self, way: str, who: int) -> Phone:
        """Somebody who may do it, where that is not everybody; by chance anybody."""
        now = self.judge.now
        match way:
            case way if way in BY_A_BORROWER:
                owed = [one.membership_id for one in now.loans.values() if one.state in UNPAID]
                fit = {person for member in owed for person in owners(now, member)}
            case way if way in BY_A_KEEPER:
                treasurers = {person for (_, office), person in now.offices.items() if office == "treasurer"}
                fit = treasurers | {keeper for _, account, keeper, _ in now.balances if account == KEPT}
            case way if way in BY_THE_TREASURER:
                fit = {person for (_, office), person in now.offices.items() if office == "treasurer"}
            case way if way in BY_THE_BOARD:
                fit = set(now.offices.values())
            case _:
                fit = {member.person_id for member in now.members.values()}
        narrowed = [phone for phone in self.phones if phone.person in fit and who % 10]
        return (narrowed or self.phones)[who % len(narrowed or self.phones)]

    def _goes(self, phone: Phone, way: tuple[str, ...], which: int, amount: str) -> None:
        """Press one button after the other, then answer whatever is asked."""
        before, (menu, *choices) = len(phone.heard), way
        self._says(phone, self.texts.label(menu))
        for choice in choices:
            shown = [data for heard in phone.heard[before:] for data in heard.buttons.values()]
            fit = [data for data in shown if data.split(".")[2] == choice]
            if not fit:
                return
            before = len(phone.heard)
            self._taps(phone, which, fit)
        self._talks(phone, which, amount)

    def _talks(self, phone: Phone, which: int, amount: str) -> None:
        """Answer until nothing is asked, or patience ends."""
        for turn in range(LONGEST_TALK):
            if not phone.heard or not asks(phone.last):
                return
            ways = leads_on(phone.last)
            if ways and (which % 3 or not asks_for_a_sum(phone.last)):
                self._taps(phone, which + 31 * turn, ways)
            else:
                self._says(phone, amount if asks_for_a_sum(phone.last) else REASON)

    def _borrows(self, who: int, which: int) -> None:
        """All the way to the money, unless somebody has something else in mind."""
        self._goes(
            self._fit_for("asks for a loan", who), WAYS["asks for a loan"], which | 1, AMOUNTS[which % 4]
        )
        for _ in range(2):
            self._decides(which | 1, "1", ("w",))
        self._vote(1, which)
        self._do(self.stage.pass_time(timedelta(days=4)))
        for _ in range(2):
            self._decides(which | 1, "1", ("w",))

    def _decides(self, which: int, amount: str, kinds: tuple[str, ...] = OF_CARDS) -> None:
        """Somebody taps a button of a card that stands somewhere, most often one that has a meaning."""
        cards = [(phone, data) for phone in self.phones for data in on_cards(phone)]
        standing = [one for one in cards if one[1].split(".")[0] in kinds]
        if which % 8:
            standing = [
                one for one in standing if likely(one[1].split(".")[2]) and self._may(*one)
            ] or standing
        if standing:
            phone, data = standing[which % len(standing)]
            self._taps(phone, 0, [data])
            self._talks(phone, which, amount)
        elif kinds is OF_CARDS:
            self._goes(self._fit_for("saves", which), WAYS["saves"], which, amount)

    def _vote(self, who: int, which: int) -> None:
        """Everybody votes on one thing, nearly always yes; or one person as she likes."""
        standing = [(p, data) for p in self.phones for data in ballots(p, *VOTES) if self._may(p, data)]
        if not standing:
            self._goes(self._fit_for("asks for a loan", who), WAYS["asks for a loan"], which, "500000")
            return
        phone, data = standing[which % len(standing)]
        if not who % 4:
            self._taps(phone, 0, [data])
            return
        said = "no" if who % 8 == 1 else "yes"
        for phone, other in standing:
            if other.split(".")[:3] == [*data.split(".")[:2], said]:
                self._taps(phone, 0, [other])
        self._enter(data.split(".")[1], which)

    def _enter(self, vote: str, which: int) -> None:
        """Whoever has the card for it writes down what those say who have no phone."""
        for phone in self.phones:
            cards = [data for data in ballots(phone, "enter") if data.split(".")[1] == vote]
            self._taps(phone, 0, cards[-1:])
            if cards:
                self._talks(phone, which, "1")

    def _may(self, phone: Phone, data: str) -> bool:
        return may_work(self.judge.now, Act(phone, data))

    def _appoints(self, who: int, which: int) -> None:
        phone = self.groups[who % len(self.groups)].facilitator
        self._goes(phone, ("menu_groups", "open", "appoint"), which, "1")

    # --- what is not one person's doing -----------------------------------------------------------------

    def _two_at_once(self, phone: Phone, which: int, amount: str) -> None:
        """Two cards are tapped at the same time, or a card is tapped while somebody writes."""
        standing = [(card, data) for card in self.phones for data in on_cards(card) if self._may(card, data)]
        if not standing:
            return
        first, data = standing[which % len(standing)]
        same = [(p, d) for p, d in standing if d.split(".")[:2] == data.split(".")[:2] and p is not first]
        near = same or [(p, d) for p, d in standing if p is not first]
        second, other = near[which % len(near)] if near and which % 3 else (phone, None)
        if first is second:
            return
        writes = second.say(amount) if other is None else second.tap_data(other)
        acts = (Act(first, data), Act(second, other))
        self._do(self.stage.at_once(first.tap_data(data), writes), *acts)

    def _comes_again(self) -> None:
        """The last update is delivered once more: nothing is said, nothing changes."""
        if self.repeatable:
            before = money_of(self.judge.now)
            assert self._run(self.stage.repeat()) == []
            self._looked(())
            assert money_of(self.judge.now) == before

    # --- how it is done ---------------------------------------------------------------------------------

    def _says(self, phone: Phone, text: str) -> None:
        self._do(phone.say(text), Act(phone))

    def _taps(self, phone: Phone, which: int, datas: list[str]) -> None:
        fit = [data for data in datas if data.split(".")[2] not in NEVER]
        if fit:
            data = fit[which % len(fit)]
            own = data in self.listener.buttons.get(phone.user_id, [])
            self._do(phone.tap_data(data), Act(phone, data, own))

    def _do(self, doing: Awaitable[object], *acts: Act) -> None:
        self._run(doing)
        self.repeatable = len(acts) == 1
        self._looked(acts)

    def _looked(self, acts: tuple[Act, ...]) -> None:
        before = self.judge.now
        self.judge.step(self._look(), acts)
        self.listener.step(self.phones, before, acts)

    def _look(self) -> Seen:
        return self._run(self.stage.read(partial(look, now=self.stage.now)))

    def _run(self, doing: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await doing

        return self.runner.run(awaited())
