"""Trouble on request: what goes wrong with the bot's next requests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from simulator.flavours import Flavour


@dataclass(frozen=True, slots=True)
class TooMany:
    """429; without `retry_after` (seconds) the answer names no time, `plain` is Bale's bare text."""

    retry_after: int | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """The platform itself is out of order."""

    status: int = 502


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer ever comes; nothing was done."""


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The request is carried out, then the connection breaks."""


@dataclass(frozen=True, slots=True)
class BlockedByUser:
    """403, as after the person blocked the bot."""


Fault = TooMany | Broken | Silence | LostAnswer | BlockedByUser


@dataclass(slots=True)
class Ordered:
    """A fault with where and for how long: `times` requests, or until the loop's time `until`."""

    fault: Fault
    flavour: Flavour
    chat: int | None = None
    methods: frozenset[str] = frozenset()
    times: int | None = None
    until: float | None = None

    def fits(self, flavour: Flavour, method: str, chat: int | None) -> bool:
        """Tell whether a request meets this fault."""
        return (
            self.flavour is flavour
            and self.chat in {None, chat}
            and (method.lower() in self.methods if self.methods else method.lower() not in _SPARED)
        )

    def spent(self, now: float) -> bool:
        """Tell whether it is over."""
        return self.times == 0 or (self.until is not None and now >= self.until)


# Fetching updates is spared unless it is named: a fault is meant for what the bot says.
_SPARED = frozenset({"getupdates", "getme", "setwebhook", "deletewebhook", "getwebhookinfo"})


@dataclass(slots=True)
class Faults:
    """The faults on order, and the time in seconds every request takes longer."""

    ordered: list[Ordered] = field(default_factory=list)
    latency: float = 0.0

    def order(
        self,
        fault: Fault,
        flavour: Flavour,
        *,
        chat: int | None = None,
        methods: tuple[str, ...] = (),
        times: int | None = 1,
        seconds: float | None = None,
    ) -> None:
        """Order a fault for the next requests, or for some seconds when `seconds` is given."""
        until = None if seconds is None else asyncio.get_running_loop().time() + seconds
        names = frozenset(method.lower() for method in methods)
        self.ordered.append(Ordered(fault, flavour, chat, names, times if until is None else None, until))

    def meet(self, flavour: Flavour, method: str, chat: int | None) -> Fault | None:
        """Give the fault that hits this request, and count it."""
        now = asyncio.get_running_loop().time()
        self.ordered = [ordered for ordered in self.ordered if not ordered.spent(now)]
        for ordered in self.ordered:
            if ordered.fits(flavour, method, chat):
                if ordered.times is not None:
                    ordered.times -= 1
                return ordered.fault
        return None

    def clear(self) -> None:
        """Let everything work again."""
        self.ordered.clear()
        self.latency = 0.0
