"""A member's own objections, and those of the members she helps."""

from __future__ import annotations

from domain.objections import ANSWER_DAYS
from handlers.cards.objection import begin_button, send_card
from handlers.standing import in_group, position
from handlers.turn import Turn
from storage import objections


def page(turn: Turn) -> None:
    """Say what objecting does, with the way to it; then show those that have not come to an end."""
    member, group, _ = in_group(turn)
    hers = (member, *position(turn).served)
    standing = [found for one in hers for found in objections.unsettled_of(turn.conn, one.id)]
    rows = [[begin_button(turn, one)] for one in hers]
    turn.say_with("objection.page", rows, group=group.name, days=ANSWER_DAYS, count=len(standing))
    for found in standing:
        send_card(turn, found, turn.me)
