"""Telephone numbers: how they are typed, shared, stored and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.persian import normalise

_IRANIAN = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")
_INTERNATIONAL = re.compile(r"(?:\+|00)?([1-9][0-9]{6,14})")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015\u2212/]")
_LONGEST_TYPED = 40


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number of any country, kept as + and digits; ValueError for anything else."""

    e164: str

    def __post_init__(self) -> None:
        if not _E164.fullmatch(self.e164):
            raise ValueError("not a telephone number")

    @property
    def shown(self) -> str:
        """As people dial it: 09… for Iranian mobiles, + and country otherwise; Latin digits, to be copied."""
        return "0" + self.e164[3:] if self.e164.startswith("+989") else self.e164

    @property
    def masked(self) -> str:
        """Enough for the owner to know it, not enough for another to call it."""
        return f"{self.shown[:4]}{'•' * (len(self.shown) - 6)}{self.shown[-2:]}"


def read_phone(text: str) -> Phone | None:
    """The Iranian mobile number somebody typed, in any digits and spacing."""
    found = _IRANIAN.fullmatch(_bare(text))
    return Phone("+98" + found[1]) if found else None


def contact_phone(raw: str | int) -> Phone | None:
    """The number in a shared contact: Iranian in any form, or foreign with its country code."""
    bare = _bare(str(raw))
    if iranian := _IRANIAN.fullmatch(bare):
        return Phone("+98" + iranian[1])
    foreign = _INTERNATIONAL.fullmatch(bare)
    return Phone("+" + foreign[1]) if foreign else None


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", normalise(text[: _LONGEST_TYPED + 1]))
