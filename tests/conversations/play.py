"""A test's docstring as the talk it is: "bot: name of the message", "member: what she says or presses".

A member line is typed text, `[word]` or `[word:data]` for a button, `(contact 09123456789 own)` or
`(contact 09123456789 other)`, `(picture 7)`, `/back` or `/cancel`. Between any two lines everything is
stored as text and read again, as a restart does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import cast

from conversations import engine
from conversations.engine import Answer, Asking, Finished, NotUnderstood, Question, Script
from conversations.registry import CODEC, TALKS, Talk
from conversations.replies import Pictured, Pressed, Reply, Said, Shared
from domain.commands import Command
from domain.ids import AccountId, PictureId
from domain.places import Places
from handlers.tokens import Token, sign
from texts.engine import Texts

BUTTON = re.compile(r"\[(?P<word>\w+)(?::(?P<data>.+))?\]")
CONTACT = re.compile(r"\(contact (?P<phone>\S+) (?P<whose>own|other)\)")
PICTURE = re.compile(r"\(picture (?P<number>\d+)\)")
COUNTIES = Path(__file__).parents[2] / "places" / "counties.csv"
LONGEST = 4096
MANY = 10**12  # ids and revisions grow for years; buttons must still fit


@cache
def counties() -> Places:
    """The list of places as it is delivered."""
    return Places.from_csv(COUNTIES.read_text(encoding="utf-8"))


def said_in(transcript: str) -> list[tuple[str, str]]:
    """The lines of a transcript as (who, what)."""
    lines = (line.strip() for line in cleandoc(transcript).splitlines())
    parted = [line.partition(": ") for line in lines if line]
    assert all(who in {"bot", "member"} for who, _, _ in parted), "a line begins with bot: or member:"
    return [(who, what.strip()) for who, _, what in parted]


@dataclass
class Play:
    """Plays a docstring; called with the facts, or with the name of the talk and its facts.

    Afterwards `shown` has what each question was shown with the last time, by its text, `offered` what its
    buttons bring, and `labels` what stands on them.
    """

    texts: Texts
    transcript: str
    shown: dict[str, Mapping[str, object]] = field(default_factory=dict, init=False)
    offered: dict[str, list[str]] = field(default_factory=dict, init=False)
    labels: dict[str, list[str]] = field(default_factory=dict, init=False)

    def __call__(self, *given: object) -> Command | None:
        *name, facts = given
        talk = TALKS[str(name[0])] if name else _talk_of(facts)
        played = _Performance(self.texts, talk, CODEC.dumps(facts))
        self.shown, self.offered, self.labels = played.shown, played.offered, played.labels
        return played.of(said_in(self.transcript))


class _Performance:
    """One talk while it is played; what it knows is what would be stored."""

    def __init__(self, texts: Texts, talk: Talk, facts: str) -> None:
        self._texts, self._talk, self._facts = texts, talk, facts
        self.shown: dict[str, Mapping[str, object]] = {}
        self.offered: dict[str, list[str]] = {}
        self.labels: dict[str, list[str]] = {}
        self._answers = "{}"
        self._heard: list[str] = []
        self._end: Finished | None = None

    def of(self, lines: list[tuple[str, str]]) -> Command | None:
        self._goes_on(engine.replay(self._script()(), self._stored(), CODEC))
        for who, what in lines:
            if who == "bot":
                assert self._heard, f"the bot says nothing where {what} is expected"
                assert self._heard.pop(0) == what
            else:
                self._member(what)
        assert not self._heard, f"the bot also says {self._heard}"
        return cast("Command | None", self._end.result) if self._end else None

    def _member(self, what: str) -> None:
        assert not self._heard, f"before {what!r} the bot says {self._heard}"
        assert self._end is None, f"the talk is over before {what!r}"
        if what == "/cancel":
            self._end = Finished(None, {})
        elif what == "/back":
            self._goes_on(engine.one_back(self._script(), self._stored(), CODEC))
        else:
            now = engine.replay(self._script()(), self._stored(), CODEC)
            self._goes_on(engine.reply_to(now, self._reply(what, now), CODEC))

    def _goes_on(self, step: Asking | Finished | NotUnderstood) -> None:
        match step:
            case NotUnderstood(asking, problem):
                self._says(problem.text, problem.facts)
                self._asks(asking.question)
            case Asking(question, answers):
                self._store(answers)
                self._asks(question)
            case Finished():
                self._end = step

    def _asks(self, question: Question) -> None:
        self._says(question.text, question.facts)
        self.shown[question.text] = question.facts
        self.offered[question.text] = [choice.data for choice in question.kind.choices]
        CODEC.dumps(question.facts)
        labels = [self._texts.label(choice.word, choice.facts) for choice in question.kind.choices]
        self.labels[question.text] = labels
        assert all(labels), f"a button of {question.text} is empty"
        for choice in question.kind.choices:
            sign(b"key", Token("t", MANY, choice.data, 99), AccountId(MANY))

    def _says(self, name: str, facts: Mapping[str, object]) -> None:
        text = self._texts.render(name, facts)
        assert 0 < len(text) <= LONGEST
        self._heard.append(name)

    def _reply(self, what: str, now: Asking | Finished) -> Reply:
        if found := BUTTON.fullmatch(what):
            return Pressed(self._data(found["word"], found["data"], now))
        if found := CONTACT.fullmatch(what):
            return Shared(found["phone"], own=found["whose"] == "own")
        if found := PICTURE.fullmatch(what):
            return Pictured(PictureId(int(found["number"])))
        return Said(what)

    def _data(self, word: str, data: str | None, now: Asking | Finished) -> str:
        assert isinstance(now, Asking)
        choices = [c for c in now.question.kind.choices if c.word == word and data in (None, c.data)]
        assert len(choices) == 1, (
            f"{word} is on {len(choices)} buttons of {now.question.text}: {now.question.kind.choices}"
        )
        return choices[0].data

    def _script(self) -> Callable[[], Script[Command | None]]:
        return self._talk.over(CODEC.loads(self._facts), counties())

    def _store(self, answers: Mapping[str, Answer]) -> None:
        self._answers = json.dumps({key: [answer.value, answer.shown] for key, answer in answers.items()})

    def _stored(self) -> Mapping[str, Answer]:
        return {key: Answer(value, shown) for key, (value, shown) in json.loads(self._answers).items()}


def _talk_of(facts: object) -> Talk:
    return next(talk for talk in TALKS.values() if talk.facts is type(facts))
