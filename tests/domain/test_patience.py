"""Who floods is told once to wait, and then passed over until that word has been sent."""

from __future__ import annotations

import pytest

from domain.patience import MOST_UNSENT, NOTHING_WAITS, Backlog, Heed, heed


@pytest.mark.parametrize(
    ("backlog", "becomes"),
    [
        (NOTHING_WAITS, Heed.ANSWERED),
        (Backlog(MOST_UNSENT - 1), Heed.ANSWERED),
        (Backlog(MOST_UNSENT), Heed.ASKED_TO_WAIT),
        (Backlog(MOST_UNSENT + 1), Heed.ASKED_TO_WAIT),
        (Backlog(1, asked_to_wait=True), Heed.PASSED_OVER),
    ],
)
def test_what_becomes_of_an_update(backlog: Backlog, becomes: Heed) -> None:
    assert heed(backlog) is becomes
