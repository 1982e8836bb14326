"""What stories of loans, votes, money and leaving ask of the database finds its rows by an index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

import pytest

from storage.units import Database
from tests.handlers import test_acceptance as acceptance
from tests.handlers import test_bank_loans as bank_loans
from tests.handlers import test_cash_count as cash_count
from tests.handlers import test_closing_the_year as closing_the_year
from tests.handlers import test_death as death
from tests.handlers import test_elections as elections
from tests.handlers import test_expulsion as expulsion
from tests.handlers import test_late_fines_settled as late_fines
from tests.handlers import test_meetings as meetings
from tests.handlers import test_objections as objections
from tests.handlers import test_old_loans as old_loans
from tests.handlers import test_payouts as payouts
from tests.handlers import test_representatives as representatives
from tests.handlers import test_rescheduling as rescheduling
from tests.handlers import test_secret_ballots as secret_ballots
from tests.handlers import test_surplus as surplus
from tests.handlers import test_write_off as write_off
from tests.lending import funded, granted, lending
from tests.months import asked, until_the_first
from tests.recorded import RecordedTexts
from tests.stage import Stage
from tests.steps import save
from tests.storage.plans import Recorder, full_reads, overhearing

Story = Callable[[Stage], Awaitable[None]]


async def two_loans_wait(stage: Stage) -> None:
    """There is money for one of them."""
    group = await stage.group(members=2)
    await lending(stage, group)
    await funded(stage, group)
    for borrower in group.members:
        await granted(stage, group, borrower, 2_000_000)
    await group.treasurer.press("menu_loans")
    await group.treasurer.tap("cash")
    await stage.pass_days(1)


async def a_month_is_closed(stage: Stage) -> None:
    """With a saving in the box."""
    group = await stage.group()
    await save(group, group.members[0])
    await until_the_first(stage)
    await asked(group.treasurer)
    await group.chair.tap("agree_month")


STORIES: tuple[Story, ...] = (
    rescheduling.test_a_payment_confirmed_late_and_one_taken_back_are_replayed_in_their_place,
    write_off.test_a_recovery_is_taken_back_an_earlier_payment_is_not,
    two_loans_wait,
    payouts.test_after_three_days_of_silence_a_second_officer_bears_witness,
    old_loans.test_an_instalment_is_taken_back_and_what_is_left_is_written_off,
    late_fines.test_who_leaves_agrees_that_her_fine_is_taken_from_her_savings,
    late_fines.test_all_but_her_may_waive_it,
    expulsion.test_what_she_still_owes_counts_when_she_has_joined_again,
    death.test_two_of_the_board_say_it_and_her_heir_is_paid,
    elections.test_a_group_without_a_board_elects_one,
    secret_ballots.test_sealed_papers_are_entered_together_and_again,
    representatives.test_the_end_of_their_term_is_announced_apart_from_that_of_the_board,
    acceptance.test_who_has_not_accepted_is_reminded_once,
    meetings.test_the_group_decides_when_it_meets_and_sees_the_next_day,
    bank_loans.test_all_agree_and_the_resolution_names_the_shares,
    cash_count.test_too_little_is_booked_once_the_chair_confirms_it,
    a_month_is_closed,
    closing_the_year.test_a_year_is_closed_step_by_step_and_everybody_told,
    surplus.test_what_is_paid_out_is_booked_once_it_is_there,
    objections.test_without_an_answer_in_seven_days_it_goes_to_the_facilitator_by_itself,
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What PostgreSQL chooses depends on how full its tables are: see `test_plans`."""
    return sqlite_url


@pytest.fixture
def heard() -> Iterator[set[str]]:
    recorder = Recorder()
    with recorder.listening(), overhearing(recorder) as heard:
        yield heard


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.removeprefix("test_"))
async def test_every_statement_finds_its_rows_by_an_index(
    database: Database, heard: set[str], story: Story
) -> None:
    await story(Stage(database, RecordedTexts()))
    assert heard
    read = await database.write(lambda conn: {one: full_reads(conn, one) for one in heard})
    assert {one: whole for one, whole in read.items() if whole} == {}
