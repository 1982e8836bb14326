from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.settings import Settings

LOAN = "loan --principal 10000000 --method balance-level --rate 12/year --months 3 --first-due 1404/06/31"

WRITTEN = {
    "instalments": [
        {
            "number": 1,
            "due": "2025-09-22",
            "principal": 3_301_000,
            "fee": 100_000,
            "total": 3_401_000,
            "due_jalali": "1404/06/31",
            "outstanding": 6_699_000,
        },
        {
            "number": 2,
            "due": "2025-10-22",
            "principal": 3_334_010,
            "fee": 66_990,
            "total": 3_401_000,
            "due_jalali": "1404/07/30",
            "outstanding": 3_364_990,
        },
        {
            "number": 3,
            "due": "2025-11-21",
            "principal": 3_364_990,
            "fee": 33_650,
            "total": 3_398_640,
            "due_jalali": "1404/08/30",
            "outstanding": 0,
        },
    ],
    "totals": {"principal": 10_000_000, "fee": 200_640, "total": 10_200_640},
}


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stand in an empty folder, with settings that no command could work with."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.setenv(f"BOT_{name.upper()}", "nonsense")


def printed(capsys: pytest.CaptureFixture[str], line: str) -> Any:
    assert main([*line.split(), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_schedule_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, f"{LOAN} --rounding 1000") == WRITTEN


def test_a_schedule_is_printed_as_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(LOAN.split()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "number         due  due_jalali   principal      fee       total  outstanding",
        "     1  2025-09-22  1404/06/31   3,301,000  100,000   3,401,000    6,699,000",
        "     2  2025-10-22  1404/07/30   3,334,010   66,990   3,401,000    3,364,990",
        "     3  2025-11-21  1404/08/30   3,364,990   33,650   3,398,640            0",
        "                        totals  10,000,000  200,640  10,200,640",
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("method", "fees"),
    [
        ("zero", [0, 0, 0]),
        ("fixed-fee", [66_667, 66_666, 66_667]),
        ("balance-equal", [100_000, 66_667, 33_333]),
        ("balance-level", [100_000, 66_990, 33_650]),
        ("flat", [100_000, 100_000, 100_000]),
    ],
)
@pytest.mark.parametrize("rate", ["12/year", "1/month", "1.0/month"])
def test_every_method_takes_either_period(
    method: str, rate: str, fees: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    loan = f"loan --principal 10000000 --method {method} --rate {rate} --months 3 --first-due 1404/08/15"
    assert [one["fee"] for one in printed(capsys, loan)["instalments"]] == fees


def test_what_is_free_needs_no_rate(capsys: pytest.CaptureFixture[str]) -> None:
    loan = "loan --principal 3000 --method zero --months 3 --first-due 1404/08/15"
    assert printed(capsys, loan)["totals"] == {"principal": 3000, "fee": 0, "total": 3000}


@pytest.mark.parametrize("typed", ["1404/08/15", "1404-8-15", "2025-11-06", "2025/11/6"])
def test_the_first_day_is_read_by_either_calendar(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    made = printed(capsys, f"loan --principal 3000 --method zero --months 3 --first-due {typed}")
    assert [one["due"] for one in made["instalments"]] == ["2025-11-06", "2025-12-06", "2026-01-05"]
    assert [one["due_jalali"] for one in made["instalments"]] == ["1404/08/15", "1404/09/15", "1404/10/15"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("--principal 0", "--principal: at least 1 rial"),
        ("--principal 2", "--principal: at least one rial for each of 3 months"),
        ("--principal x", "argument --principal: 'x' is no whole number of at most 19 digits"),
        ("--principal 1.5", "argument --principal: '1.5' is no whole number of at most 19 digits"),
        (
            f"--principal {10**19}",
            f"argument --principal: '{10**19}' is no whole number of at most 19 digits",
        ),
        (f"--principal {2**63}", f"argument --principal: the books hold {2**63 - 1} rials at most"),
        (
            f"--principal {2**63 - 1}",
            f"--principal: principal and fee may come to {2**63 - 1} rials at most",
        ),
        ("--method interest", "argument --method: invalid choice: 'interest' (choose from "),
        ("--rate 12", "argument --rate: '12' is no rate such as 12/year, 2/month or 1.5/month"),
        ("--rate 12/week", "argument --rate: '12/week' is no rate such as 12/year, 2/month or 1.5/month"),
        ("--rate=-1/year", "argument --rate: '-1/year' is no rate such as 12/year, 2/month or 1.5/month"),
        ("--months 0", "--months: between 1 and 360"),
        ("--months -3", "argument --months: '-3' is no whole number of at most 19 digits"),
        ("--first-due 1404/07/31", "argument --first-due: there is no day 1404/07/31"),
        ("--first-due 2025-02-29", "argument --first-due: there is no day 2025-02-29"),
        ("--first-due 1404/12/30", "argument --first-due: there is no day 1404/12/30"),
        (
            "--first-due 15/08/1404",
            "argument --first-due: '15/08/1404' is no day such as 1404/08/15 or 2025-11-06",
        ),
        (
            "--first-due 1404.08.15",
            "argument --first-due: '1404.08.15' is no day such as 1404/08/15 or 2025-11-06",
        ),
        ("--first-due 1700/02/31", "argument --first-due: there is no day 1700/02/31"),
        ("--first-due 1699/02/31", "--first-due: in the Jalali years 1300 to 1499"),
        ("--rounding 0", "--rounding: between 1 and 3333333 rials, an equal share of the principal"),
        ("--rounding 3333334", "--rounding: between 1 and 3333333 rials, an equal share of the principal"),
        ("--unknown", "unrecognized arguments: --unknown"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    changed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, heard = ended(f"{LOAN} {changed}", capsys)
    assert code == 2
    assert said in heard
    assert heard.count("\n") == 1


@pytest.mark.parametrize("method", ["fixed-fee", "balance-equal", "balance-level", "flat"])
def test_what_is_not_free_needs_a_rate(method: str, capsys: pytest.CaptureFixture[str]) -> None:
    loan = f"loan --principal 3000 --method {method} --months 3 --first-due 1404/08/15"
    assert ended(loan, capsys) == (2, f"--rate: wanted with {method}, as 12/year or 2/month\n")


def test_what_is_missing_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    said = "the following arguments are required: --principal, --method, --months, --first-due"
    assert ended("loan", capsys) == (2, f"python -m bot loan: {said}; see --help\n")


def ended(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[str | int | None, str]:
    """Run the command to its end, be it by a result or by leaving; nothing may be on standard output."""
    try:
        code: str | int | None = main(line.split())
    except SystemExit as left:
        code = left.code
    heard = capsys.readouterr()
    assert heard.out == ""
    return code, heard.err
