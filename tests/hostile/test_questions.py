"""Every question of every talk in the registry, with everything that nobody should type as its answer."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from conversations.registry import TALKS
from tests.hostile.siege import Siege
from tests.hostile.words import FIGURES, WORDS
from texts.engine import Texts

CONVERSATIONS = Path(__file__).parents[2] / "conversations"


@cache
def texts() -> Texts:
    return Texts()


@cache
def besieged(talk: str) -> Siege:
    """Try everything on one talk; both tests look at what came of it."""
    siege = Siege(texts(), (*WORDS, *FIGURES))
    siege.of(talk)
    return siege


@pytest.mark.parametrize("talk", TALKS)
def test_at_every_question_whatever_is_typed_is_answered(talk: str) -> None:
    assert besieged(talk).ways


def test_no_text_of_a_question_or_of_a_kind_of_answer_was_left_out() -> None:
    said = {name for talk in TALKS for name in besieged(talk).said}
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in CONVERSATIONS.rglob("*.py"))
    named = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert (named & texts().names) - said == set()
