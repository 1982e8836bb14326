"""Facts for putting something to the vote, and for entering the vote of somebody else."""

from __future__ import annotations

from conversations.parts import Candidate, Deciding
from conversations.talks import enter_ballot as entering
from conversations.talks import propose as proposing
from domain.ids import GroupId, ProposalId
from domain.proposals import ProposalKind, proposable
from domain.refusals import Refused
from domain.votes import MOST_AT_ONCE, Majority
from handlers.cards import vote
from handlers.turn import Turn
from storage import assembly, bylaws, groups, notes
from storage.groups import GroupRow


def propose(turn: Turn, subject: int | None) -> proposing.Facts:
    """The group and what this person may propose in it; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    kinds = open_kinds(turn, group)
    return proposing.Facts(group.id, group.name, kinds, deciding_of(turn, group, Majority.ORDINARY))


def deciding_of(turn: Turn, group: GroupRow, majority: Majority) -> Deciding:
    """Return how the assembly would decide now."""
    adopted = bylaws.bylaws_of(turn.conn, group.id)
    count, voting = len(groups.members(turn.conn, group.id)), adopted.rules.voting
    return Deciding(count, voting.days, voting.majority_of(majority), adopted.whole)


def open_kinds(turn: Turn, group: GroupRow) -> tuple[ProposalKind, ...]:
    """Return what this person may propose now; a refusal where that is nothing."""
    members = groups.members(turn.conn, group.id)
    belongs = any(member.person_id == turn.me for member in members)
    kinds = proposable(turn.me, groups.offices_of(turn.conn, group), belongs=belongs)
    if not kinds:
        raise Refused("not_for_you")
    if not members:
        raise Refused("no_members_yet", group=group.name)
    running = assembly.open_proposals(turn.conn, group.id)
    if any(found.proposed_by == turn.me for found in running):
        raise Refused("your_proposal_is_open")
    if len(running) >= MOST_AT_ONCE:
        raise Refused("too_many_votes", count=MOST_AT_ONCE)
    return kinds


def enter_ballot(turn: Turn, subject: int | None) -> entering.Facts:
    """The vote, and those whose ballots this person enters; `subject` is the proposal."""
    found = assembly.proposal_by_id(turn.conn, ProposalId(subject or 0))
    if found is None:
        raise Refused("not_found")
    if found.state != "open":
        raise Refused("vote_is_over")
    if turn.me != vote.enterer_of(turn, found):
        raise Refused("not_yours_to_enter")
    served = tuple(Candidate(m.id, m.name or "") for m in vote.without_account(turn, found))
    if not served:
        raise Refused("nobody_to_enter_for")
    return entering.Facts(found.id, found.kind, notes.note_text(turn.conn, found.note_id) or "", served)
