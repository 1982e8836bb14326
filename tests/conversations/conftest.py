"""Transcripts are played by the engine alone: no database, no messenger, no clock."""

from __future__ import annotations

import pytest

from tests.conversations.play import Play
from texts.engine import Texts


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts()


@pytest.fixture
def play(texts: Texts, request: pytest.FixtureRequest) -> Play:
    """Play the docstring of the test that asks."""
    return Play(texts, request.function.__doc__ or "")
