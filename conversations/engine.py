"""Conversations: a generator asks, what is stored is the answers, and every update replays it from the start.

Invariant: replaying the same answers over the same facts stops at the same question. A script that was
changed keeps the answers that still fit: at the first question without one, all later ones are dropped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from conversations.replies import Reply
from domain.codec import Codec, Json

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
R_co = TypeVar("R_co", covariant=True)

MOST_ANSWERS = 60


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that could not be read: the text that says what would be."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a question: what it stands for, and the word on it with that word's facts."""

    data: str
    word: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Kind(Protocol[T_co]):
    """A kind of answer: `read` understands a reply as something storable, `load` makes the value of it.

    `binding` answers hold only for the facts they were shown with; `shares` asks for the phone by button.
    """

    @property
    def choices(self) -> tuple[Choice, ...]: ...

    @property
    def binding(self) -> bool: ...

    @property
    def shares(self) -> bool: ...

    def read(self, reply: Reply) -> Json | Unread: ...

    def load(self, stored: Json) -> T_co | Unread: ...


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its text's name, the key of its answer, the kind of answer, the facts shown."""

    text: str
    key: str
    kind: Kind[object]
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood, and for a binding answer the print of what was shown."""

    value: Json
    shown: str | None = None


Answers = Mapping[str, Answer]
Script = Generator[Question, object, R_co]


def ask(
    text: str, kind: Kind[T], nth: int | str | None = None, /, **facts: object
) -> Generator[Question, object, T]:
    """Ask one question; in a loop, `nth` keeps the keys apart."""
    key = text if nth is None else f"{text}#{nth}"
    return cast("T", (yield Question(text, key, kind, facts)))


class AskedTwice(LookupError):
    """A script asks two questions under one key, which would answer each other for ever: a flaw of ours."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The script waits for this question; `answers` are those that still fit."""

    question: Question
    answers: Answers
    script: Script[object] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Finished:
    """The script has returned."""

    result: object
    answers: Answers


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The reply could not be read; the question stands."""

    asking: Asking
    problem: Unread


def replay(script: Script[object], answers: Answers, codec: Codec) -> Asking | Finished:
    """Run the script over its answers up to the first question that has none, or none that fits."""
    return _run_on(script, None, {}, answers, codec)


def reply_to(now: Asking | Finished, reply: Reply, codec: Codec) -> Asking | Finished | NotUnderstood:
    """Answer the question that `replay` found the script waiting for, and run on; once for each replay."""
    if isinstance(now, Finished):
        return now
    question = now.question
    stored = question.kind.read(reply)
    if isinstance(stored, Unread):
        return NotUnderstood(now, stored)
    value = question.kind.load(stored)
    if isinstance(value, Unread):
        return now
    shown = fingerprint(question.facts, codec) if question.kind.binding else None
    answers = {**now.answers, question.key: Answer(stored, shown)}
    return _run_on(now.script, value, answers, answers, codec)


def _run_on(
    script: Script[object], value: object, before: Answers, answers: Answers, codec: Codec
) -> Asking | Finished:
    """Hand a value to the script and run on; `before` are the answers it was given so far."""
    kept = dict(before)
    try:
        while True:
            question = script.send(value)
            value = _fitting(question, answers.get(question.key), codec)
            if isinstance(value, Unread):
                return Asking(question, kept, script)
            if question.key in kept:
                raise AskedTwice(question.key)
            kept[question.key] = answers[question.key]
    except StopIteration as end:
        return Finished(end.value, kept)


def one_back(begin: Callable[[], Script[object]], answers: Answers, codec: Codec) -> Asking | Finished:
    """Take the last answer back; at the first question, stay there."""
    kept = dict(replay(begin(), answers, codec).answers)
    if kept:
        kept.popitem()
    return replay(begin(), kept, codec)


def back_to(text: str, answers: Answers) -> Answers:
    """Drop the answer to the named question and all after it; unknown names drop the last."""
    keys = list(answers)
    at = next((i for i, key in enumerate(keys) if key.partition("#")[0] == text), len(keys) - 1)
    return {key: answers[key] for key in keys[:at]}


def fingerprint(facts: Mapping[str, object], codec: Codec) -> str:
    """A print of what a person saw before saying yes."""
    return hashlib.sha256(codec.dumps(facts).encode()).hexdigest()[:16]


def _fitting(question: Question, answer: Answer | None, codec: Codec) -> object:
    if answer is None:
        return Unread("engine.unanswered")
    if question.kind.binding and answer.shown != fingerprint(question.facts, codec):
        return Unread("engine.shown_anew")
    return question.kind.load(answer.value)
