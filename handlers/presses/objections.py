"""Taps on the card of an objection, and on the button that begins one."""

from __future__ import annotations

from domain.ids import ObjectionId
from domain.objections import TakeAnswer
from domain.refusals import Refused
from handlers.cards.objection import send_card
from handlers.carry_out import carry_out
from handlers.concerned import leaders_of
from handlers.turn import Turn
from storage import objections
from storage.objections import ObjectionRow


def on_objection(turn: Turn, number: int, choice: str, revision: int) -> str | None:
    """Begin the talk that objects (`number` is a membership) or answers, or take her word on the answer."""
    if choice == "object":
        return "objection"
    found = objections.objection_by_id(turn.conn, ObjectionId(number))
    if found is None:
        raise Refused("not_found")
    if found.revision != revision:
        turn.say("common.already_answered")
        _show(turn, found)
        return None
    match choice:
        case "answer":
            return "answer_objection"
        case "content" | "carry":
            carry_out(turn, TakeAnswer(found.id, revision, content=choice == "content"))
        case _:
            raise Refused("not_found")
    return None


def _show(turn: Turn, found: ObjectionRow) -> None:
    """How it stands now, for those who had a card of it."""
    member, leaders = turn.member(found.membership_id), leaders_of(turn, turn.group(found.group_id))
    if turn.me in (member.person_id, member.helper_id, *leaders):
        send_card(turn, found, turn.me)
