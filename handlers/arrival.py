"""What is known of an update before anyone looks inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import InboxId, Platform


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an update came from and when intake stored it; rules decide by that time."""

    inbox_id: InboxId
    platform: Platform
    received_at: datetime
