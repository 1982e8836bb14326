"""What the edge asks of those who answer: three units of work, and nothing of them but rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection
    from telegram import Update

    from handlers.arrival import Arrival


class Answering(Protocol):
    """The bot's conduct, as `handlers.desk` has it and tests make their own."""

    @property
    def commands(self) -> Mapping[str, str]:
        """The slash commands with what each does, for the platforms that list them."""

    def handle(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        """Do what an update asks for; return the id of a tap whose waiting sign is to end now."""

    def handle_failure(self, conn: Connection, arrival: Arrival, update: Update) -> str | None:
        """Tell the person that her update could not be worked on; return as `handle` does."""

    def tick(self, conn: Connection, now: datetime) -> None:
        """Do what has fallen due."""
