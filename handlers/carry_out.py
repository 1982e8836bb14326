"""One table: which function carries a command out. Refusals of the rules are raised from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain import (
    agreements,
    bank_loans,
    closings,
    commands,
    correcting,
    elections,
    lending,
    moves,
    objections,
    opening,
    parting,
    proposals,
    repaying,
    surplus,
)
from domain.commands import Command
from domain.payouts import AnswerPayout, PayOut
from domain.refusals import Refused
from handlers.carry import (
    accounts,
    assembly,
    corrections,
    counts,
    deposits,
    groups,
    loans,
    months,
    owed,
    payouts,
    people,
    programme,
    reversals,
    rules,
    secret_ballots,
    years,
)
from handlers.carry import agreements as agreeing
from handlers.carry import bank_loans as bank_sharing
from handlers.carry import elections as electing
from handlers.carry import moves as carry_moves
from handlers.carry import objections as objecting
from handlers.carry import opening as carry_opening
from handlers.carry import parting as carry_parting
from handlers.carry import surplus as sharing
from handlers.turn import Turn
from storage.prepared import part

CARRY: Mapping[type, Callable[..., None]] = {
    commands.FindOffices: programme.find_offices,
    commands.ExpressInterest: programme.express_interest,
    commands.MarkLead: programme.mark_lead,
    commands.Invite: programme.invite,
    commands.AcceptInvitation: programme.accept,
    commands.CreateGroup: groups.create,
    commands.JoinGroup: people.join,
    commands.AddPhonelessMember: people.add_phoneless,
    commands.Admit: people.admit,
    commands.DeclineApplicant: people.decline,
    commands.AppointOfficer: groups.appoint,
    commands.Rename: accounts.rename,
    commands.Leave: people.leave,
    commands.Stay: people.stay,
    commands.JoinAccounts: accounts.ask,
    commands.AnswerJoining: accounts.answer,
    commands.ReportSaving: deposits.report,
    commands.AddReceipt: deposits.add_receipt,
    commands.ConfirmDeposit: deposits.confirm,
    commands.OfferAmount: deposits.offer,
    commands.AnswerOffer: deposits.answer_offer,
    commands.RefuseDeposit: deposits.refuse,
    commands.WithdrawDeposit: deposits.withdraw,
    commands.AskReversal: reversals.ask,
    commands.AnswerReversal: reversals.answer,
    repaying.RepayLoan: deposits.repay,
    repaying.WriteOff: loans.write_off,
    repaying.Reschedule: loans.reschedule,
    parting.ProposeExpulsion: carry_parting.propose_expulsion,
    repaying.WaiveFine: loans.waive_fine,
    parting.SayDeath: carry_parting.say_death,
    parting.AnswerDeath: carry_parting.answer_death,
    moves.EnterMove: carry_moves.enter,
    moves.PayFine: carry_moves.pay_fine,
    moves.HandOver: carry_moves.hand_over,
    moves.AddMovePicture: carry_moves.add_picture,
    closings.CloseMonth: months.close,
    closings.AnswerMonth: months.answer,
    moves.CountCash: counts.count,
    moves.AnswerMove: carry_moves.answer,
    moves.WithdrawMove: carry_moves.withdraw,
    proposals.Propose: assembly.propose,
    proposals.ProposeRules: rules.propose,
    agreements.Accept: agreeing.accept,
    proposals.CastBallot: assembly.cast,
    objections.Object: objecting.raise_it,
    objections.AnswerObjection: objecting.answer,
    objections.TakeAnswer: objecting.take,
    surplus.CloseYear: years.close,
    surplus.AnswerYearClosing: years.answer,
    lending.AskLoan: loans.ask,
    lending.AnswerLoan: loans.answer,
    lending.WithdrawLoan: loans.withdraw,
    lending.PayLoan: payouts.pay,
    lending.ConfirmReceipt: payouts.confirm,
    lending.DenyReceipt: payouts.deny,
    opening.EnterOpening: carry_opening.enter,
    opening.EnterOpeningLine: carry_opening.enter_line,
    opening.SendOpening: carry_opening.send,
    opening.ConfirmOpeningLine: carry_opening.confirm,
    opening.DisputeOpeningLine: carry_opening.dispute,
    opening.SignOpening: carry_opening.sign,
    correcting.CorrectOpening: corrections.ask,
    correcting.AgreeToCorrection: corrections.agree,
    correcting.DeclineCorrection: corrections.decline,
    elections.CallElection: electing.call,
    elections.Nominate: electing.nominate,
    elections.AnswerNomination: electing.answer,
    elections.NameNobodyElse: electing.name_nobody_else,
    elections.CastSecretBallot: secret_ballots.cast,
    elections.EnterPapers: secret_ballots.enter_papers,
    surplus.ShareSurplus: sharing.propose,
    PayOut: owed.pay,
    AnswerPayout: owed.answer,
    lending.PutFirst: loans.put_first,
    bank_loans.ShareBankLoan: bank_sharing.share,
    bank_loans.AnswerBankShare: bank_sharing.answer,
}


def carry_out(turn: Turn, command: Command) -> None:
    """Do what was decided, in the unit that ends the conversation; refused, it leaves no trace, no word."""
    said = len(turn.out)
    turn.memo = None
    try:
        with part(turn.conn):
            CARRY[type(command)](turn, command)
    except Refused:
        del turn.out[said:]
        raise
