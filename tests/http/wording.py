"""What the wording of a message always holds, for tests that meet the bot as another process or as a page."""

from __future__ import annotations

from functools import cache

from jinja2 import nodes

from domain.money import Rial
from texts.engine import Texts


@cache
def texts() -> Texts:
    return Texts()


@cache
def said(name: str) -> str:
    """The longest line of a message that holds no fact and stands under no condition."""
    environment = texts()._environment
    assert environment.loader is not None
    file, _, wanted = name.partition(".")
    source, _, _ = environment.loader.get_source(environment, f"{file}.j2")
    block = next(b for b in environment.parse(source).find_all(nodes.Block) if b.name == wanted)
    pieces = [node for part in block.body if isinstance(part, nodes.Output) for node in part.nodes]
    written = "*".join(piece.data for piece in pieces if isinstance(piece, nodes.TemplateData))
    return max((line.strip() for line in written.replace("*", "\n").splitlines()), key=len)


def button(word: str) -> str:
    """What stands on a button."""
    return texts().label(word)


def toman(amount: int) -> str:
    """An amount as it is written."""
    return texts().label("amount", {"amount": Rial.from_toman(amount)})
