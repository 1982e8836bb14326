from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import AccountId
from handlers.tokens import MOST_BYTES, Token, TokenTooLong, read, sign

KEY, HERS, ANOTHERS = b"key", AccountId(7), AccountId(8)
CONFIRM = Token("d", 12, "confirm", 3)

choices = st.text("abcdefghijklmnopqrstuvwxyz_/-0123456789", min_size=1, max_size=20)
tokens = st.builds(
    Token, st.sampled_from(["t", "d", "rev"]), st.integers(0, 10**9), choices, st.integers(0, 10**4)
)


@given(tokens)
def test_what_was_signed_is_read_back(token: Token) -> None:
    signed = sign(KEY, token, HERS)
    assert len(signed.encode()) <= MOST_BYTES
    assert read(KEY, signed, HERS) == token


@given(tokens)
def test_it_is_worthless_for_another_account_and_under_another_key(token: Token) -> None:
    signed = sign(KEY, token, HERS)
    assert read(KEY, signed, ANOTHERS) is None
    assert read(b"other key", signed, HERS) is None


@given(tokens, st.data())
def test_a_changed_character_makes_it_worthless(token: Token, data: st.DataObject) -> None:
    signed = sign(KEY, token, HERS)
    at = data.draw(st.integers(0, len(signed) - 1))
    changed = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != signed[at]))
    assert read(KEY, signed[:at] + changed + signed[at + 1 :], HERS) is None


@given(st.text(max_size=80))
def test_what_we_did_not_sign_is_read_as_nothing(data: str) -> None:
    assert read(KEY, data, HERS) is None


def test_a_button_that_would_not_fit_is_a_flaw_of_ours() -> None:
    with pytest.raises(TokenTooLong):
        sign(KEY, Token("t", 1, "x" * 60, 1), HERS)


def test_an_account_is_no_part_of_the_id_before_it() -> None:
    assert sign(KEY, Token("d", 1, "x", 1), AccountId(11)) != sign(KEY, Token("d", 1, "x", 1), AccountId(1))
    assert read(KEY, sign(KEY, CONFIRM, AccountId(1)), AccountId(11)) is None
