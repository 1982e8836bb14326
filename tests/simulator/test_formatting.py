"""Formatted texts, read the way the platforms read them."""

from __future__ import annotations

import pytest

from simulator.formatting import Entity, Formatted, Unreadable, read_html, read_markdown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ساده &lt;b&gt; &amp; &#x6F5; & &nbsp;", Formatted("ساده <b> & ۵ & &nbsp;")),
        ("<b>الف</b>", Formatted("الف", (Entity("bold", 0, 3),))),
        ("<b>الف <i>ب</i></b>", Formatted("الف ب", (Entity("bold", 0, 5), Entity("italic", 4, 1)))),
        ("🌱 <code>K2</code>", Formatted("🌱 K2", (Entity("code", 3, 2),))),
        (
            '<a href="https://e.org/?a=1&amp;b=2">این</a>',
            Formatted("این", (Entity("text_link", 0, 3, "https://e.org/?a=1&b=2"),)),
        ),
        ("\n <b> الف</b> \n", Formatted("الف", (Entity("bold", 0, 3),))),
        ("<STRONG>الف</strong>", Formatted("الف", (Entity("bold", 0, 3),))),
        ("<b></b>الف > ب", Formatted("الف > ب")),
    ],
)
def test_html(source: str, expected: Formatted) -> None:
    assert read_html(source) == expected


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<b>الف", 'Can\'t find end tag corresponding to start tag "b"'),
        ("الف</b>", "Unexpected end tag at byte offset 6"),
        ("<b><i>الف</b></i>", 'Unmatched end tag at byte offset 12, expected "</i>", found "</b>"'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("۱ < ۲", "Unclosed start tag at byte offset 3"),
        ("۱ < ۲ > ۰", 'Unsupported start tag "" at byte offset 3'),
    ],
)
def test_html_that_cannot_be_read(source: str, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_html(source)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*الف ب*، _پ_.", Formatted("الف ب، پ.", (Entity("bold", 0, 5), Entity("italic", 7, 1)))),
        ("۲*۳*۴ و a_b_c", Formatted("۲*۳*۴ و a_b_c")),
        ("* الف *", Formatted("* الف *")),
        ("[این](https://e.org)", Formatted("این", (Entity("text_link", 0, 3, "https://e.org"),))),
    ],
)
def test_markdown(source: str, expected: Formatted) -> None:
    assert read_markdown(source) == expected
