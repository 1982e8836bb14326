"""The facts each conversation begins with, read at its start; a refusal here means that it does not begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.openers import (
    assembly,
    elections,
    groups,
    loans,
    months,
    moves,
    objections,
    opening,
    people,
    programme,
    repaying,
    reversals,
    rules,
    saving,
    surplus,
    years,
)
from handlers.turn import Turn

OPENINGS: Mapping[str, Callable[[Turn, int | None], object]] = {
    "saving": saving.saving,
    "repay": repaying.repay,
    "other_amount": saving.other_amount,
    "not_received": saving.not_received,
    "reversal": reversals.reversal,
    "money_move": moves.money_move,
    "cash_count": moves.cash_count,
    "ask_loan": loans.ask_loan,
    "close_month": months.close_month,
    "propose": assembly.propose,
    "loan_terms": rules.loan_terms,
    "bylaws": rules.whole_bylaws,
    "savings_agreement": rules.savings_agreement,
    "enter_ballot": assembly.enter_ballot,
    "objection": objections.objection,
    "answer_objection": objections.answer_objection,
    "close_year": years.close_year,
    "opening": opening.opening,
    "opening_line": opening.opening_line,
    "opening_claim": opening.opening_claim,
    "elect": elections.elect,
    "nominate": elections.nominate,
    "enter_papers": elections.enter_papers,
    "share_surplus": surplus.share_surplus,
    "where": programme.where,
    "interest": programme.interest,
    "invite": programme.invite,
    "accept_role": programme.accept_role,
    "new_group": groups.new_group,
    "add_member": groups.add_member,
    "appoint": groups.appoint,
    "join": people.join,
    "decline_applicant": people.decline_applicant,
    "leave": people.leave,
    "rename": people.rename,
    "join_accounts": people.join_accounts,
}
