"""What every member is asked to accept, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import local_day, moment_of
from domain.ids import AcceptanceId

REMINDED_AFTER = timedelta(days=3)
REMINDED_AT = 9  # o'clock


class Document(StrEnum):
    """A text that holds for everybody and is accepted by each."""

    BYLAWS = "bylaws"
    SAVINGS = "savings"


@dataclass(frozen=True, slots=True)
class Accept:
    """Say that one has read a version and accepts it."""

    acceptance: AcceptanceId


def reminds_at(asked_at: datetime) -> datetime:
    """Return when whoever has not accepted by then is reminded, once."""
    return moment_of(local_day(asked_at) + REMINDED_AFTER, REMINDED_AT)
