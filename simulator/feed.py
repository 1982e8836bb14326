"""All that happened on the phones, in order, for pages that watch and tests that listen."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from simulator.markup import ReplyKeyboard
from simulator.messages import Message, Phone
from simulator.rules import Violation

KEPT_EVENTS = 5_000

Found = TypeVar("Found")


class Bell:
    """Wakes everyone who waits for something to be so."""

    def __init__(self) -> None:
        """Begin silent."""
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let everyone look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, look: Callable[[], Found | None], seconds: float | None = None) -> Found | None:
        """Wait until `look` finds something; None when the time is up first."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self._rung.wait()
        except TimeoutError:
            return None
        return found


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message came, changed or went."""

    message: Message


@dataclass(frozen=True, slots=True)
class ToastShown:
    """A tap was answered; an alert asks to be closed."""

    text: str
    alert: bool


@dataclass(frozen=True, slots=True)
class ActionShown:
    """The bot is typing, or sending something."""

    action: str


@dataclass(frozen=True, slots=True)
class KeyboardShown:
    """The large buttons changed, or went."""

    keyboard: ReplyKeyboard | None


@dataclass(frozen=True, slots=True)
class PhoneChanged:
    """A phone was added, blocked or unblocked the bot."""

    phone: Phone
    blocked: bool


@dataclass(frozen=True, slots=True)
class RuleBroken:
    """A request of the bot broke a rule."""

    violation: Violation


Happening = MessageShown | ToastShown | ActionShown | KeyboardShown | PhoneChanged | RuleBroken


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with its place in the order; `phone` is None where it concerns no phone."""

    number: int
    phone: str | None
    happening: Happening


class Feed:
    """The latest events, numbered from 1."""

    def __init__(self, bell: Bell) -> None:
        """Begin empty."""
        self._bell = bell
        self._events: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self.last = 0

    def add(self, phone: Phone | None, happening: Happening) -> None:
        """Append an event and wake the watchers."""
        self.last += 1
        self._events.append(Event(self.last, phone.id if phone else None, happening))
        self._bell.ring()

    def reaches(self, number: int) -> bool:
        """Tell whether everything after `number` is still kept."""
        oldest = self._events[0].number if self._events else self.last + 1
        return oldest - 1 <= number <= self.last

    def after(self, number: int, phone: str | None = None) -> tuple[Event, ...]:
        """Give the events after a number, those of one phone only if it is named."""
        fresh: list[Event] = []
        for event in reversed(self._events):
            if event.number <= number:
                break
            if phone is None or event.phone in {None, phone}:
                fresh.append(event)
        return tuple(reversed(fresh))
