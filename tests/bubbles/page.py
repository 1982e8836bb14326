"""The preview as a page: one section for each file of messages_fa, every text of it seen at least once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.bubbles.source import about, written
from tests.bubbles.talk import Bubble, Dialogue, Shown, WordOnButton
from texts.engine import WORDS, Texts
from texts.markup import for_telegram

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "simulator" / "static" / "fonts"


@dataclass(frozen=True, slots=True)
class Section:
    """One file of messages_fa: what its first comment says, its talks, and what is said outside of them."""

    file: str
    about: str
    dialogues: tuple[Dialogue, ...]
    singles: tuple[Bubble, ...]


def write_page(folder: Path, shown: Shown, texts: Texts) -> Path:
    """Write index.html with its fonts and style; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(FONTS, folder / "fonts", dirs_exist_ok=True)
    shutil.copyfile(HERE / "page.css", folder / "page.css")
    page = folder / "index.html"
    page.write_text(render_page(shown, texts), encoding="utf-8")
    return page


def render_page(shown: Shown, texts: Texts) -> str:
    """Return the page's HTML."""
    environment = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, autoescape=True)
    environment.filters["marked"] = lambda text: Markup(for_telegram(text))
    template = environment.get_template("page.html.j2")
    return template.render(
        sections=sections(shown, texts),
        words=sorted(shown.words, key=_name_of),
        missing=missing(shown, texts),
    )


def missing(shown: Shown, texts: Texts) -> list[str]:
    """Return the texts that nothing has shown."""
    return sorted(texts.names - shown.names)


def sections(shown: Shown, texts: Texts) -> list[Section]:
    """Return what there is to see, file by file."""
    files = sorted({name.partition(".")[0] for name in texts.names} - {WORDS})
    return [
        Section(
            file,
            about(file),
            tuple(dialogue for dialogue in shown.dialogues if dialogue.talk == file),
            tuple(_in_order(file, [*_said_in(file, shown), *_unsaid_in(file, shown, texts)])),
        )
        for file in files
    ]


def _said_in(file: str, shown: Shown) -> list[Bubble]:
    return [bubble for bubble in shown.singles if (bubble.name or "").partition(".")[0] == file]


def _unsaid_in(file: str, shown: Shown, texts: Texts) -> list[Bubble]:
    """Texts that nothing has shown, as the editor wrote them."""
    unsaid = missing(shown, texts)
    blocks = written(file).items()
    return [Bubble(block.strip(), f"{file}.{name}") for name, block in blocks if f"{file}.{name}" in unsaid]


def _in_order(file: str, bubbles: Iterable[Bubble]) -> list[Bubble]:
    """Sort as the editor wrote them, of one text the shorter showing first."""
    places = {f"{file}.{block}": at for at, block in enumerate(written(file))}
    return sorted(bubbles, key=lambda bubble: (places.get(bubble.name or "", 0), *bubble.shape[1:]))


def _name_of(word: WordOnButton) -> str:
    return word.name
