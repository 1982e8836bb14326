"""The machine: people of three groups do whatever they like, and after each step everything is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from storage.units import open_database
from tests.model.doings import AMOUNTS, DOINGS, WORDS, deciding, leads_on
from tests.model.judge import Act, Judge, money_of
from tests.model.seen import Seen, look
from tests.model.told import Listener
from tests.model.world import Together, peopled
from tests.phone import Phone
from tests.recorded import RecordedTexts

T = TypeVar("T")
WHO, WHICH = st.integers(0, 99), st.integers(0, 999)
DAYS = (1, 9, 31)
QUESTIONS = tuple(f"saving.{name}" for name in "payer amount unusual way receipt round confirm".split())


class Village(RuleBasedStateMachine):
    """People, their phones, and the two who watch: the judge of the books and the listener.

    One rule draws what is done, by weight: with a rule for each, most runs would be made without the few
    that let money move.
    """

    texts: RecordedTexts
    fresh: Callable[[], str]

    @initialize()
    def begins(self) -> None:
        self.runner = asyncio.Runner()
        self.url = self.fresh()
        self.stage = Together(self._run(open_database(self.url)), self.texts)
        self.groups = self._run(peopled(self.stage))
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
            case "saves":
                self._saves(phone, which, amount)
            case "decides":
                self._decides(which)
            case "two at once":
                self._two_at_once(phone, which, amount)
            case "wants a reversal":
                self._wants_a_reversal(who, which)
            case "days pass":
                self._do(self.stage.pass_time(timedelta(days=DAYS[which % len(DAYS)])))
            case "started anew":
                self._run(self.stage.restart(self.url))
            case "comes again":
                self._comes_again()
            case "appoints":
                self._appoints(who, which)
            case "leaves":
                self._leaves(phone)
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

    def _saves(self, phone: Phone, which: int, amount: str) -> None:
        self._says(phone, self.texts.label("menu_save"))
        for _ in range(7):
            if phone.last.name not in QUESTIONS:
                return
            if phone.last.name == "saving.amount":
                self._says(phone, amount)
            else:
                self._goes_on(phone, which)

    def _decides(self, which: int) -> None:
        """Somebody taps a button of a card that stands somewhere."""
        standing = [(phone, data) for phone in self.phones for data in deciding(phone)]
        if standing:
            phone, data = standing[which % len(standing)]
            self._taps(phone, 0, [data])
            if phone.last.name in ("other_amount.counted", "not_received.reason"):
                self._says(phone, AMOUNTS[which % len(AMOUNTS)])
                self._goes_on(phone, 0)

    def _wants_a_reversal(self, who: int, which: int) -> None:
        officers = [phone for phone in self.phones if phone.person in self.judge.now.offices.values()]
        phone = officers[who % len(officers)]
        self._says(phone, self.texts.label("menu_reverse"))
        if phone.last.name == "reversal.entry":
            self._goes_on(phone, which)
            self._says(phone, "دو بار نوشته شده")
            self._goes_on(phone, 0)

    def _appoints(self, who: int, which: int) -> None:
        phone = self.groups[who % len(self.groups)].facilitator
        self._says(phone, self.texts.label("menu_groups"))
        self._taps_choice(phone, "open", which)
        self._taps_choice(phone, "appoint", 0)
        for chosen in (who, which, 0):
            if phone.last.name.startswith("appoint.") and phone.last.choices:
                self._goes_on(phone, chosen)

    def _leaves(self, phone: Phone) -> None:
        self._says(phone, self.texts.label("menu_me"))
        self._taps_choice(phone, "leave", 0)
        if phone.last.name.startswith("leave.") and phone.last.choices:
            self._goes_on(phone, 0)

    # --- what is not one person's doing -----------------------------------------------------------------

    def _two_at_once(self, phone: Phone, which: int, amount: str) -> None:
        """Two cards are tapped at the same time, or a card is tapped while somebody writes."""
        standing = [(card, data) for card in self.phones for data in deciding(card)]
        if not standing:
            return
        first, data = standing[which % len(standing)]
        same = [(p, d) for p, d in standing if d.split(".")[:2] == data.split(".")[:2] and p is not first]
        second, other = same[which % len(same)] if same and which % 3 else (phone, None)
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
        if datas:
            data = datas[which % len(datas)]
            own = data in self.listener.buttons.get(phone.user_id, [])
            self._do(phone.tap_data(data), Act(phone, data, own))

    def _taps_choice(self, phone: Phone, choice: str, which: int) -> None:
        self._taps(phone, which, [d for d in phone.last.buttons.values() if d.split(".")[2] == choice])

    def _goes_on(self, phone: Phone, which: int) -> None:
        """Tap one of the buttons that lead on."""
        self._taps(phone, which, [d for d in phone.last.buttons.values() if leads_on(d)])

    def _do(self, doing: Awaitable[object], *acts: Act) -> None:
        self._run(doing)
        self.repeatable = len(acts) == 1
        self._looked(acts)

    def _looked(self, acts: tuple[Act, ...]) -> None:
        before = self.judge.now
        self.judge.step(self._look(), acts)
        self.listener.step(self.phones, before, acts)

    def _look(self) -> Seen:
        return self._run(self.stage.read(look))

    def _run(self, doing: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await doing

        return self.runner.run(awaited())
