"""A loan from request to decision: by vote of the assembly, or by two of the board if the bylaws say so."""

from __future__ import annotations

from domain import matters
from domain.bylaws import Bylaws, Decider, LoanPrice
from domain.ids import NoteId
from domain.lending import (
    BOARD_ENOUGH,
    AnswerLoan,
    AskLoan,
    LoanAsked,
    LoanFirst,
    PutFirst,
    WithdrawLoan,
    refuse_amount,
    refuse_asker,
)
from domain.matters import Matter
from domain.persian import clean_line
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.repaying import Reschedule, WaiveFine, WriteOff
from domain.votes import MOST_AT_ONCE, last_day
from handlers import lending, voting
from handlers.cards import loan as card
from handlers.menu import menu_of
from handlers.openers.loans import loan_order
from handlers.openers.repaying import reschedule as rescheduling
from handlers.openers.repaying import waive_fine as fined
from handlers.openers.repaying import write_off as unpaid
from handlers.standing import own_member
from handlers.turn import Turn
from handlers.withdrawing import withdraw_loan
from storage import assembly, bylaws, groups, loans, notes
from storage.groups import MemberRow
from storage.loans import LoanRow

LONGEST_WORDS = 300


def ask(turn: Turn, command: AskLoan) -> None:
    """Store what is asked for, and put it before those who decide."""
    groups.lock_group(turn.conn, turn.member(command.membership).group_id)
    member = own_member(turn, command.membership)
    adopted = bylaws.bylaws_of(turn.conn, member.group_id)
    rules = adopted.rules
    if adopted.version != command.version or rules.loan_price is None:
        raise Refused("terms_changed", back_to="ask_loan.amount")
    asker = lending.asker_of(turn, member, rules)
    refuse_asker(asker)
    refuse_amount(asker.allowance, command.amount)
    turn.record(command, member.group_id, (member.person_id, member.helper_id))
    found = _stored(turn, command, member, rules, rules.loan_price)
    if rules.loans_decided_by is Decider.BOARD and len(card.actors_of(turn, found)) >= BOARD_ENOUGH:
        card.send_cards(turn, found)
        turn.say_with("ask_loan.sent_to_board", card.withdraw_rows(found), amount=found.principal)
    else:
        _put_to_vote(turn, found, member)


def answer(turn: Turn, command: AnswerLoan) -> None:
    """One of the board agrees or not: two agree, and it is granted; two no longer can, and it is not."""
    found = card.standing(turn, command.loan, command.revision, "asked")
    deciding = card.actors_of(turn, found)
    said = loans.answers_of(turn.conn, found.id)
    if turn.me not in deciding:
        raise Refused("not_yours_to_confirm")
    if turn.me in said:
        raise Refused("answered_already")
    card.record(turn, command, found)
    loans.answer(turn.conn, found.id, turn.me, turn.now, agreed=command.agreed)
    said[turn.me] = command.agreed
    turn.say("loan.answer_noted", menu_of(turn), **card.facts_of(turn, found))
    if sum(said.get(person, False) for person in deciding) >= BOARD_ENOUGH:
        lending.approve(turn, found, None)
    elif sum(said.get(person, True) for person in deciding) < BOARD_ENOUGH:
        lending.reject(turn, found, None)
    else:
        card.redraw(turn, found)


def withdraw(turn: Turn, command: WithdrawLoan) -> None:
    """The borrower no longer wants it; a vote on it ends, and the money is free for the next."""
    found = card.standing(turn, command.loan, command.revision, *loans.WITHDRAWABLE)
    own_member(turn, found.membership_id)
    card.record(turn, command, found)
    changed = withdraw_loan(turn, found)
    turn.say("loan.you_withdrew", menu_of(turn), **card.facts_of(turn, changed))


def put_first(turn: Turn, command: PutFirst) -> None:
    """Put the order of paying out to the vote."""
    groups.lock_group(turn.conn, command.group)
    queue = loan_order(turn, command.group)
    chosen = next((one for one in queue.queue if one.loan == command.loan), None)
    if chosen is None:
        raise Refused("already_decided")
    turn.record(command, command.group)
    words = _words(turn, "loan_order.words", name=chosen.name, amount=chosen.amount)
    matter = matters.write(LoanFirst(chosen.loan))
    vote = voting.open_vote(turn, command.group, ProposalKind.LOAN_ORDER, words, turn.me, matter=matter)
    turn.say("propose.opened", menu_of(turn), group=queue.group, day=last_day(vote.closes_at))


def write_off(turn: Turn, command: WriteOff) -> None:
    """Put it to the vote of all but the borrower whether what she owes is written off."""
    groups.lock_group(turn.conn, command.group)
    shown = unpaid(turn, command.group)
    chosen = next((one for one in shown.owing if one.lost == command.lost), None)
    found = loans.loan_by_id(turn.conn, command.lost.loan)
    if chosen is None or found is None:
        raise Refused("already_decided")
    card.record(turn, command, found)
    about = {"name": chosen.name, "left": chosen.lost.principal, "reason": command.reason}
    words = _words(turn, "write_off.words", **about)
    _open_vote(turn, turn.member(found.membership_id), ProposalKind.WRITE_OFF, words, command.lost)


def waive_fine(turn: Turn, command: WaiveFine) -> None:
    """Put it to the vote of all but whoever owes them whether fines are waived."""
    groups.lock_group(turn.conn, command.group)
    shown, waived = fined(turn, command.group), command.waived
    chosen = next((one for one in shown.fined if one.waived == waived), None)
    if chosen is None:
        raise Refused("already_decided")
    member = turn.member(chosen.membership)
    turn.record(command, command.group, (member.person_id, member.helper_id))
    about = {"name": chosen.name, "fine": waived.fine, "rounds": waived.rounds, "reason": command.reason}
    _open_vote(turn, member, ProposalKind.WAIVER, _words(turn, "waive_fine.words", **about), waived)


def reschedule(turn: Turn, command: Reschedule) -> None:
    """Put a new schedule to the vote, as the borrower or her helper saw it and agreed that she is named."""
    found, new = loans.locked_loan(turn.conn, command.new.loan), command.new
    shown = rescheduling(turn, new.loan)
    within = 1 <= new.months <= shown.most_months and shown.least <= new.first_due <= shown.most
    if found is None or not within or new.principal != shown.account.principal:
        raise Refused("schedule_outdated", back_to="reschedule.months")
    card.record(turn, command, found)
    about = {"name": shown.name, "left": new.principal, "months": new.months, "day": new.first_due}
    words = _words(turn, "reschedule.words", reason=command.reason, **about)
    _open_vote(turn, turn.member(found.membership_id), ProposalKind.RESCHEDULING, words, new)


def _stored(turn: Turn, command: AskLoan, member: MemberRow, rules: Bylaws, price: LoanPrice) -> LoanRow:
    note_id, _ = notes.add_note(turn.conn, command.purpose, turn.desk.random_bytes(notes.SALT_BYTES))
    return loans.add_loan(
        turn.conn,
        group_id=member.group_id,
        membership_id=member.id,
        note_id=note_id,
        principal=command.amount,
        method=price.method.value,
        rate=price.rate,
        months=command.months,
        rounding=rules.loan_rounding,
        bylaws=command.version,
        state="asked",
        asked_at=turn.now,
        asked_by=turn.me,
    )


def _put_to_vote(turn: Turn, found: LoanRow, member: MemberRow) -> None:
    """Open the vote: its words name her, how much and what for, as she agreed."""
    if len(assembly.open_proposals(turn.conn, found.group_id)) >= MOST_AT_ONCE:
        raise Refused("too_many_votes", count=MOST_AT_ONCE)
    words = _words(turn, "ask_loan.words", **card.facts_of(turn, found))
    price = LoanPrice(found.method, found.rate)
    about = LoanAsked(found.id, found.principal, price, found.months, found.rounding)
    vote = voting.open_vote(
        turn,
        found.group_id,
        ProposalKind.LOAN,
        words,
        turn.me,
        matter=matters.write(about),
        concerns=member.id,
    )
    changed = loans.update_loan(turn.conn, found, state="voting", proposal_id=vote.id)
    rows, day = card.withdraw_rows(changed), last_day(vote.closes_at)
    turn.say_with("ask_loan.sent_to_vote", rows, amount=found.principal, day=day)


def _open_vote(turn: Turn, member: MemberRow, kind: ProposalKind, words: NoteId, about: Matter) -> None:
    """Open a vote on what a member owes, and say until when it lasts."""
    put, matter = (turn, member.group_id, kind, words, turn.me), matters.write(about)
    vote = voting.open_vote(*put, matter=matter, concerns=member.id)
    group = turn.group(member.group_id).name
    turn.say("propose.opened", menu_of(turn), group=group, day=last_day(vote.closes_at))


def _words(turn: Turn, text: str, **facts: object) -> NoteId:
    """Keep what the assembly reads as one line."""
    words = clean_line(turn.desk.texts.render(text, facts), LONGEST_WORDS)
    return notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES)).id
