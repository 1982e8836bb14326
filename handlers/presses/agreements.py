"""Taps on the card of a version that is to be accepted."""

from __future__ import annotations

from domain.agreements import Accept
from domain.ids import AcceptanceId
from handlers.cards.matter import text_in_force
from handlers.carry.agreements import to_accept
from handlers.carry_out import carry_out
from handlers.turn import Turn


def on_acceptance(turn: Turn, number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — every press is called alike
    """Accept, or read first."""
    command = Accept(AcceptanceId(number))
    if choice == "accept":
        carry_out(turn, command)
        return
    found, _ = to_accept(turn, command)
    for page in text_in_force(turn, turn.group(found.group_id)):
        turn.say(page.text, None, page.file, **page.facts)
