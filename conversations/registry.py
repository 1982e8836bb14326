"""Every dialogue there is. A new one is its script, its texts, its test, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conversations.engine import Script
from conversations.parts import Candidate, Deciding
from conversations.talks import (
    accept_role,
    add_member,
    answer_objection,
    appoint,
    ask_loan,
    bylaws,
    cash_count,
    close_month,
    close_year,
    decline_applicant,
    elect,
    enter_ballot,
    enter_papers,
    expel,
    hand_over,
    interest,
    invite,
    join,
    join_accounts,
    leave,
    loan_order,
    loan_terms,
    meetings,
    money_move,
    new_group,
    nominate,
    not_received,
    objection,
    opening,
    opening_claim,
    opening_line,
    other_amount,
    pay_fine,
    propose,
    rename,
    repay,
    reschedule,
    reversal,
    saving,
    savings_agreement,
    say_death,
    share_bank_loan,
    share_surplus,
    waive_fine,
    where,
    write_off,
)
from domain import commands, matters
from domain.appointing import Mandate
from domain.closings import Checklist
from domain.codec import Codec
from domain.identity import Phone
from domain.ids import Platform
from domain.ledger import Account
from domain.lending import Allowance
from domain.loan_account import Agreed, LoanAccount
from domain.loan_example import Purse
from domain.loan_owed import Owed, Parts
from domain.loan_schedule import Instalment
from domain.loan_terms import LoanTerms
from domain.money import Unit
from domain.moves import LateFine
from domain.objections import About
from domain.offices import Office
from domain.places import Places
from domain.posting import MoveKind, OpenLine, PaidFor, Way
from domain.posting import Owed as OwedToHer
from domain.proposals import ProposalKind
from domain.reversing import Sort
from domain.surplus import Shared, Year
from domain.votes import Vote


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialogue: its name, the version of its script, and the facts it is begun with."""

    name: str
    version: int
    facts: type
    script: Callable[..., Script[commands.Command | None]]
    needs_places: bool = False

    def over(self, facts: object, places: Places) -> Callable[[], Script[commands.Command | None]]:
        """Return what begins the script; places are data of the installation, so they are no facts."""
        given = (facts, places) if self.needs_places else (facts,)
        return lambda: self.script(*given)


TALKS = {
    talk.name: talk
    for talk in (
        Talk("saving", 1, saving.Facts, saving.saving),
        Talk("repay", 1, repay.Facts, repay.repay),
        Talk("other_amount", 1, other_amount.Facts, other_amount.other_amount),
        Talk("not_received", 1, not_received.Facts, not_received.not_received),
        Talk("reversal", 2, reversal.Facts, reversal.reversal),
        Talk("cash_count", 1, cash_count.Facts, cash_count.cash_count),
        Talk("close_month", 1, close_month.Facts, close_month.close_month),
        Talk("money_move", 1, money_move.Facts, money_move.money_move),
        Talk("pay_fine", 1, pay_fine.Facts, pay_fine.pay_fine),
        Talk("hand_over", 1, hand_over.Facts, hand_over.hand_over),
        Talk("propose", 1, propose.Facts, propose.propose),
        Talk("loan_terms", 1, loan_terms.Facts, loan_terms.loan_terms),
        Talk("bylaws", 1, bylaws.Facts, bylaws.bylaws),
        Talk("savings_agreement", 1, savings_agreement.Facts, savings_agreement.savings_agreement),
        Talk("meetings", 1, meetings.Facts, meetings.meetings),
        Talk("enter_ballot", 1, enter_ballot.Facts, enter_ballot.enter_ballot),
        Talk("objection", 1, objection.Facts, objection.objection),
        Talk("opening", 1, opening.Facts, opening.opening),
        Talk("opening_line", 1, opening_line.Facts, opening_line.opening_line),
        Talk("opening_claim", 1, opening_claim.Facts, opening_claim.opening_claim),
        Talk("answer_objection", 1, answer_objection.Facts, answer_objection.answer_objection),
        Talk("close_year", 1, close_year.Facts, close_year.close_year),
        Talk("ask_loan", 1, ask_loan.Facts, ask_loan.ask_loan),
        Talk("elect", 1, elect.Facts, elect.elect),
        Talk("nominate", 1, nominate.Facts, nominate.nominate),
        Talk("enter_papers", 1, enter_papers.Facts, enter_papers.enter_papers),
        Talk("share_surplus", 1, share_surplus.Facts, share_surplus.share_surplus),
        Talk("share_bank_loan", 1, share_bank_loan.Facts, share_bank_loan.share_bank_loan),
        Talk("reschedule", 1, reschedule.Facts, reschedule.reschedule),
        Talk("waive_fine", 1, waive_fine.Facts, waive_fine.waive_fine),
        Talk("write_off", 1, write_off.Facts, write_off.write_off),
        Talk("expel", 1, expel.Facts, expel.expel),
        Talk("say_death", 1, say_death.Facts, say_death.say_death),
        Talk("loan_order", 1, loan_order.Facts, loan_order.loan_order),
        Talk("new_group", 1, new_group.Facts, new_group.new_group, needs_places=True),
        Talk("join", 1, join.Facts, join.join),
        Talk("decline_applicant", 1, decline_applicant.Facts, decline_applicant.decline_applicant),
        Talk("add_member", 1, add_member.Facts, add_member.add_member),
        Talk("appoint", 1, appoint.Facts, appoint.appoint),
        Talk("rename", 1, rename.Facts, rename.rename),
        Talk("leave", 1, leave.Facts, leave.leave),
        Talk("join_accounts", 1, join_accounts.Facts, join_accounts.join_accounts),
        Talk("where", 1, where.Facts, where.where, needs_places=True),
        Talk("interest", 1, interest.Facts, interest.interest, needs_places=True),
        Talk("invite", 1, invite.Facts, invite.invite, needs_places=True),
        Talk("accept_role", 1, accept_role.Facts, accept_role.accept_role),
    )
}

FACTS = {f"{talk.name}.Facts": talk.facts for talk in TALKS.values()}
CODEC = Codec(
    FACTS
    | matters.TYPES
    | {"posting.Owed": OwedToHer}
    | {
        kind.__name__: kind
        for kind in (
            saving.Payer,
            repay.Running,
            LoanAccount,
            Agreed,
            LoanTerms,
            Owed,
            Parts,
            PaidFor,
            reversal.Booked,
            LateFine,
            money_move.Late,
            hand_over.Kept,
            Sort,
            objection.Thing,
            About,
            OpenLine,
            Unit,
            Way,
            MoveKind,
            Checklist,
            Office,
            Candidate,
            Deciding,
            appoint.Held,
            leave.Unsettled,
            leave.Settlement,
            Platform,
            Mandate,
            commands.Role,
            Phone,
            ProposalKind,
            Vote,
            Purse,
            Instalment,
            Account,
            Year,
            Allowance,
            enter_papers.Choice,
            Shared,
            loan_order.Waiting,
            write_off.Owing,
            waive_fine.Fined,
        )
    }
)
