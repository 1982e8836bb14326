"""Facts for calling an election, naming somebody, and entering sealed papers."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks import elect as calling
from conversations.talks import enter_papers as entering
from conversations.talks import nominate as naming
from domain.ids import GroupId, ProposalId
from domain.proposals import Ballots, ProposalKind
from domain.refusals import Refused
from domain.votes import Majority
from handlers.cards import contest, election, vote
from handlers.openers.assembly import deciding_of, open_kinds
from handlers.openers.groups import can_act
from handlers.turn import Turn
from storage import assembly, groups
from storage.assembly import ProposalRow
from storage.groups import GroupRow, MemberRow

ELECTING = frozenset({ProposalKind.ELECTION, ProposalKind.OFFICE})


def elect(turn: Turn, subject: int | None) -> calling.Facts:
    """The group, and how long names are gathered; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    refuse_calling(turn, group)
    deciding = deciding_of(turn, group, Majority.ORDINARY)
    return calling.Facts(group.id, group.name, deciding.voters, deciding.days, deciding.whole)


def refuse_calling(turn: Turn, group: GroupRow) -> None:
    """Whoever may propose may call an election, one at a time."""
    contest.ballot_key(turn)
    if any(found.kind in ELECTING for found in assembly.open_proposals(turn.conn, group.id)):
        raise Refused("election_is_running", group=group.name)
    open_kinds(turn, group)


def nominate(turn: Turn, subject: int | None) -> naming.Facts:
    """The offices that are up and the members one may name; `subject` is the election."""
    found = _open(turn, subject)
    if found.kind is not ProposalKind.ELECTION:
        raise Refused("not_found")
    members = groups.members(turn.conn, found.group_id)
    if not any(member.person_id == turn.me for member in members):
        raise Refused("not_a_member")
    others = tuple(
        Candidate(m.id, m.name or "") for m in members if m.person_id != turn.me and can_act(turn, m)
    )
    if not others:
        raise Refused("no_members_yet", group=turn.group(found.group_id).name)
    return naming.Facts(found.id, turn.group(found.group_id).name, election.offices_of(found), others)


def enter_papers(turn: Turn, subject: int | None) -> entering.Facts:
    """The secret ballot, and those who may have handed in a paper; `subject` is the proposal."""
    found = _open(turn, subject)
    if found.ballots is not Ballots.SECRET:
        raise Refused("not_found")
    if turn.me != vote.enterer_of(turn, found):
        raise Refused("not_yours_to_enter")
    members = papers_of(turn, found)
    if not members:
        raise Refused("nobody_to_enter_for")
    labels = contest.labels_of(turn, found)
    choices = tuple(entering.Choice(said, "" if said == label else str(label)) for said, label in labels)
    served = tuple(Candidate(member.id, member.name or "") for member in members)
    return entering.Facts(found.id, contest.about_of(found), choices, served)


def papers_of(turn: Turn, found: ProposalRow) -> tuple[MemberRow, ...]:
    """Return the electors who vote on paper: those without an account who have not voted otherwise."""
    roll = {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id)}
    on_paper = {one for one, entry in roll.items() if entry.entered_by is not None}
    free = {one for one, entry in roll.items() if entry.cast_at is None}
    members = groups.members(turn.conn, found.group_id)
    return tuple(m for m in members if m.id in on_paper or (m.id in free and not can_act(turn, m)))


def _open(turn: Turn, subject: int | None) -> ProposalRow:
    found = assembly.proposal_by_id(turn.conn, ProposalId(subject or 0))
    if found is None:
        raise Refused("not_found")
    if found.state != "open":
        raise Refused("vote_is_over")
    return found
