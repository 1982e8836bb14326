"""What is counted for whoever watches the bot: numbers by platform and kind, never a person or an amount."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from bot.platforms.outcome import NotNow, Outcome, Refused, RetryLater, Sent, Uncertain, Unreachable
from storage.outbox import ALERT, REMINDER, REPLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from domain.ids import Platform
    from storage.outbox import OutRow
    from storage.queues import Queue

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600)
LANES = {REPLY: "reply", ALERT: "alert", REMINDER: "reminder"}
NO_PLATFORM, TAP = "none", "tap"
End = Literal["done", "aside"]


class Metrics:
    """All counters of one running bot, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._updates = self._counter("updates", "Updates brought to an end", "platform", "outcome")
        self._update_seconds = self._histogram("update", "From storing an update to its end", "platform")
        self._messages = self._counter("messages", "Calls that say something", "platform", "lane", "outcome")
        self._message_seconds = self._histogram(
            "message", "From storing the update that caused a message to its delivery", "platform", "lane"
        )
        self._refusals = self._counter("refusals", "The rules said no", "platform", "name")
        self._troubles = self._counter("troubles", "Warnings and errors of the log", "platform", "kind")
        self._waiting = self._gauge("outbox_waiting", "Messages that wait", "platform", "lane")
        self._oldest = self._gauge("outbox_oldest_seconds", "How long the oldest waits", "platform", "lane")
        self._pending = self._gauge("inbox_waiting", "Updates that wait", "platform")
        self._pending_oldest = self._gauge("inbox_oldest_seconds", "How long the oldest waits", "platform")
        self._intake = self._gauge("intake_alive", "1 while the platform answers", "platform")
        self._database = self._gauge("database_readable", "1 while the database can be read")

    # --- counted as it happens ----------------------------------------------------------------------------

    def worked(self, platform: Platform, end: End, since: datetime, now: datetime) -> None:
        """Count an update that came to its end."""
        self._updates(platform, end).inc()
        self._update_seconds(platform).observe(_seconds(since, now))

    def said(self, out: OutRow, outcome: Outcome, now: datetime) -> None:
        """Count a call that said something, or tried to."""
        lane = LANES[out.priority]
        self._messages(out.platform, lane, _name(outcome)).inc()
        if isinstance(outcome, Sent):
            self._message_seconds(out.platform, lane).observe(_seconds(out.created_at, now))

    def answered(self, platform: Platform, outcome: Outcome) -> None:
        """Count a waiting sign that was ended, or not."""
        self._messages(platform, TAP, _name(outcome)).inc()

    def refused(self, platform: Platform, name: str) -> None:
        """Count the rules' no; a unit that has to be run again counts again."""
        self._refusals(platform, name).inc()

    def troubled(self, kind: str, platform: str | None) -> None:
        """Count a warning or an error by the name the log gives it."""
        self._troubles(platform or NO_PLATFORM, kind).inc()

    # --- looked at when somebody asks ---------------------------------------------------------------------

    def show(self, found: Iterable[Queue] | None, alive: Mapping[Platform, bool], now: datetime) -> bytes:
        """Return everything as text; `found` is None where the database could not be read."""
        self._database.set(0 if found is None else 1)
        for platform, lives in alive.items():
            self._intake.labels(platform).set(1 if lives else 0)
        if found is not None:
            self._empty(alive)
            for queue in found:
                self._fill(queue, now)
        return generate_latest(self.registry)

    def _empty(self, platforms: Iterable[Platform]) -> None:
        for gauge in (self._waiting, self._oldest, self._pending, self._pending_oldest):
            gauge.clear()
        for platform in platforms:
            self._pending.labels(platform).set(0)
            self._pending_oldest.labels(platform).set(0)
            for lane in LANES.values():
                self._waiting.labels(platform, lane).set(0)
                self._oldest.labels(platform, lane).set(0)

    def _fill(self, queue: Queue, now: datetime) -> None:
        seconds = _seconds(queue.since, now)
        if queue.priority is None:
            self._pending.labels(queue.platform).set(queue.waiting)
            self._pending_oldest.labels(queue.platform).set(seconds)
        else:
            self._waiting.labels(queue.platform, LANES[queue.priority]).set(queue.waiting)
            self._oldest.labels(queue.platform, LANES[queue.priority]).set(seconds)

    def _counter(self, name: str, about: str, *labels: str) -> Callable[..., Counter]:
        """Return what finds the counter for its labels; those once found are kept."""
        return cache(Counter(f"khodyar_{name}", about, labels, registry=self.registry).labels)

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(f"khodyar_{name}", about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str, *labels: str) -> Callable[..., Histogram]:
        name = f"khodyar_{name}_seconds"
        return cache(Histogram(name, about, labels, registry=self.registry, buckets=SECONDS).labels)


def _seconds(since: datetime, now: datetime) -> float:
    """Never below 0: a demonstration moves the clock of the rules ahead of the machine's."""
    return max(0.0, (now - since).total_seconds())


def _name(outcome: Outcome) -> str:
    match outcome:
        case Sent():
            return "sent"
        case RetryLater():
            return "throttled"
        case NotNow():
            return "not_sent"
        case Uncertain():
            return "uncertain"
        case Unreachable():
            return "unreachable"
        case Refused():
            return "refused"
