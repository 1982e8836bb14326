"""A bank loan is to be shared out: the receivers agree first, then the assembly votes."""

from __future__ import annotations

from domain import matters
from domain.bank_loans import AnswerBankShare, ShareBankLoan, refuse_sharing
from domain.persian import clean_line
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.votes import Vote, last_day
from handlers.cards import bank_share
from handlers.carry.assembly import still_open
from handlers.concerned import hand_of
from handlers.menu import menu_of
from handlers.openers.bank_loans import refuse_sharing_now
from handlers.turn import Turn
from handlers.voting import close_vote, open_vote
from storage import assembly, groups, notes
from storage.assembly import ProposalRow

LONGEST_WORDS = 300


def share(turn: Turn, command: ShareBankLoan) -> None:
    """Ask everybody who is to receive a share; who proposes agrees to her own."""
    groups.lock_group(turn.conn, command.group)
    group, sharing = turn.group(command.group), command.sharing
    refuse_sharing_now(turn, group)
    members = {member.id: member for member in groups.members(turn.conn, group.id)}
    receivers = [one.membership for one in sharing.shares]
    if not set(receivers) <= members.keys():
        raise Refused("receiver_has_left", back_to="share_bank_loan.whom")
    refuse_sharing(sharing)
    turn.record(command, group.id, [members[one].person_id for one in receivers])
    facts = {"sharing": sharing, "shared": sharing.shared, "count": len(receivers)}
    words = clean_line(turn.desk.texts.render("share_bank_loan.words", facts), LONGEST_WORDS)
    note, _ = notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES))
    put = (turn, group.id, ProposalKind.BANK_CONSENT, note, turn.me)
    found = open_vote(*put, matter=matters.write(sharing), among=receivers)
    for mine in (one for one in receivers if members[one].person_id == turn.me):
        assembly.cast(turn.conn, found.id, mine, Vote.YES, turn.now, None)
    day = last_day(found.closes_at)
    turn.say("share_bank_loan.sent", menu_of(turn), group=group.name, count=len(receivers), day=day)
    bank_share.send_cards(turn, found)
    _go_on(turn, found)


def answer(turn: Turn, command: AnswerBankShare) -> None:
    """Agree or decline, for oneself or for whom one helps; the last answer opens the vote, a no ends it."""
    found = still_open(turn, command.proposal)
    ballots = {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id)}
    if found.kind is not ProposalKind.BANK_CONSENT or command.membership not in ballots:
        raise Refused("not_found")
    member = turn.member(command.membership)
    if turn.me != hand_of(member):
        raise Refused("not_yours")
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    vote, by = Vote.YES if command.agreed else Vote.NO, None if member.person_id == turn.me else turn.me
    assembly.cast(turn.conn, found.id, member.id, vote, turn.now, by)
    helped = (member.name or "") if member.helper_id else ""
    about = {"group": turn.group(found.group_id).name, "helped": helped}
    turn.say("bank_share.noted", menu_of(turn), agreed=command.agreed, **about)
    _go_on(turn, found)


def _go_on(turn: Turn, found: ProposalRow) -> None:
    """End the asking once nobody is awaited, or somebody declined."""
    ballots = assembly.ballots_of(turn.conn, found.id)
    if any(one.vote is Vote.NO for one in ballots) or not any(one.awaited for one in ballots):
        close_vote(turn, found)
    else:
        bank_share.redraw(turn, found)
