"""The order of what happened, and what of it is kept."""

from __future__ import annotations

from simulator.feed import KEPT_EVENTS, ActionShown, Bell, Feed
from simulator.flavours import Flavour
from simulator.messages import Phone

PHONE = Phone(Flavour.TELEGRAM, 1, "Maryam", "+989120000001")
OTHER = Phone(Flavour.BALE, 1, "Zahra", "+989120000002")


async def test_events_after_a_number() -> None:
    feed = Feed(Bell())
    for phone in (PHONE, OTHER, None, PHONE):
        feed.add(phone, ActionShown("typing"))
    assert [event.number for event in feed.after(0)] == [1, 2, 3, 4]
    assert [event.number for event in feed.after(1, PHONE.id)] == [3, 4]
    assert feed.after(4) == ()


async def test_what_is_forgotten_cannot_be_resumed() -> None:
    feed = Feed(Bell())
    assert feed.reaches(0)
    for _ in range(KEPT_EVENTS + 1):
        feed.add(PHONE, ActionShown("typing"))
    assert [feed.reaches(number) for number in (0, 1, KEPT_EVENTS + 1, KEPT_EVENTS + 2)] == [
        False,
        True,
        True,
        False,
    ]


async def test_waiting_ends_when_it_is_so_or_when_time_is_up() -> None:
    bell = Bell()
    assert await bell.until(lambda: 7, 0) == 7
    never: list[int] = []
    assert await bell.until(lambda: next(iter(never), None), 0.01) is None
