"""Facts for proposing how a bank loan is shared out."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks.share_bank_loan import Facts
from domain.ids import GroupId
from domain.proposals import KINDS, ProposalKind
from domain.refusals import Refused
from handlers.openers.assembly import deciding_of, open_kinds
from handlers.turn import Turn
from storage import assembly, groups
from storage.groups import GroupRow

SHARING = frozenset({ProposalKind.BANK_CONSENT, ProposalKind.BANK_SHARES})


def share_bank_loan(turn: Turn, subject: int | None) -> Facts:
    """The members who can receive a share; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    refuse_sharing_now(turn, group)
    staying = (m for m in groups.members(turn.conn, group.id) if m.leave_wished_at is None)
    members = tuple(Candidate(member.id, member.name or "") for member in staying)
    if not members:
        raise Refused("no_members_yet", group=group.name)
    deciding = deciding_of(turn, group, KINDS[ProposalKind.BANK_SHARES].majority)
    return Facts(group.id, group.name, group.unit, members, deciding)


def refuse_sharing_now(turn: Turn, group: GroupRow) -> None:
    """Chair and treasurer propose it, one sharing at a time."""
    offices = groups.offices_of(turn.conn, group)
    if turn.me not in (offices.chair, offices.treasurer):
        raise Refused("chair_or_treasurer_shares")
    if any(found.kind in SHARING for found in assembly.open_proposals(turn.conn, group.id)):
        raise Refused("bank_loan_is_shared_already")
    open_kinds(turn, group)
