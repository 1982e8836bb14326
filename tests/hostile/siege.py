"""The transcripts of tests/conversations once more: at each question somebody types what nobody should.

What is understood is also kept in the place of the proper answer, so that the later questions show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from inspect import isfunction, signature

from conversations import engine
from conversations.engine import Answer, Question
from conversations.registry import CODEC, TALKS, Talk
from domain.commands import Command
from tests.conversations.play import Play, _Performance, _talk_of, said_in
from tests.hostile.judged import both_platforms, look_at_call, look_at_text, sending
from texts.engine import Texts

MESSENGERS = both_platforms()
CHAT = 5
Transcript = Callable[[Play], None]


def transcripts(talk: str) -> Iterator[Transcript]:
    """Every test that plays a transcript of the talk; `tests/test_messages.py` demands that there is one."""
    there = vars(import_module(f"tests.conversations.test_{talk}")).items()
    tests = (one for name, one in there if name.startswith("test_") and isfunction(one))
    return (test for test in tests if list(signature(test).parameters) == ["play"])


@dataclass
class Siege:
    """Talks under siege: names of texts that were said, ways to questions, what was understood at each."""

    texts: Texts
    words: Sequence[str]
    said: set[str] = field(default_factory=set)
    ways: set[tuple[str, ...]] = field(default_factory=set)
    understood: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    judged: set[str] = field(default_factory=set)

    def of(self, talk: str) -> None:
        """Play all the talk's transcripts."""
        for test in transcripts(talk):
            test(BesiegedPlay(self.texts, test.__doc__ or "", self))

    def judge(self, text: str) -> None:
        """Look at a text as both platforms would, once."""
        if text not in self.judged:
            self.judged.add(text)
            look_at_text(text)
            for messenger in MESSENGERS:
                look_at_call(sending(CHAT, text, messenger), messenger)


@dataclass
class BesiegedPlay(Play):
    """Plays the docstring as always, besieged."""

    siege: Siege

    def __call__(self, *given: object) -> Command | None:
        *name, facts = given
        talk = TALKS[str(name[0])] if name else _talk_of(facts)
        besieged = Besieged(self.siege, talk, CODEC.dumps(facts))
        self.shown, self.offered = besieged.shown, besieged.offered
        return besieged.of(said_in(self.transcript))


class Besieged(_Performance):
    """A performance that tries every word at each question it had not come to in this way before."""

    def __init__(self, siege: Siege, talk: Talk, facts: str) -> None:
        super().__init__(siege.texts, talk, facts)
        self._siege = siege

    def _asks(self, question: Question) -> None:
        super()._asks(question)
        answers = self._stored()
        way = (self._talk.name, *answers, question.key)
        if way not in self._siege.ways:
            self._siege.ways.add(way)
            for word in self._siege.words:
                self._attempt(answers).types(word, question)
            for key in answers:
                for instead in self._siege.understood[key]:
                    self._attempt({**answers, key: instead}).resumes()

    def _says(self, name: str, facts: Mapping[str, object]) -> None:
        super()._says(name, facts)
        self._siege.said.add(name)

    def _attempt(self, answers: Mapping[str, Answer]) -> Attempt:
        return Attempt(self._siege, self._talk, self._facts, answers)


class Attempt(_Performance):
    """One hostile answer; each message that comes of it is judged."""

    def __init__(self, siege: Siege, talk: Talk, facts: str, answers: Mapping[str, Answer]) -> None:
        super().__init__(siege.texts, talk, facts)
        self._siege = siege
        self._store(answers)

    def types(self, word: str, question: Question) -> None:
        """Answer the open question with a word; something is said, or the talk is over."""
        self._member(word)
        assert self._heard or self._end, f"nothing is said at {question.key} to {word!r:.99}"
        assert not (question.kind.binding and self._end), f"{word!r:.99} passes for a yes at {question.key}"
        answer, known = self._stored().get(question.key), self._siege.understood[question.key]
        if answer is not None and answer not in known:
            known.append(answer)

    def resumes(self) -> None:
        """Go on with the answers as they are."""
        self._goes_on(engine.replay(self._script()(), self._stored(), CODEC))

    def _says(self, name: str, facts: Mapping[str, object]) -> None:
        super()._says(name, facts)
        self._siege.said.add(name)
        self._siege.judge(self._texts.render(name, facts))
