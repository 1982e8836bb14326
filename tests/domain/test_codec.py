from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codec import Codec
from domain.money import Rial


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    price: Rial
    colour: Colour
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Stranger:
    name: str


CODEC = Codec({"Thing": Thing, "Colour": Colour})

moments = st.datetimes(timezones=st.just(UTC))
colours = st.sampled_from(Colour)
rials = st.integers(-(2**63), 2**63 - 1).map(Rial)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    rials,
    st.dates(),
    moments,
    colours,
    st.builds(Thing, st.text(), rials, colours, st.none() | st.dates()),
)
keys = st.text(max_size=5).filter(lambda key: not key.startswith("$"))
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(keys, inner, max_size=4)
)


@given(values)
def test_what_is_stored_is_what_is_read_back(value: object) -> None:
    again = CODEC.loads(CODEC.dumps(value))
    assert again == value
    assert type(again) is type(value)


@given(values)
def test_the_same_value_is_always_the_same_text(value: object) -> None:
    assert CODEC.dumps(CODEC.loads(CODEC.dumps(value))) == CODEC.dumps(value)


def test_the_text_is_short_and_readable() -> None:
    thing = Thing("نان", Rial(5), Colour.RED, date(2026, 4, 4))
    assert CODEC.dumps(thing) == '{"$Thing":["نان",{"$rial":5},{"$Colour":"red"},{"$day":"2026-04-04"}]}'


def test_a_moment_is_kept_to_the_microsecond() -> None:
    moment = datetime(2026, 4, 4, 6, 30, 1, 5, tzinfo=UTC)
    assert CODEC.loads(CODEC.dumps(moment)) == moment


@pytest.fixture
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as clock:
        clock.setenv("TZ", "TEHRAN-3:30")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_from_greenwich")
def test_a_moment_is_the_same_text_wherever_the_machine_stands() -> None:
    moment = datetime(2026, 4, 4, 10, 0, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    assert CODEC.dumps(moment) == '{"$moment":"2026-04-04T06:30:00+00:00"}'


@pytest.mark.parametrize("value", [Stranger("x"), {1, 2}, 1.5, b"x", object()])
def test_a_type_it_was_not_given_is_not_stored(value: object) -> None:
    with pytest.raises(TypeError):
        CODEC.dumps(value)


@pytest.mark.parametrize("stored", ['{"$Stranger":["x"]}', '{"$os.system":["ls"]}', '{"$rial":"5"}'])
def test_stored_text_chooses_no_type_by_itself(stored: str) -> None:
    with pytest.raises(ValueError, match="unknown type"):
        CODEC.loads(stored)
