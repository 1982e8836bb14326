"""Taps on the pages and cards of the opening balances."""

from __future__ import annotations

from domain.correcting import AgreeToCorrection, DeclineCorrection
from domain.ids import CorrectionId, GroupId, OpeningId, OpeningLineId
from domain.opening import ConfirmOpeningLine, LineState, SendOpening, SignOpening
from domain.refusals import Refused
from handlers.cards import correction as correction_card
from handlers.cards import opening as card
from handlers.carry_out import carry_out
from handlers.openers.groups import led_by_me
from handlers.turn import Turn
from storage import corrections, openings
from storage.corrections import CorrectionRow

TALKS = {"money": "opening", "line": "opening_line"}


def on_opening(turn: Turn, number: int, choice: str, revision: int) -> str | None:
    """Show it, do what the button says, or name the talk to begin."""
    match choice:
        case "page":
            return _page(turn, GroupId(number))
        case "lines":
            card.show_lines(turn, GroupId(number))
        case "send":
            carry_out(turn, SendOpening(OpeningId(number), revision))
        case "sign":
            carry_out(turn, SignOpening(OpeningId(number), revision))
        case "fix_yes" | "fix_no":
            _correction(turn, CorrectionId(number), revision, agreed=choice == "fix_yes")
        case "right" | "wrong":
            return _line(turn, OpeningLineId(number), revision, right=choice == "right")
        case _:
            return TALKS.get(choice)
    return None


def _page(turn: Turn, group_id: GroupId) -> str | None:
    """For the first time it begins with the money there was."""
    found = openings.opening_of(turn.conn, led_by_me(turn, group_id).id)
    if found is None:
        return "opening"
    (correction_card if found.state == "booked" else card).show_page(turn, found)
    return None


def _line(turn: Turn, line_id: OpeningLineId, revision: int, *, right: bool) -> str | None:
    """Take her word, unless the line has changed since the button was made."""
    line = openings.line_by_id(turn.conn, line_id)
    if line is None:
        raise Refused("not_found")
    if line.revision != revision or line.state is not LineState.WAITING:
        turn.say("common.already_answered")
        if line.state is LineState.WAITING and turn.me in card.asked_of(turn, line):
            card.send_line(turn, line)
        else:
            turn.say(card.line_text(line), **card.line_facts(turn, line))
        return None
    if not right:
        return "opening_claim"
    carry_out(turn, ConfirmOpeningLine(line.id, revision))
    return None


def _correction(turn: Turn, correction_id: CorrectionId, revision: int, *, agreed: bool) -> None:
    """Take a word or a signature, unless it has changed since the button was made."""
    found = corrections.correction_by_id(turn.conn, correction_id)
    if found is None:
        raise Refused("not_found")
    if found.revision != revision or found.state not in corrections.OPEN:
        turn.say("common.already_answered")
        _show(turn, found)
    elif agreed:
        carry_out(turn, AgreeToCorrection(found.id, revision))
    else:
        carry_out(turn, DeclineCorrection(found.id, revision))


def _show(turn: Turn, found: CorrectionRow) -> None:
    """Say how it stands; who is asked by now gets the card that holds."""
    if turn.me in correction_card.sayers_of(turn, found):
        correction_card.send_line(turn, found)
    elif correction_card.signs_next(turn, found):
        correction_card.send_sign(turn, found, turn.me)
    else:
        turn.say(correction_card.text_of(found), **correction_card.facts_of(turn, found))
