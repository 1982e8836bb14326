"""Texts are compiled once and kept beside their sources; what is kept never outlives a change."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError

from texts.engine import Texts

GREETING = "{% block greeting %}\nسلام\n{% endblock %}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "sample.j2").write_text(GREETING, encoding="utf-8")
    assert Texts(tmp_path).render("sample.greeting") == "سلام"
    return tmp_path


def kept(folder: Path) -> list[Path]:
    return [*folder.glob("__pycache__/*")]


def test_what_was_compiled_is_not_compiled_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(kept(folder)) == 1
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert Texts(folder).render("sample.greeting") == "سلام"


def test_a_changed_text_is_compiled_anew(folder: Path) -> None:
    (folder / "sample.j2").write_text(GREETING.replace("سلام", "خوش آمدید"), encoding="utf-8")
    assert Texts(folder).render("sample.greeting") == "خوش آمدید"


def test_what_is_broken_is_compiled_anew(folder: Path) -> None:
    kept(folder)[0].write_bytes(b"")
    assert Texts(folder).render("sample.greeting") == "سلام"


def test_a_mistake_in_a_text_shows_at_the_start(folder: Path) -> None:
    (folder / "sample.j2").write_text(GREETING + "{% endblock %}", encoding="utf-8")
    with pytest.raises(TemplateSyntaxError):
        Texts(folder)


def test_where_nobody_may_write_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder)[0].unlink()

    def refused(*_args: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refused)
    assert Texts(folder).render("sample.greeting") == "سلام"
    assert kept(folder) == []
