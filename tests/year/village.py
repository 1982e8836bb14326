"""The people of the story, and what they hold in their hands."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.calendar import jalali, local_day
from domain.ids import MembershipId, Platform
from domain.offices import Office
from storage.verify import verify
from tests.phone import Phone
from tests.stage import Group
from tests.year.wired import Wired

GROUP = "امید"
FACILITATOR = "نرگس کریمی"
NAMES = {
    "maryam": "مریم احمدی",
    "fatemeh": "فاطمه رضایی",
    "zahra": "زهرا محمدی",
    "leila": "لیلا رحیمی",
    "sakineh": "سکینه حسینی",
    "golnar": "گلنار شریفی",
    "shahin": "شهین باقری",
    "hamideh": "حمیده یوسفی",
    "roghayeh": "رقیه اکبری",
    "tahereh": "طاهره قاسمی",
    "masumeh": "معصومه جعفری",
    "parvin": "پروین حیدری",
    "azam": "اعظم موسوی",
    "shirin": "شیرین کاظمی",
    "mahin": "مهین صادقی",
}
NANEH = "ننه صغری"
NOBODY = MembershipId(0)


async def give(phone: Phone, answer: str) -> list[str]:
    """Tap the button that stands for this, or write it where there is none."""
    return await (phone.tap(answer) if phone.last.data(answer) else phone.say(answer))


async def together(acts: Iterable[Coroutine[object, object, None]]) -> None:
    """Let many act at the same time."""
    await asyncio.gather(*acts)


@dataclass
class Village:
    """The group, its people by the name they are called, and the ground beneath."""

    ground: Wired
    platform: Platform
    group: Group
    naneh: MembershipId = NOBODY  # she has no phone; Maryam helps her
    gone: set[str] = field(default_factory=set)
    people: dict[str, Phone] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Phone:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def facilitator(self) -> Phone:
        return self.group.facilitator

    @property
    def chair(self) -> Phone:
        return self.group.officers[Office.CHAIR]

    @property
    def treasurer(self) -> Phone:
        return self.group.officers[Office.TREASURER]

    @property
    def secretary(self) -> Phone:
        return self.group.officers[Office.SECRETARY]

    @property
    def voters(self) -> list[Phone]:
        """Those with a phone who are still members."""
        return [phone for name, phone in self.people.items() if name not in self.gone]

    def name_of(self, phone: Phone) -> str:
        """Say what somebody is called in the books."""
        return next(NAMES[name] for name, one in self.people.items() if one is phone)

    @property
    def today(self) -> date:
        return local_day(self.ground.now)

    async def until(self, month: int, day: int) -> None:
        """Let days pass until this day of the Jalali year, or of the next one."""
        while jalali(self.today)[1:] != (month, day):
            await self.ground.pass_time(timedelta(days=1))

    async def check(self) -> None:
        """Nothing may be wrong in the books."""
        assert await self.ground.read(lambda conn: list(verify(conn))) == []
