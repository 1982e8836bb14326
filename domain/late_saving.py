"""When a saving is late into its round, and what the bylaws ask for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.bylaws import Bylaws
from domain.calendar import end_of, moment_of
from domain.ids import MembershipId
from domain.money import Rial
from domain.moves import LateFine

Versions = Sequence[tuple[datetime, Bylaws]]  # each that was adopted, and when, oldest first


@dataclass(frozen=True, slots=True)
class LateLine:
    """What a member was asked for in a round that was closed before all of it was confirmed."""

    membership: MembershipId
    round_number: int
    opens_on: date
    due_on: date
    reported_at: datetime | None  # the first report of hers that nobody has decided on

    @property
    def may_be_on_time(self) -> bool:
        """Whether what was reported in time is still to be confirmed."""
        return self.reported_at is not None and self.reported_at < deadline(self.due_on)


def deadline(due_on: date) -> datetime:
    """Return the end of a round's due day, in Iran: what reached us by then is on time."""
    return end_of(due_on)


def fines(late: Sequence[LateLine], versions: Versions) -> tuple[LateFine, ...]:
    """Return what is asked for these; what was reported in time and waits to be decided on is waited for."""
    asked = (
        LateFine(line.membership, line.round_number, asked_for(versions, line.opens_on))
        for line in late
        if not line.may_be_on_time
    )
    return tuple(fine for fine in asked if fine.amount > Rial(0))


def asked_for(versions: Versions, opens_on: date) -> Rial:
    """Return the fine of a round by the rules that held when the day of its opening began."""
    held = [rules for adopted_at, rules in versions if adopted_at <= moment_of(opens_on)]
    return (held[-1] if held else Bylaws()).late_saving_fine
