"""Limits of an answer: what lies outside is not read, and is answered with what would do."""

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

    def checked(self, rials: int) -> int | Unread:
        if rials < self.least.rials:
            return self.less
        return self.more if rials > self.most.rials else rials
