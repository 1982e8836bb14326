"""Money: whole rials that can be reckoned with and shown in words, but never printed by accident."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NoReturn

from domain.persian import grouped, words

RIALS_IN_TOMAN = 10
_MOST = 2**63 - 1
_LEAST = -(2**63)


class Unit(StrEnum):
    """The unit a group means when an amount is typed without one."""

    TOMAN = "toman"
    RIAL = "rial"

    @property
    def rials(self) -> int:
        """How many rials one of this unit is worth."""
        return RIALS_IN_TOMAN if self is Unit.TOMAN else 1


class AmountTooLarge(OverflowError):
    """An amount that does not fit the 64 bits the books keep for it."""


class NotWholeToman(ValueError):
    """An amount of rials that has no exact value in toman."""


@dataclass(frozen=True, slots=True, order=True)
class Rial:
    """A whole number of rials; printing one raises TypeError, so that no text shows a bare number."""

    rials: int
    LEAST: ClassVar[int] = _LEAST
    MOST: ClassVar[int] = _MOST

    def __post_init__(self) -> None:
        if type(self.rials) is not int:
            raise TypeError(f"whole rials wanted, not {type(self.rials).__name__}")
        if not self.LEAST <= self.rials <= self.MOST:
            raise AmountTooLarge(f"{len(str(abs(self.rials)))} digits of rials")

    @classmethod
    def from_toman(cls, toman: int) -> Rial:
        return cls(toman * RIALS_IN_TOMAN)

    @property
    def toman(self) -> int:
        """The same amount in toman; NotWholeToman when rials are left over."""
        whole, rest = divmod(self.rials, RIALS_IN_TOMAN)
        if rest:
            raise NotWholeToman(repr(self))
        return whole

    @property
    def in_toman(self) -> str:
        """Figures with the unit, the odd rials added after it."""
        whole, rest = divmod(abs(self.rials), RIALS_IN_TOMAN)
        sign = -1 if self.rials < 0 else 1
        return _toman_and_rial(grouped, whole, rest, sign)

    @property
    def in_rial(self) -> str:
        """Figures of rials with the unit."""
        return f"{grouped(self.rials)} ریال"

    @property
    def words(self) -> str:
        """The amount of toman spelt out, a debt beginning with the word for minus."""
        whole, rest = divmod(abs(self.rials), RIALS_IN_TOMAN)
        sign = -1 if self.rials < 0 else 1
        return _toman_and_rial(words, whole, rest, sign)

    def __add__(self, other: Rial) -> Rial:
        return Rial(self.rials + other.rials)

    def __sub__(self, other: Rial) -> Rial:
        return Rial(self.rials - other.rials)

    def __neg__(self) -> Rial:
        return Rial(-self.rials)

    def __abs__(self) -> Rial:
        return Rial(abs(self.rials))

    def __mul__(self, times: int) -> Rial:
        return Rial(self.rials * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, parts: int) -> Rial:
        return Rial(self.rials // parts) if type(parts) is int else NotImplemented

    def __bool__(self) -> bool:
        return self.rials != 0

    def __repr__(self) -> str:
        return f"Rial({self.rials})"

    def __str__(self) -> NoReturn:
        raise TypeError("a Rial is shown through in_toman, in_rial or words, never printed as it is")

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("a Rial is shown through in_toman, in_rial or words, never printed as it is")


def _toman_and_rial(form: Callable[[int], str], whole: int, rest: int, sign: int) -> str:
    """Join both units, leaving out whichever is nothing; the sign stands once, at the front."""
    if not rest:
        return f"{form(sign * whole)} تومان"
    if not whole:
        return f"{form(sign * rest)} ریال"
    return f"{form(sign * whole)} تومان و {form(rest)} ریال"
