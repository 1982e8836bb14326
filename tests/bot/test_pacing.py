from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Bucket, Pacer
from bot.platforms.bale import Bale
from bot.platforms.telegram import Telegram

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"


def test_a_burst_goes_at_once_and_the_rest_one_by_one() -> None:
    bucket = Bucket(rate=1, burst=3)
    assert [bucket.reserve(0.0) for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_after_a_pause_the_burst_is_there_again() -> None:
    bucket = Bucket(rate=1, burst=3)
    for _ in range(5):
        bucket.reserve(0.0)
    assert [bucket.reserve(100.0) for _ in range(4)] == [100, 100, 100, 101]


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_never_more_than_the_burst_and_the_rate_allow(pauses: list[float]) -> None:
    bucket = Bucket(rate=2, burst=3)
    now, turns = 0.0, []
    for pause in pauses:
        now += pause
        turns.append(bucket.reserve(now))
    for first, start in enumerate(turns):
        within = [turn for turn in turns[first:] if turn - start < 10]
        assert len(within) <= 3 + 2 * 10 + 1


def test_a_slow_chat_does_not_slow_the_platform() -> None:
    pacer = Pacer(Bale(TOKEN, "https://bale.example"))
    waits = [pacer.wait_for_chat(1, 0.0) for _ in range(20)]
    assert waits[-1] == 17
    assert pacer.wait_for_chat(2, 0.0) == 0
    assert pacer.wait_for_platform(0.0) == 0


def test_groups_on_telegram_are_spoken_to_more_slowly() -> None:
    pacer = Pacer(Telegram(TOKEN, "https://telegram.example"))
    waits = [pacer.wait_for_chat(-100, 0.0) for _ in range(4)]
    assert waits == [0, 0, 0, 3]
