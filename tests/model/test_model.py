"""Random lives of three groups. `make prove` runs them longer, by chance, and on PostgreSQL too."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import Village
from tests.recorded import RecordedTexts

LONG = int(os.environ.get("PROVE_LIVES", "0"))
SHORT = settings(max_examples=8, stateful_step_count=40, derandomize=True, database=None)
PROVING = settings(max_examples=max(LONG, 1), stateful_step_count=120, print_blob=True)
KINDS = ("sqlite", "postgresql") if LONG else ("sqlite",)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_they_do_the_books_say_who_confirmed_what(kind: str, request: pytest.FixtureRequest) -> None:
    class Here(Village):
        texts = RecordedTexts()
        fresh = staticmethod(request.getfixturevalue(f"fresh_{kind}"))

    unhurried = settings(PROVING if LONG else SHORT, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=unhurried)
