"""A plugin of pytest: it runs transcripts and scenarios on SQLite and writes down what is said in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from jinja2 import UndefinedError

from domain.outgoing import Inline
from tests.bubbles.playing import RecordedPlay
from tests.bubbles.source import written
from tests.bubbles.talk import Bubble, Dialogue, Shown, WordOnButton, rows_of
from tests.phone import Heard
from tests.stage import Stage
from texts.engine import WORDS, Texts


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Recording:
    """What was said so far; as a plugin it listens to tests that play a transcript or use the stage."""

    texts: Texts = field(default_factory=Texts)
    _dialogues: list[Dialogue] = field(default_factory=list)
    _singles: dict[tuple[str | None, int], Bubble] = field(default_factory=dict)
    _words: dict[str, WordOnButton] = field(default_factory=dict)

    def shown(self) -> Shown:
        """Gather it all; what stood in a dialogue is not shown once more by itself."""
        for name in sorted(self.texts.names):
            file, _, word = name.partition(".")
            if file == WORDS and word not in self._words:
                self._unused_word(word)
        seen = {bubble.shape for dialogue in self._dialogues for bubble in dialogue.bubbles}
        singles = tuple(bubble for shape, bubble in self._singles.items() if shape not in seen)
        return Shown(tuple(self._dialogues), singles, tuple(self._words.values()))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what says nothing, and the second run on PostgreSQL, which says the same."""
        config.hook.pytest_deselected(items=[item for item in items if not _speaks(item)])
        items[:] = [item for item in items if _speaks(item)]

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        """Put a recording player where the test asks for one; look at the phones when the scene is over."""
        if "play" in pyfuncitem.fixturenames:
            title = pyfuncitem.name.removeprefix("test_").replace("_", " ")
            transcript = pyfuncitem.function.__doc__ or ""
            pyfuncitem.funcargs["play"] = RecordedPlay(self.texts, transcript, title, self._played)
        try:
            return (yield)
        finally:
            if isinstance(stage := pyfuncitem.funcargs.get("stage"), Stage):
                self._look_at(stage)

    def _played(self, dialogue: Dialogue, words: dict[str, WordOnButton]) -> None:
        self._dialogues.append(dialogue)
        self._words |= words

    def _look_at(self, stage: Stage) -> None:
        """Keep each message as it stands in a chat, then what was changed or passed by there."""
        for phone in stage.phones.values():
            for heard in phone.heard:
                bubble = Bubble(heard.text, heard.name, _rows(heard))
                known = self._singles.get(bubble.shape)
                if known is None or (bubble.rows and not known.rows):
                    self._singles[bubble.shape] = bubble
        for text, (name, _) in stage.texts._named.items():
            bubble = Bubble(text, name)
            self._singles.setdefault(bubble.shape, bubble)

    def _unused_word(self, word: str) -> None:
        """A word that no transcript put on a button is shown as the editor wrote it."""
        try:
            lines = self.texts.render(f"{WORDS}.{word}").splitlines()
        except UndefinedError:
            lines = [line for line in written(WORDS)[word].splitlines() if not line.startswith("{%")]
        self._words[word] = WordOnButton(word, lines[0], tuple(lines[1:]))


def _speaks(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    on_sqlite = "postgresql" not in item.name
    return "play" in fixtures or ("stage" in fixtures and on_sqlite)


def _rows(heard: Heard) -> tuple[tuple[str, ...], ...]:
    if isinstance(heard.keyboard, Inline):
        return tuple(tuple(button.label for button in row) for row in heard.keyboard.rows)
    return rows_of(heard.menu)
