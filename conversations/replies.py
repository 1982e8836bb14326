"""What a person can answer a question with, the same on every platform."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import PictureId


@dataclass(frozen=True, slots=True)
class Said:
    """Typed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under the question, or words that mean the same."""

    choice: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A shared contact; `own` only where the platform says that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture, already noted for fetching."""

    picture: PictureId


Reply = Said | Pressed | Shared | Pictured
