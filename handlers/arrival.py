"""What is known of an update before anyone looks inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.patience import NOTHING_WAITS, Backlog

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import InboxId, Platform


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an update came from and when intake stored it; rules decide by that time.

    `backlog` is what still waits to be said to its chat.
    """

    inbox_id: InboxId
    platform: Platform
    received_at: datetime
    backlog: Backlog = NOTHING_WAITS
