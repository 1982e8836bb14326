"""The preview: what is played becomes bubbles, and no text is left out without being named."""

from __future__ import annotations

import pytest

from conversations.talks import rename
from domain.commands import Rename
from tests.bubbles.page import missing, render_page, sections
from tests.bubbles.playing import RecordedPlay, Words
from tests.bubbles.recording import Recording
from tests.bubbles.talk import Bubble, Dialogue, Shown, rows_of
from texts.engine import Texts

TALK = """
    bot: rename.name
    member: زهرا *محمدی*
    bot: rename.confirm
    member: /back
    bot: rename.name
    member: زهرا <محمدی>
    bot: rename.confirm
    member: [confirm]
"""


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


@pytest.fixture
def dialogue(texts: Texts) -> Dialogue:
    played: list[Dialogue] = []

    def keep(made: Dialogue, words: Words) -> None:
        assert set(words) == {"confirm", "cancel"}
        played.append(made)

    play = RecordedPlay(texts, TALK, "a name is changed", keep)
    assert isinstance(play(rename.Facts("مریم احمدی")), Rename)
    return played[0]


def test_a_transcript_becomes_bubbles(dialogue: Dialogue, texts: Texts) -> None:
    said = [bubble.name for bubble in dialogue.bubbles]
    assert said == ["rename.name", None, "rename.confirm", None, "rename.name", None, "rename.confirm", None]
    assert dialogue.bubbles[2].rows == ((texts.label("confirm"), texts.label("cancel")),)
    assert dialogue.bubbles[3].text == texts.label("back")
    assert dialogue.bubbles[-1].text == texts.label("confirm")


def test_a_talk_stands_in_its_section(dialogue: Dialogue, texts: Texts) -> None:
    shown = Shown((dialogue,), (Bubble("یک پیام", "rename.told"),), ())
    found = next(section for section in sections(shown, texts) if section.file == "rename")
    assert found.about
    assert found.dialogues == (dialogue,)
    assert Bubble("یک پیام", "rename.told") in found.singles


def test_what_people_wrote_is_text_and_not_markup(dialogue: Dialogue, texts: Texts) -> None:
    page = render_page(Shown((dialogue,), (), ()), texts)
    assert "<محمدی>" not in page
    assert 'dir="rtl"' in page


def test_what_nothing_shows_is_named(dialogue: Dialogue, texts: Texts) -> None:
    left = missing(Shown((dialogue,), (), ()), texts)
    assert "saving.amount" in left
    assert "rename.name" not in left


def test_what_nothing_shows_is_seen_as_it_was_written(dialogue: Dialogue, texts: Texts) -> None:
    found = sections(Shown((dialogue,), (), ()), texts)
    seen = {bubble.name for section in found for bubble in section.singles}
    assert seen | {"rename.name", "rename.confirm", "join.terms"} == {
        name for name in texts.names if not name.startswith("words.")
    }


def test_every_word_on_a_button_is_shown(texts: Texts) -> None:
    shown = Recording(texts).shown()
    assert not [name for name in missing(shown, texts) if name.startswith("words.")]


def test_short_labels_stand_side_by_side() -> None:
    assert rows_of(["بله", "نه"]) == (("بله", "نه"),)
    assert rows_of(["بله", "نه، این درست نیست و نبود"]) == (("بله",), ("نه، این درست نیست و نبود",))
