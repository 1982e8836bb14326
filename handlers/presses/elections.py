"""Taps on the card on which names are gathered, and on that of somebody who was named."""

from __future__ import annotations

from domain.elections import AnswerNomination, NameNobodyElse, Nominate
from domain.ids import NominationId, ProposalId
from domain.offices import Office
from domain.refusals import Refused
from handlers.carry_out import carry_out
from handlers.presses.assembly import found_of, membership_of
from handlers.turn import Turn


def on_election(turn: Turn, number: int, choice: str, revision: int) -> str | None:  # noqa: ARG001 — every press is called alike
    """Stand oneself, say that one is done, or name the talk in which somebody is named."""
    found = found_of(turn, ProposalId(number))
    word, _, office = choice.partition("_")
    match word:
        case "stand" if office in set(Office):
            carry_out(turn, Nominate(found.id, Office(office), membership_of(turn, found)))
        case "nobody":
            carry_out(turn, NameNobodyElse(found.id))
        case "name":
            return "nominate"
        case _:
            raise Refused("not_found")
    return None


def on_nomination(turn: Turn, number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — as above
    """Answer whether one will stand."""
    carry_out(turn, AnswerNomination(NominationId(number), accepted=choice == "accept"))
