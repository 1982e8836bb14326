"""Facts for proposing the bylaws, the terms of loans, what everybody saves, and the meetings."""

from __future__ import annotations

from conversations.parts import Deciding
from conversations.talks import bylaws as whole
from conversations.talks import loan_terms as lending
from conversations.talks import meetings as meeting
from conversations.talks import savings_agreement as saving
from domain.ids import GroupId
from domain.proposals import KINDS, ProposalKind
from handlers.cards.matter import purse_of, saving_of
from handlers.openers.assembly import deciding_of, open_kinds
from handlers.turn import Turn
from storage import bylaws
from storage.groups import GroupRow


def loan_terms(turn: Turn, subject: int | None) -> lending.Facts:
    """The rules of loans as they hold, and the group's own figures; `subject` is the group."""
    group, deciding = _open_in(turn, subject, ProposalKind.LOAN_TERMS)
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    return lending.Facts(group.id, group.name, rules, purse_of(turn, group), deciding, turn.today)


def whole_bylaws(turn: Turn, subject: int | None) -> whole.Facts:
    """All rules as they hold, or as we propose them; `subject` is the group."""
    group, deciding = _open_in(turn, subject, ProposalKind.BYLAWS)
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    return whole.Facts(group.id, group.name, rules, saving_of(group), group.unit, deciding)


def savings_agreement(turn: Turn, subject: int | None) -> saving.Facts:
    """What everybody saves now; `subject` is the group."""
    group, deciding = _open_in(turn, subject, ProposalKind.SAVINGS)
    usual = tuple(group.saving * halves // 2 for halves in (2, 3, 4))
    return saving.Facts(group.id, group.name, saving_of(group), group.unit, usual, deciding)


def meetings(turn: Turn, subject: int | None) -> meeting.Facts:
    """How the assembly would decide on its meetings; `subject` is the group."""
    group, deciding = _open_in(turn, subject, ProposalKind.MEETINGS)
    return meeting.Facts(group.id, group.name, turn.now, deciding)


def _open_in(turn: Turn, subject: int | None, kind: ProposalKind) -> tuple[GroupRow, Deciding]:
    """Return the group and how it would decide; refused where this person may propose nothing now."""
    group = turn.group(GroupId(subject or 0))
    open_kinds(turn, group)
    return group, deciding_of(turn, group, KINDS[kind].majority)
