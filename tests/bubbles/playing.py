"""A player of transcripts that keeps what it hears as bubbles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from conversations.engine import Choice, Question
from conversations.registry import CODEC, TALKS, Talk
from domain.commands import Command
from tests.bubbles.talk import Bubble, Dialogue, WordOnButton, rows_of
from tests.conversations.play import BUTTON, CONTACT, PICTURE, Play, _Performance, _talk_of, said_in
from texts.engine import WORDS, Texts

Words = dict[str, WordOnButton]
STEPS = {"/back": "back", "/cancel": "cancel_talk"}


@dataclass
class RecordedPlay(Play):
    """Plays the transcript as always and hands over what came of it."""

    title: str
    played: Callable[[Dialogue, Words], None]

    def __call__(self, *given: object) -> Command | None:
        *name, facts = given
        talk = TALKS[str(name[0])] if name else _talk_of(facts)
        performance = Listening(self.texts, talk, CODEC.dumps(facts))
        self.shown = performance.shown
        try:
            return performance.of(said_in(self.transcript))
        finally:
            self.played(Dialogue(talk.name, self.title, tuple(performance.bubbles)), performance.words)


class Listening(_Performance):
    """A performance that remembers its bubbles and the words on its buttons."""

    def __init__(self, texts: Texts, talk: Talk, facts: str) -> None:
        super().__init__(texts, talk, facts)
        self.bubbles: list[Bubble] = []
        self.words: Words = {}
        self._choices: tuple[Choice, ...] = ()

    def _says(self, name: str, facts: Mapping[str, object]) -> None:
        super()._says(name, facts)
        self.bubbles.append(Bubble(self._texts.render(name, facts), name))

    def _asks(self, question: Question) -> None:
        super()._asks(question)
        self._choices = question.kind.choices
        share = ("share_phone",) if question.kind.shares else ()
        labels = [*map(self._texts.label, share), *map(self._label, self._choices)]
        self.bubbles[-1] = replace(self.bubbles[-1], rows=rows_of(labels))

    def _member(self, what: str) -> None:
        self.bubbles.append(Bubble(self._seen(what)))
        super()._member(what)

    def _label(self, choice: Choice) -> str:
        label, *synonyms = self._texts.render(f"{WORDS}.{choice.word}", choice.facts).splitlines()
        self.words[choice.word] = WordOnButton(choice.word, label, tuple(synonyms))
        return label

    def _seen(self, what: str) -> str:
        """What stands in the chat when a member says or presses this."""
        if what in STEPS:
            return self._texts.label(STEPS[what])
        if found := BUTTON.fullmatch(what):
            labels = (
                self._label(choice)
                for choice in self._choices
                if choice.word == found["word"] and found["data"] in (None, choice.data)
            )
            return next(labels, what)
        if found := CONTACT.fullmatch(what):
            return f"📱 \u2066{found['phone']}\u2069"
        return "🖼" if PICTURE.fullmatch(what) else what
