"""Every text that code names is in messages_fa, and none in messages_fa is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest

from conversations.registry import TALKS
from handlers.actions import ACTIONS
from handlers.menu import ROWS
from texts.engine import Texts

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "messages_fa"
NAMED = re.compile(r"[a-z_]+\.[a-z_]+")
TAG = re.compile(r"\{%-?\s*(\w+)([^%]*?)-?%\}")
VALUE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
PLAIN_VALUE = re.compile(r"[a-z_]+(\.[a-z_]+)?")
TAGS = {"block", "endblock", "if", "elif", "else", "endif", "for", "endfor"}
LAYERS = ("bot", "handlers", "conversations", "reports", "texts")

FILES = sorted(path.name for path in MESSAGES.glob("*.j2"))


def sources() -> list[Path]:
    return [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def literals() -> set[str]:
    """Every string that stands in the code of the layers that speak."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sources())
    constants = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def refusals() -> set[str]:
    """The names of all refusals that are raised anywhere."""
    layers = (*LAYERS, "domain", "storage")
    code = "\n".join(p.read_text(encoding="utf-8") for layer in layers for p in (ROOT / layer).rglob("*.py"))
    return set(re.findall(r"Refused\(\s*\"([a-z_]+)\"", code))


def patterns() -> list[re.Pattern[str]]:
    """What the f-strings of the code may name, as the states of a card; refusals are known by themselves."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sources())
    joined = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    shapes = {"".join(map(_shape, node.values)) for node in joined}
    return [re.compile(shape) for shape in shapes if re.match(r"(?!refusals)[a-z]+(\\\.|_)", shape)]


def _shape(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"


def enums() -> Iterator[type[Enum]]:
    for folder in ("domain", "conversations.talks"):
        for path in sorted((ROOT / folder.replace(".", "/")).glob("*.py")):
            members = vars(import_module(f"{folder}.{path.stem}")).values()
            yield from (kind for kind in members if isinstance(kind, type) and issubclass(kind, Enum))


def words_of_enums() -> set[str]:
    return {f"words.{kind.__name__.lower()}_{member.value}" for kind in enums() for member in kind}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


def test_every_text_named_in_code_exists(texts: Texts) -> None:
    files = {path.stem for path in MESSAGES.glob("*.j2")}
    named = {text for text in literals() if NAMED.fullmatch(text) and text.partition(".")[0] in files}
    assert named - texts.names == set()


def test_every_refusal_has_its_sentence(texts: Texts) -> None:
    assert {f"refusals.{name}" for name in refusals()} - texts.names == set()


def test_every_word_of_the_menu_exists_and_does_something(texts: Texts) -> None:
    words = {word for row in ROWS for word, _ in row}
    assert {f"words.{word}" for word in words} - texts.names == set()
    assert words == set(ACTIONS)


def test_no_text_is_left_over(texts: Texts) -> None:
    used = literals() | {f"refusals.{name}" for name in refusals()} | words_of_enums()
    shapes = patterns()
    left = {name for name in texts.names - used if re.sub(r"^(words|refusals)\.", "", name) not in used}
    assert {name for name in left if not _is_built(name, shapes)} == set()


def _is_built(name: str, shapes: list[re.Pattern[str]]) -> bool:
    return any(shape.fullmatch(name) or shape.fullmatch(name.removeprefix("words.")) for shape in shapes)


@pytest.mark.parametrize("talk", sorted(TALKS))
def test_every_talk_has_its_texts_and_its_transcript(talk: str, texts: Texts) -> None:
    assert any(name.startswith(f"{talk}.") for name in texts.names)
    transcript = ROOT / "tests" / "conversations" / f"test_{talk}.py"
    assert "bot: " in transcript.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_an_editor_needs_no_programming(file: str) -> None:
    """Only blocks, conditions, lists and plain values: no filters, no arithmetic, no calls."""
    text = (MESSAGES / file).read_text(encoding="utf-8")
    assert text.startswith("{#"), "a comment on top says what the file is for"
    assert {tag for tag, _ in TAG.findall(text)} <= TAGS
    values = [value.strip() for value in VALUE.findall(text)]
    assert not [value for value in values if not PLAIN_VALUE.fullmatch(value)]
    assert not [inside for _, inside in TAG.findall(text) if re.search(r"[|+*/~()]", inside)]


@pytest.mark.parametrize("file", FILES)
def test_files_end_tidily(file: str) -> None:
    text = (MESSAGES / file).read_text(encoding="utf-8")
    lines = text.split("\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not [number for number, line in enumerate(lines, 1) if line != line.rstrip() or "\t" in line]
    assert not re.search("[\u0643\u064a\u0649\u0660-\u0669]", text), "Arabic letters or digits"


@pytest.mark.parametrize("file", FILES)
def test_persian_is_written_with_its_joiners(file: str) -> None:
    text = (MESSAGES / file).read_text(encoding="utf-8")
    assert not re.search(r"(?<!\w)ن?می (?=[\u0600-\u06ff])", text), "a blank where a joiner belongs"


@pytest.mark.parametrize("word", ["بهره", "سپرده", "قرض‌الحسنه", "بانک گروه"])
def test_words_that_break_faith_stand_nowhere(word: str) -> None:
    whole = re.compile(rf"(?<!\w){word}(?!\w)")
    assert not [file for file in FILES if whole.search((MESSAGES / file).read_text(encoding="utf-8"))]
