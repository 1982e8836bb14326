"""Putting it to the vote that a membership ends."""

from __future__ import annotations

from domain import matters, persian
from domain.parting import ProposeExpulsion
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.votes import last_day
from handlers.menu import menu_of
from handlers.openers.parting import expel as open_to_vote
from handlers.turn import Turn
from handlers.voting import open_vote
from storage import groups, notes

LONGEST_WORDS = 300


def propose_expulsion(turn: Turn, command: ProposeExpulsion) -> None:
    """Open the secret vote of all others, and tell whom it is about."""
    groups.lock_group(turn.conn, command.group)
    facts = open_to_vote(turn, command.group)
    if command.expulsion.membership not in {one.membership for one in facts.members}:
        raise Refused("already_decided")
    member = turn.member(command.expulsion.membership)
    turn.record(command, command.group, (member.person_id, member.helper_id))
    about = {"name": member.name or "", "reason": command.reason}
    words = persian.clean_line(turn.desk.texts.render("expel.words", about), LONGEST_WORDS)
    note = notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES)).id
    put = (turn, command.group, ProposalKind.EXPULSION, note, turn.me)
    vote = open_vote(*put, matter=matters.write(command.expulsion), concerns=member.id)
    day = last_day(vote.closes_at)
    turn.tell_member(
        member, "expel.about_you", (), f"about_you:{vote.id}", group=facts.group, day=day, **about
    )
    turn.say("propose.opened", menu_of(turn), group=facts.group, day=day)
