"""`loan`: print the schedule of a loan, so that any other calculator can be held against it."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentTypeError
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.calendar import from_jalali, jalali
from domain.loan_schedule import Instalment, schedule
from domain.loan_terms import ImpossibleTerms, LoanTerms, Method, Period, Rate
from domain.money import AmountTooLarge, Rial

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator, Mapping, Sequence

UNFIT = 2
ROUNDING = Rial(1000)
FREE = Rate(Fraction(0), Period.MONTH)
FIRST_GREGORIAN_YEAR = 1700  # years below are Jalali
COLUMNS = ("number", "due", "due_jalali", "principal", "fee", "total", "outstanding")
GAP = "  "

_WHOLE = re.compile(r"[0-9]{1,19}")
_RATE = re.compile(rf"([0-9]{{1,3}}(?:\.[0-9]{{1,6}})?)/({'|'.join(Period)})")
_DAY = re.compile(r"([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})")


def add_arguments(parser: ArgumentParser) -> None:
    """Take the terms of the loan."""
    parser.add_argument("--principal", required=True, type=_rials, help="the sum lent, in rials")
    parser.add_argument(
        "--method", required=True, choices=[method.value for method in Method], help="how it is priced"
    )
    parser.add_argument(
        "--rate", type=_rate, help="per cent and period, as 12/year or 2/month; zero needs none"
    )
    parser.add_argument("--months", required=True, type=_whole, help="how many instalments")
    parser.add_argument(
        "--first-due", required=True, type=_day, help="as 1404/08/15 or 2025-11-06; Jalali below 1700"
    )
    parser.add_argument("--rounding", type=_rials, default=ROUNDING, help="the unit in rials (default 1000)")
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")


def main(args: Namespace) -> int:
    """Print every instalment and the totals, in rials; 2 and one line where there is no such loan."""
    try:
        rows, totals = _written(schedule(_terms(args)))
    except ImpossibleTerms as flaw:
        sys.stderr.write(f"--{flaw}\n")
        return UNFIT
    except AmountTooLarge:
        sys.stderr.write(f"--principal: principal and fee may come to {Rial.MOST} rials at most\n")
        return UNFIT
    if args.json:
        sys.stdout.write(json.dumps({"instalments": rows, "totals": totals}) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table([*rows, {"due_jalali": "totals", **totals}]))
    return 0


def _terms(args: Namespace) -> LoanTerms:
    method = Method(args.method)
    if args.rate is None and method is not Method.ZERO:
        raise ImpossibleTerms(f"rate: wanted with {method}, as 12/year or 2/month")
    return LoanTerms(args.principal, method, args.rate or FREE, args.months, args.first_due, args.rounding)


def _written(made: Sequence[Instalment]) -> tuple[list[dict[str, int | str]], dict[str, int]]:
    totals = {
        "principal": _sum(one.principal for one in made),
        "fee": _sum(one.fee for one in made),
        "total": _sum(one.total for one in made),
    }
    return [_row(one) for one in made], totals


def _row(instalment: Instalment) -> dict[str, int | str]:
    return {
        "number": instalment.number,
        "due": instalment.due.isoformat(),
        "principal": instalment.principal.rials,
        "fee": instalment.fee.rials,
        "total": instalment.total.rials,
        "due_jalali": "{:04}/{:02}/{:02}".format(*jalali(instalment.due)),
        "outstanding": instalment.outstanding.rials,
    }


def _sum(amounts: Iterable[Rial]) -> int:
    return sum(amounts, Rial(0)).rials


def _table(rows: Iterable[Mapping[str, int | str]]) -> Iterator[str]:
    """Columns under their names, figures in threes."""
    cells = [COLUMNS, *(tuple(_cell(row.get(column, "")) for column in COLUMNS) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        yield GAP.join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cell(value: int | str) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _whole(typed: str) -> int:
    if not _WHOLE.fullmatch(typed):
        raise ArgumentTypeError(f"{typed!r} is no whole number of at most 19 digits")
    return int(typed)


def _rials(typed: str) -> Rial:
    try:
        return Rial(_whole(typed))
    except AmountTooLarge:
        raise ArgumentTypeError(f"the books hold {Rial.MOST} rials at most") from None


def _rate(typed: str) -> Rate:
    found = _RATE.fullmatch(typed)
    if not found:
        raise ArgumentTypeError(f"{typed!r} is no rate such as 12/year, 2/month or 1.5/month")
    return Rate(Fraction(found[1]), Period(found[2]))


def _day(typed: str) -> date:
    found = _DAY.fullmatch(typed)
    if not found:
        raise ArgumentTypeError(f"{typed!r} is no day such as 1404/08/15 or 2025-11-06")
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    try:
        return from_jalali(year, month, day) if year < FIRST_GREGORIAN_YEAR else date(year, month, day)
    except ValueError:
        raise ArgumentTypeError(f"there is no day {typed}") from None
