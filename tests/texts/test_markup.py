from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.outgoing import AskContact, Button, Inline, Keyboard, Menu, dump_keyboard, load_keyboard
from texts.markup import for_bale, for_telegram


@pytest.mark.parametrize(
    ("text", "telegram", "bale"),
    [
        ("ساده", "ساده", "ساده"),
        ("مبلغ: *۵۰۰* تومان", "مبلغ: <b>۵۰۰</b> تومان", "مبلغ: *۵۰۰* تومان"),
        ("*همه*", "<b>همه</b>", "*همه*"),
        ("۵ < ۶ & «بیشتر»", "۵ &lt; ۶ &amp; «بیشتر»", "۵ < ۶ & «بیشتر»"),
        ("یک * تنها", "یک * تنها", "یک * تنها"),
        ("*یک\nدو*", "*یک\nدو*", "*یک\nدو*"),
        ("a_b [c] `d`", "a_b [c] `d`", "ab c d"),
    ],
)
def test_emphasis_on_each_platform(text: str, telegram: str, bale: str) -> None:
    assert for_telegram(text) == telegram
    assert for_bale(text) == bale


@given(st.text())
def test_telegram_gets_no_tag_but_bold(text: str) -> None:
    plain = for_telegram(text).replace("<b>", "").replace("</b>", "")
    assert "<" not in plain
    assert ">" not in plain


labels = st.text(max_size=20)
rows = st.lists(st.lists(labels, max_size=3).map(tuple), max_size=3).map(tuple)
buttons = st.builds(Button, labels, labels)
keyboards = st.one_of(
    st.none(),
    st.builds(Menu, rows),
    st.builds(AskContact, labels, rows),
    st.builds(Inline, st.lists(st.lists(buttons, max_size=3).map(tuple), max_size=3).map(tuple)),
)


@given(keyboards)
def test_a_keyboard_is_read_as_it_was_stored(keyboard: Keyboard | None) -> None:
    assert load_keyboard(dump_keyboard(keyboard)) == keyboard
