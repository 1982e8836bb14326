"""The board answers an objection, or the facilitator settles one that was carried to her."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, Line
from domain.ids import ObjectionId
from domain.objections import About, AnswerObjection


@dataclass(frozen=True, slots=True)
class Facts:
    """The objection as it was shown; `last` where the words settle it."""

    subject: ObjectionId
    revision: int
    name: str
    about: About
    number: int
    words: str
    last: bool


WORDS = Line(limit=300, unread="objection.unread")


def answer_objection(facts: Facts) -> Script[AnswerObjection | None]:
    """Ask for the words she will read, and show them."""
    shown = {"name": facts.name, "about": facts.about, "number": facts.number, "objection": facts.words}
    words = yield from ask("answer_objection.words", WORDS, **shown)
    sure = yield from ask("answer_objection.confirm", CONFIRM, name=facts.name, words=words, last=facts.last)
    return AnswerObjection(facts.subject, facts.revision, words) if sure else None
