"""What the documents say is compared with what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import settings_table

ROOT = Path(__file__).parents[1]
PACKAGES = "bot|handlers|conversations|domain|storage|texts|reports|simulator|tests|messages_fa|places"
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)[^)]*\)")
FILE = re.compile(rf"`((?:{PACKAGES})/[\w./-]*\w\.\w+)`")
TARGET = re.compile(r"\bmake ([a-z]+)")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("messages_fa/*.md")]
)

every_document = pytest.mark.parametrize("path", DOCUMENTS)


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_table_of_settings_is_the_programs_own() -> None:
    shown = text_of("README.md").partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    assert shown.strip() == settings_table()


def test_every_setting_stands_in_the_example() -> None:
    named = set(re.findall(r"`(BOT_\w+)` \|", settings_table()))
    example = text_of(".env.example")
    assert not [name for name in named if name not in example]


def test_the_table_of_commands_is_the_programs_own() -> None:
    said = dict(re.findall(r"^\| `([a-z]+)` \| (.+) \|$", text_of("README.md"), re.MULTILINE))
    assert said == {name: command.about for name, command in COMMANDS.items()}


@every_document
def test_every_link_leads_somewhere(path: str) -> None:
    links = LINK.findall(text_of(path))
    assert not [link for link in links if not (ROOT / path).parent.joinpath(link).exists()]


@every_document
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert not [name for name in FILE.findall(text_of(path)) if not (ROOT / name).exists()]


@every_document
def test_every_target_of_make_is_there(path: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    code = " ".join(re.findall(r"`make [^`]+`|^ {4}make .+$|^make .+$", text_of(path), re.MULTILINE))
    assert set(TARGET.findall(code)) <= targets


def test_every_decision_is_in_the_list() -> None:
    listed = LINK.findall(text_of("docs/decisions/README.md"))
    pages = {path.name for path in (ROOT / "docs" / "decisions").glob("*.md")} - {"README.md"}
    assert sorted(listed) == sorted(pages)


def test_the_worked_example_is_the_program() -> None:
    page = text_of("docs/adding-a-conversation.md")
    sources = [
        text_of(path)
        for path in (
            "domain/commands.py",
            "conversations/talks/rename.py",
            "tests/conversations/test_rename.py",
        )
    ]
    pieces = re.findall(r"```python\n(.+?)```", page, re.DOTALL)
    assert len(pieces) == len(sources)
    assert all(piece in source for piece, source in zip(pieces, sources, strict=True))
