from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from domain.identity import Phone
from domain.money import Rial
from domain.offices import Office
from domain.values import Code, Link, Ordinal, Word
from texts.engine import Texts, UnknownText

TEMPLATE = """{# یک نمونه #}

{% block value %}
مقدار {{ value }} است
{% endblock %}

{% block forms %}
{{ value.words }} / {{ value.in_rial }}
{% endblock %}

{% block list %}
{% for item in values %}
- {{ item }}
{% endfor %}



پایان
{% endblock %}

{% block joined %}
{{ "مبلغ " ~ value }}
{% endblock %}

{% block sneaky %}
{{ value.__class__ }}
{% endblock %}
"""
WORDS = """{% block yes %}
بله
آره
باشه
{% endblock %}
{% block confirm %}
✅ درست است
بله
{% endblock %}
{% block amount %}
{{ amount }}
{% endblock %}
{% block office_chair %}
رئیس گروه
{% endblock %}
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder: Path = tmp_path_factory.mktemp("messages")
    (folder / "sample.j2").write_text(TEMPLATE, encoding="utf-8")
    (folder / "words.j2").write_text(WORDS, encoding="utf-8")
    return Texts(folder)


SHOWN = [
    (Rial.from_toman(500_000), "۵۰۰٬۰۰۰\u00a0تومان"),
    (12, "۱۲"),
    (date(2026, 4, 4), "شنبه\u00a0۱۵\u00a0فروردین\u00a0۱۴۰۵"),
    ("مریم", "\u2068مریم\u2069"),
    (Office.CHAIR, "رئیس گروه"),
    (Word("yes"), "بله\nآره\nباشه"),
    (Phone("+989121234567"), "\u206809121234567\u2069"),
    (Code("AC-34"), "\u2068AC-34\u2069"),
    (Link("https://ble.ir/x?start=g_AC"), "https://ble.ir/x?start=g_AC"),
    (Ordinal(3), "سوم"),
]


@pytest.mark.parametrize(("value", "shown"), [row for row in SHOWN if not isinstance(row[0], Word)])
def test_a_value_is_shown_by_its_type(texts: Texts, value: object, shown: str) -> None:
    assert texts.render("sample.value", {"value": value}) == f"مقدار {shown} است"


def test_a_word_is_shown_by_its_label(texts: Texts) -> None:
    assert texts.render("sample.value", {"value": Word("yes")}) == "مقدار بله است"


def test_the_other_forms_of_an_amount_are_its_attributes(texts: Texts) -> None:
    text = texts.render("sample.forms", {"value": Rial.from_toman(500_000)})
    assert "پانصد هزار تومان" in text
    assert "۵٬۰۰۰٬۰۰۰ ریال" in text


@pytest.mark.parametrize("value", [True, None, 1.5, b"x", object(), [1], {"a": 1}])
def test_what_no_rule_shows_is_an_error(texts: Texts, value: object) -> None:
    with pytest.raises(TypeError):
        texts.render("sample.value", {"value": value})


def test_a_rial_is_never_joined_to_a_text(texts: Texts) -> None:
    with pytest.raises(TypeError):
        texts.render("sample.joined", {"value": Rial(5)})


def test_a_missing_fact_is_an_error(texts: Texts) -> None:
    with pytest.raises(UndefinedError):
        texts.render("sample.value")


def test_a_template_reaches_no_insides(texts: Texts) -> None:
    with pytest.raises(SecurityError):
        texts.render("sample.sneaky", {"value": Rial(5)})


@pytest.mark.parametrize("name", ["sample.nothing", "nothing.value", "value", ""])
def test_an_unknown_name_is_an_error(texts: Texts, name: str) -> None:
    with pytest.raises(UnknownText):
        texts.render(name)


def test_empty_lines_shrink_to_one(texts: Texts) -> None:
    assert texts.render("sample.list", {"values": [1, 2]}) == "\u200f- ۱\n\u200f- ۲\n\nپایان"


def test_a_line_of_signs_and_names_alone_reads_from_the_right(texts: Texts) -> None:
    assert texts.render("sample.list", {"values": ["Mary"]}).startswith("\u200f- \u2068Mary\u2069")
    assert not texts.render("sample.value", {"value": "Mary"}).startswith("\u200f")


def test_names_lists_every_block(texts: Texts) -> None:
    assert {"sample.value", "words.yes"} <= texts.names


@given(st.text(max_size=80))
def test_a_hostile_name_stays_one_isolated_line_without_marks(texts: Texts, name: str) -> None:
    text = texts.render("sample.value", {"value": name})
    inside = text.removeprefix("مقدار \u2068").removesuffix("\u2069 است")
    assert not set(inside) & set("*_`[]<>&\n\r\u2066\u2067\u2068\u2069\u202a\u202b\u202e")


def test_a_name_that_looks_like_a_template_is_only_a_name(texts: Texts) -> None:
    assert "{{ 7 }}" in texts.render("sample.value", {"value": "{{ 7 }}"})


def test_a_button_shows_the_first_line_and_understands_all(texts: Texts) -> None:
    assert texts.label("yes") == "بله"
    assert texts.label("amount", {"amount": Rial.from_toman(500_000)}) == "۵۰۰٬۰۰۰\u00a0تومان"
    assert all(texts.means(typed, "yes") for typed in ("بله", " آره ", "باشه.", "بلـه"))
    assert not texts.means("نه", "yes")
    assert texts.means("500,000 تومان", "amount", {"amount": Rial.from_toman(500_000)})


def test_one_typed_word_may_stand_on_several_buttons(texts: Texts) -> None:
    assert texts.word_meant("بله") == {"yes", "confirm"}
    assert texts.word_meant("درست است") == {"confirm"}
    assert texts.word_meant("چیز دیگر") == frozenset()
