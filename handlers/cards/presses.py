"""Which function takes a tap on which kind of card; what it returns is the conversation to begin, if any."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers import keeping
from handlers.cards import (
    acceptance,
    applicant,
    bank_share,
    death,
    deposit,
    election,
    group,
    lead,
    loan,
    month,
    move,
    objection,
    opening,
    payout,
    reversal,
    same_person,
    vote,
    year,
)
from handlers.presses import (
    agreements,
    assembly,
    deaths,
    elections,
    loans,
    money,
    moves,
    objections,
    payouts,
    people,
    programme,
    years,
)
from handlers.presses.opening import on_opening
from handlers.turn import Turn
from handlers.views import (
    about,
    fines,
    group_money,
    leads,
    me,
    months,
    other_groups,
    repayments,
    rounds,
    rules,
)
from handlers.views import assembly as page
from handlers.views import loans as loan_page

PRESSES: Mapping[str, Callable[[Turn, int, str, int], str | None]] = {
    deposit.KIND: money.on_deposit,
    reversal.KIND: money.on_reversal,
    move.KIND: moves.on_move,
    month.KIND: moves.on_month,
    keeping.KIND: moves.on_kept,
    months.KIND: months.press,
    group_money.KIND: group_money.press,
    rounds.KIND: rounds.press,
    fines.KIND: fines.press,
    repayments.KIND: repayments.press,
    lead.KIND: programme.on_lead,
    leads.KIND: programme.on_more,
    about.KIND: programme.on_about,
    applicant.KIND: people.on_applicant,
    group.KIND: people.on_group,
    same_person.KIND: people.on_same_person,
    me.KIND: me.press,
    other_groups.KIND: other_groups.press,
    vote.KIND: assembly.on_vote,
    page.KIND: assembly.on_page,
    objection.KIND: objections.on_objection,
    rules.KIND: rules.press,
    acceptance.KIND: agreements.on_acceptance,
    year.KIND: years.on_year,
    loan.KIND: loans.on_loan,
    loan_page.KIND: loans.on_page,
    opening.KIND: on_opening,
    election.KIND: elections.on_election,
    election.NOMINATION: elections.on_nomination,
    payout.KIND: payouts.on_payout,
    bank_share.KIND: assembly.on_bank_share,
    death.KIND: deaths.on_death,
}
