"""Taps on the card that asks whether a member has died."""

from __future__ import annotations

from domain.ids import DeathId
from domain.parting import AnswerDeath
from domain.refusals import Refused
from handlers.cards import death as card
from handlers.carry_out import carry_out
from handlers.turn import Turn
from storage import deaths

WORDS = ("confirm_death", "decline_death")


def on_death(turn: Turn, number: int, choice: str, revision: int) -> None:
    """Confirm or decline; one that is too late shows how it stands."""
    if choice not in WORDS:
        return
    try:
        carry_out(turn, AnswerDeath(DeathId(number), revision, confirmed=choice == WORDS[0]))
    except Refused as refused:
        if refused.name != "already_decided":
            raise
        turn.say("common.already_answered")
        found = deaths.death_by_id(turn.conn, DeathId(number))
        if found is not None:
            turn.say(f"death.{found.state}", **card.facts_of(turn, found))
