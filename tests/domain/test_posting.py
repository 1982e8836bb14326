from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import LoanId, MembershipId, PersonId
from domain.ledger import Account, Kind, Line, NotAnEntry
from domain.loan_account import Split
from domain.loan_owed import Parts
from domain.money import Rial
from domain.posting import (
    OF_A_MEMBER,
    Allocation,
    MoveKind,
    OpenLine,
    Owed,
    Way,
    advance_used,
    allocate,
    gathered,
    instalment_paid,
    leaver_settled,
    loan_paid_out,
    loan_written_off,
    money_moved,
    owed_paid,
    reserve_kept,
    reversed_lines,
    saving_confirmed,
    surplus_saved,
    surplus_shared,
    taken_from,
    year_closed,
)

ME, KEEPER = MembershipId(7), PersonId(4)
DUE = 500


def owed(*rounds: tuple[int, int]) -> list[OpenLine]:
    return [OpenLine(number, Rial(left)) for number, left in rounds]


def spread(*parts: tuple[int, int], advance: int = 0) -> Allocation:
    return Allocation(tuple((number, Rial(part)) for number, part in parts), Rial(advance))


def as_text(lines: tuple[Line, ...]) -> list[str]:
    return [f"{'/'.join(map(str, line.cells[:4]))} {line.amount.rials}" for line in lines]


@pytest.mark.parametrize(
    ("amount", "chosen", "open_lines", "expected"),
    [
        (500, 1, owed((1, 500)), spread((1, 500))),
        (200, 1, owed((1, 500)), spread((1, 200))),
        (700, 1, owed((1, 500)), spread((1, 500), advance=200)),
        (700, 2, owed((1, 500), (2, 500)), spread((2, 500), (1, 200))),
        (1200, 3, owed((1, 500), (2, 500), (3, 500)), spread((3, 500), (1, 500), (2, 200))),
        (1200, 2, owed((3, 500), (2, 100), (1, 500)), spread((2, 100), (1, 500), (3, 500), advance=100)),
        (500, 9, owed((1, 300)), spread((1, 300), advance=200)),
        (500, 1, owed(), spread(advance=500)),
        (500, 1, owed((1, 0), (2, 500)), spread((2, 500))),
        (500, 1, owed((1, -50), (2, 500)), spread((2, 500))),
    ],
)
def test_a_deposit_fills_the_chosen_round_then_the_oldest(
    amount: int, chosen: int, open_lines: list[OpenLine], expected: Allocation
) -> None:
    assert allocate(Rial(amount), chosen, open_lines) == expected


@given(
    amount=st.integers(1, 10**12),
    chosen=st.integers(1, 12),
    left=st.dictionaries(st.integers(1, 12), st.integers(0, 10**9)),
)
def test_nothing_is_lost_and_no_round_overfilled(amount: int, chosen: int, left: dict[int, int]) -> None:
    shared = allocate(Rial(amount), chosen, owed(*left.items()))
    assert sum(part.rials for _, part in shared.parts) + shared.advance.rials == amount
    assert all(0 < part.rials <= left[number] for number, part in shared.parts)
    if shared.advance:
        assert sum(part.rials for _, part in shared.parts) == sum(left.values())


@given(
    amount=st.integers(1, 10**12),
    left=st.dictionaries(st.integers(1, 12), st.integers(0, 10**9)),
)
def test_voluntary_saving_is_what_would_be_an_advance(amount: int, left: dict[int, int]) -> None:
    lines = owed(*left.items())
    plain, voluntary = (allocate(Rial(amount), 1, lines, voluntary=adopted) for adopted in (False, True))
    assert voluntary == Allocation(plain.parts, Rial(0), plain.advance)


@given(
    amount=st.integers(1, 10**12),
    left=st.dictionaries(st.integers(1, 12), st.integers(0, 10**9)),
    way=st.sampled_from([Way.CASH, Way.TRANSFER]),
    voluntary=st.booleans(),
)
def test_every_rule_balances(amount: int, left: dict[int, int], way: Way, voluntary: bool) -> None:
    lines = saving_confirmed(way, ME, allocate(Rial(amount), 1, owed(*left.items()), voluntary=voluntary))
    assert sum(line.amount.rials for line in lines) == 0
    assert sum(line.amount.rials for line in reversed_lines(lines)) == 0
    assert reversed_lines(reversed_lines(lines)) == lines


@pytest.mark.parametrize(
    ("way", "shared", "expected"),
    [
        (Way.CASH, spread((1, DUE)), ["101/0//None 500", "201/7//1 -500"]),
        (
            Way.TRANSFER,
            spread((2, 500), (1, 200), advance=100),
            ["102/0//None 800", "201/7//2 -500", "201/7//1 -200", "205/7/saving/None -100"],
        ),
    ],
)
def test_a_saving_is_owed_round_by_round(way: Way, shared: Allocation, expected: list[str]) -> None:
    assert as_text(saving_confirmed(way, ME, shared)) == expected


def test_an_advance_becomes_saving_and_may_be_taken_back() -> None:
    used = advance_used(ME, 4, Rial(100))
    assert as_text(used) == ["205/7/saving/None 100", "201/7//4 -100"]
    assert as_text(reversed_lines(used)) == ["205/7/saving/None -100", "201/7//4 100"]


@pytest.mark.parametrize(("way", "account"), [(Way.CASH, 101), (Way.TRANSFER, 102)])
def test_what_is_paid_out_is_owed(way: Way, account: int) -> None:
    assert as_text(loan_paid_out(way, LoanId(3), Rial(900))) == ["111/3//None 900", f"{account}/0//None -900"]


@pytest.mark.parametrize(
    ("kind", "way", "expected", "emptied"),
    [
        (MoveKind.BANKED, None, [102, 101], Account.CASH),
        (MoveKind.DRAWN, None, [101, 102], Account.BANK),
        (MoveKind.BANK_CHARGE, None, [502, 102], Account.BANK),
        (MoveKind.BANK_PROFIT, None, [102, 404], None),
        (MoveKind.RUNNING_COST, Way.CASH, [503, 101], Account.CASH),
        (MoveKind.RUNNING_COST, Way.TRANSFER, [503, 102], Account.BANK),
        (MoveKind.ENTRY_FEE, Way.CASH, [101, 405], None),
        (MoveKind.ENTRY_FEE, Way.TRANSFER, [102, 405], None),
    ],
)
def test_moves_of_the_groups_money(
    kind: MoveKind, way: Way | None, expected: list[int], emptied: Account | None
) -> None:
    lines = money_moved(kind, way, Rial(700))
    assert [line.account for line in lines] == expected
    assert [line.amount for line in lines] == [Rial(700), Rial(-700)]
    taken = taken_from(lines)
    assert (taken.account if taken else None) == emptied


def test_cash_that_is_handed_over_is_taken_from_its_keeper() -> None:
    lines = money_moved(MoveKind.HANDED_OVER, None, Rial(700), keeper=KEEPER)
    assert lines == (Line(Account.CASH, Rial(700)), Line(Account.IN_TRANSIT, Rial(-700), KEEPER))
    assert taken_from(lines) == lines[1]
    with pytest.raises(NotAnEntry):
        money_moved(MoveKind.HANDED_OVER, None, Rial(700))


@pytest.mark.parametrize("kind", OF_A_MEMBER)
def test_cash_of_a_member_stands_under_the_name_of_who_keeps_it(kind: MoveKind) -> None:
    kept, _ = money_moved(kind, Way.CASH, Rial(700), ME, KEEPER)
    assert kept == Line(Account.IN_TRANSIT, Rial(700), KEEPER)
    banked, _ = money_moved(kind, Way.TRANSFER, Rial(700), ME, KEEPER)
    assert banked == Line(Account.BANK, Rial(700))


def test_until_there_is_a_treasurer_what_is_saved_and_repaid_in_cash_stands_under_its_keeper() -> None:
    parts = Split(Parts(principal=Rial(DUE)))
    for way, kept in (
        (Way.CASH, Line(Account.IN_TRANSIT, Rial(DUE), KEEPER)),
        (Way.TRANSFER, Line(Account.BANK, Rial(DUE))),
    ):
        assert saving_confirmed(way, ME, spread((1, DUE)), KEEPER)[0] == kept
        assert instalment_paid(way, LoanId(5), ME, parts, KEEPER)[0] == kept


def test_a_saving_is_not_paid_out_of_savings() -> None:
    with pytest.raises(NotAnEntry, match="holder 0"):
        saving_confirmed(Way.SAVINGS, ME, spread((1, DUE)))


@pytest.mark.parametrize("kind", MoveKind)
def test_where_either_way_is_possible_it_must_be_said(kind: MoveKind) -> None:
    if not kind.either_way:
        money_moved(kind, None, Rial(1), keeper=KEEPER if kind is MoveKind.HANDED_OVER else None)
        return
    with pytest.raises(ValueError, match="not said"):
        money_moved(kind, None, Rial(1))


def test_a_fine_that_is_set_off_is_taken_from_the_payers_savings() -> None:
    for way, paid in ((Way.SAVINGS, "201/7//None 700"), (Way.CASH, "101/0//None 700")):
        lines = money_moved(MoveKind.LATE_FINE, way, Rial(700), ME)
        assert as_text(lines) == [paid, "403/0//None -700"]
    with pytest.raises(ValueError, match="holder 0"):
        money_moved(MoveKind.LATE_FINE, Way.SAVINGS, Rial(700))


def test_all_that_is_hers_is_gathered_into_her_savings() -> None:
    held = [
        (Account.SAVINGS, "", Rial(900)),
        (Account.PAID_IN_ADVANCE, "loan", Rial(30)),
        (Account.PAID_IN_ADVANCE, "saving", Rial(0)),
        (Account.SURPLUS_PAYABLE, "", Rial(50)),
        (Account.PAYABLE_TO_LEAVERS, "", Rial(4)),
    ]
    assert as_text(gathered(ME, held)) == ["205/7/loan/None 30", "203/7//None 50", "201/7//None -80"]
    assert gathered(ME, held[:1]) == gathered(ME, [held[0], held[2], held[4]]) == ()


def test_a_closed_year_empties_income_and_costs_into_the_retained_surplus() -> None:
    sums = [(Account.LOAN_INCOME, Rial(900)), (Account.FINES, Rial(-50)), (Account.BANK_PROFIT, Rial(0))]
    sums += [(Account.RUNNING_COSTS, Rial(300)), (Account.BANK_CHARGES, Rial(20))]
    assert as_text(year_closed(Kind.INCOME, sums)) == [
        "401/0//None 900",
        "403/0//None -50",
        "303/0//None -850",
    ]
    assert as_text(year_closed(Kind.EXPENSE, sums)) == [
        "503/0//None -300",
        "502/0//None -20",
        "303/0//None 320",
    ]
    assert as_text(reserve_kept(Rial(53))) == ["303/0//None 53", "302/0//None -53"]


def test_a_surplus_is_owed_then_saved_or_paid() -> None:
    shares = {ME: Rial(40), MembershipId(8): Rial(0), MembershipId(9): Rial(60)}
    assert as_text(surplus_shared(shares)) == ["303/0//None 100", "203/7//None -40", "203/9//None -60"]
    assert as_text(surplus_saved(shares)) == [
        "203/7//None 40",
        "203/9//None 60",
        "201/7//None -40",
        "201/9//None -60",
    ]
    assert as_text(owed_paid(Owed.SURPLUS, Way.TRANSFER, ME, Rial(40))) == [
        "203/7//None 40",
        "102/0//None -40",
    ]
    assert as_text(owed_paid(Owed.LEAVING, Way.CASH, ME, Rial(40))) == ["204/7//None 40", "101/0//None -40"]
    assert surplus_shared({ME: Rial(0)}) == surplus_saved({}) == ()


def test_all_that_is_hers_is_payable_once_as_she_leaves() -> None:
    held = [(Account.SAVINGS, "", Rial(70)), (Account.PAID_IN_ADVANCE, "saving", Rial(20))]
    held += [(Account.SURPLUS_PAYABLE, "", Rial(0)), (Account.PAYABLE_TO_LEAVERS, "", Rial(5))]
    assert as_text(leaver_settled(ME, held)) == ["201/7//None 70", "205/7/saving/None 20", "204/7//None -90"]
    assert leaver_settled(ME, [(Account.PAYABLE_TO_LEAVERS, "", Rial(90))]) == ()


def test_a_year_without_income_needs_no_lines() -> None:
    nothing_left = [(Account.FINES, Rial(70)), (Account.OTHER_INCOME, Rial(-70))]
    assert year_closed(Kind.EXPENSE, nothing_left) == ()
    assert as_text(year_closed(Kind.INCOME, nothing_left)) == ["403/0//None 70", "405/0//None -70"]


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        (
            Split(Parts(Rial(100), Rial(900), Rial(50))),
            ["101/0//None 1050", "111/5//None -900", "401/0//None -100", "403/0//None -50"],
        ),
        (Split(Parts(fee=Rial(100))), ["101/0//None 100", "401/0//None -100"]),
        (
            Split(Parts(principal=Rial(900)), Rial(30)),
            ["101/0//None 930", "111/5//None -900", "205/7/loan/None -30"],
        ),
        (
            Split(Parts(recovered=Rial(900)), Rial(30)),
            ["101/0//None 930", "406/0//None -900", "205/7/loan/None -30"],
        ),
        (Split(Parts(), Rial(30)), ["101/0//None 30", "205/7/loan/None -30"]),
    ],
)
def test_an_instalment_is_principal_fee_fine_and_what_is_beyond(split: Split, expected: list[str]) -> None:
    assert as_text(instalment_paid(Way.CASH, LoanId(5), ME, split)) == expected


def test_what_is_set_off_comes_out_of_savings() -> None:
    split = Split(Parts(Rial(70), Rial(900), Rial(30)))
    expected = ["201/7//None 1000", "111/5//None -900", "401/0//None -70", "403/0//None -30"]
    assert as_text(instalment_paid(Way.SAVINGS, LoanId(5), ME, split)) == expected


def test_what_is_written_off_is_a_loss() -> None:
    assert as_text(loan_written_off(LoanId(5), Rial(900))) == ["504/0//None 900", "111/5//None -900"]
