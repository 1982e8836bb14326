"""The facts each conversation begins with, read at its start; a refusal here means that it does not begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.openers import programme, reversals, saving
from handlers.turn import Turn

OPENINGS: Mapping[str, Callable[[Turn, int | None], object]] = {
    "saving": saving.saving,
    "other_amount": saving.other_amount,
    "not_received": saving.not_received,
    "reversal": reversals.reversal,
    "where": programme.where,
    "interest": programme.interest,
    "invite": programme.invite,
    "accept_role": programme.accept_role,
}
