"""An hour of the day as people write it."""

from __future__ import annotations

import pytest

from domain.date_hour import read_hour


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("۱۷", "17:00"),
        ("17:30", "17:30"),
        ("ساعت ۱۷", "17:00"),
        ("۵ عصر", "17:00"),
        ("پنج عصر", "17:00"),
        ("ساعت پنج و نیم عصر", "17:30"),
        ("۴ و ربع بعد از ظهر", "16:15"),
        ("۵:۳۰ بعدازظهر", "17:30"),
        ("۱۲ ظهر", "12:00"),
        ("۱ ظهر", "13:00"),
        ("ده صبح", "10:00"),
        ("۸ شب", "20:00"),
        ("هشت", "8:00"),
        ("٩:٠٥ صبح", "9:05"),
        ("۱۷ عصر", "17:00"),
        ("۲۵", None),
        ("۵:۷۰", None),
        ("شنبه", None),
        ("عصر", None),
        ("", None),
        ("۵" * 50, None),
        ("۵:۶۰", None),
        ("۲۴", None),
        ("۲۳:۵۹", "23:59"),
        ("۱۱ شب", "23:00"),
        ("۱۲ شب", None),
        ("۱ شب", None),
        ("۵ شب", None),
        ("۶ شب", "18:00"),
        ("۵" + " " * 36 + "عصر", "17:00"),
        ("۵" + " " * 37 + "عصر", None),
    ],
)
def test_an_hour_is_read(typed: str, hour: str | None) -> None:
    found = read_hour(typed)
    assert (None if found is None else f"{found // 60}:{found % 60:02}") == hour
