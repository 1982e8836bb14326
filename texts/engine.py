"""The texts of messages_fa: a template per conversation, a block per message, values shown by their type."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template, Undefined, UndefinedError, pass_context
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from domain.persian import fold
from texts.shown import right_to_left, shown

FOLDER = Path(__file__).resolve().parent.parent / "messages_fa"
EMPTY_LINES = re.compile(r"\n{3,}")
WORDS = "words"
MOST_TEMPLATES = 500
MOST_SHOWN = 1000  # values whose look is remembered: a group's name, its usual amount, its days come again


class UnknownText(KeyError):
    """No block of that name in messages_fa."""


class CompiledTexts(FileSystemBytecodeCache):
    """Keeps compiled files beside their sources, as Python does: to compile all takes over a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "__pycache__"
        super().__init__(str(self._folder))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, unless nobody may write there."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                self._folder.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


class Texts:
    """Renders `file.block`; facts that a text names and nobody gave are an error (StrictUndefined)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._remembered = lru_cache(MOST_SHOWN, typed=True)(self._shown)
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(folder, encoding="utf-8"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self._finalized,
            bytecode_cache=CompiledTexts(folder),
            auto_reload=False,
            autoescape=False,
        )
        self._templates = {
            name.removesuffix(".j2"): self._environment.get_template(name)
            for name in self._environment.list_templates(extensions=["j2"])
        }
        self._plain: dict[str, str] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every text there is."""
        return frozenset(
            f"{file}.{block}" for file, template in self._templates.items() for block in template.blocks
        )

    def render(self, name: str, facts: Mapping[str, object] | None = None) -> str:
        """Return a message with neutral emphasis; UnknownText when there is none of that name."""
        template, block = self._block(name)
        lines = EMPTY_LINES.sub("\n\n", _written(template, block, facts or {})).strip().split("\n")
        return "\n".join(map(right_to_left, lines))

    def label(self, word: str, facts: Mapping[str, object] | None = None) -> str:
        """Return what stands on a button: the first line of the word's block."""
        if facts:
            return self._label(word, facts)
        if word not in self._plain:  # a word without facts never changes, and stands on every keyboard
            self._plain[word] = self._label(word)
        return self._plain[word]

    def _label(self, word: str, facts: Mapping[str, object] | None = None) -> str:
        return self.render(f"{WORDS}.{word}", facts).partition("\n")[0]

    def means(self, typed: str, word: str, facts: Mapping[str, object] | None = None) -> bool:
        """Tell whether typed text is what stands on the button, or one of its synonyms."""
        return fold(typed) in {
            fold(line) for line in self.render(f"{WORDS}.{word}", facts).splitlines() if line.strip()
        }

    def word_meant(self, typed: str) -> frozenset[str]:
        """Return the plain words (without facts) that a typed text stands for."""
        found = self._meanings.get(typed)  # as it stands on the button
        return self._meanings.get(fold(typed), frozenset()) if found is None else found

    @cached_property
    def _meanings(self) -> Mapping[str, frozenset[str]]:
        """Which words a line stands for, as it is written and folded."""
        template = self._templates[WORDS]
        lines = [(line, word) for word in template.blocks for line in _plain_lines(template, word)]
        found: dict[str, frozenset[str]] = {}
        for line, word in lines:
            found[fold(line)] = found.get(fold(line), frozenset()) | {word}
        return found | {line: found[fold(line)] for line, _ in lines}

    def _block(self, name: str) -> tuple[Template, str]:
        file, _, block = name.partition(".")
        template = self._templates.get(file)
        if template is None or block not in template.blocks:
            raise UnknownText(name)
        return template, block

    @pass_context  # so that no value's look is compiled into a text
    def _finalized(self, _context: Context, value: object) -> object:
        return self._remembered(value)

    def _shown(self, value: object) -> object:
        if isinstance(value, Undefined):
            return value  # raises UndefinedError by itself, naming the fact that is missing
        return shown(value, self.label)


def _written(template: Template, block: str, facts: Mapping[str, object]) -> str:
    """Return what one block says. It knows its facts only: none of the engine's own functions."""
    known = Context(template.environment, dict(facts), template.name, {})
    known.blocks = _blocks(template)
    return "".join(template.blocks[block](known))


@lru_cache(MOST_TEMPLATES)
def _blocks(template: Template) -> dict[str, list[Callable[[Context], Iterator[str]]]]:
    """Return the blocks as a context keeps them; it would list them anew for every text."""
    return {name: [block] for name, block in template.blocks.items()}


def _plain_lines(template: Template, block: str) -> tuple[str, ...]:
    """Return a word's lines, or nothing where it needs facts."""
    try:
        text = _written(template, block, {})
    except UndefinedError:
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip())
