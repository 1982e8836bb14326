"""Somebody wants to be called by another name."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME
from domain.commands import Rename


@dataclass(frozen=True, slots=True)
class Facts:
    """The name so far."""

    name: str


def rename(facts: Facts) -> Script[Rename | None]:
    """Ask for the new name and show both."""
    name = yield from ask("rename.name", NAME, name=facts.name)
    return Rename(name) if (yield from ask("rename.confirm", CONFIRM, before=facts.name, name=name)) else None
