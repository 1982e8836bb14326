"""Limits of an amount: what lies outside is answered with what would do, and asked for anew."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Unread
from domain.money import Rial


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which sums an amount must lie, and what is said to whoever names less or more."""

    least: Rial
    most: Rial
    less: Unread
    more: Unread

    def broken_by(self, amount: Rial) -> Unread | None:
        """Return what is said to whoever names this, None where it lies within."""
        if amount < self.least:
            return self.less
        return self.more if amount > self.most else None
