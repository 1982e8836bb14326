"""Facts for reporting a saving and for deciding on one."""

from __future__ import annotations

from conversations.talks import not_received as refusing
from conversations.talks import other_amount as counting
from conversations.talks import saving as talk
from domain.ids import DepositId
from domain.money import Rial
from domain.posting import OpenLine
from domain.refusals import Refused
from handlers.cards.deposit import confirmers_of
from handlers.standing import in_group, position
from handlers.turn import Turn
from storage import bylaws, deposits, rounds
from storage.deposits import DepositRow
from storage.groups import MemberRow


def saving(turn: Turn, subject: int | None) -> talk.Facts:
    """Whom it may be for, the usual amount, unpaid rounds; `subject` is an amount she wrote, in rials."""
    member, group, _ = in_group(turn)
    payers = tuple(_payer(turn, m) for m in (member, *position(turn).served) if m.leave_wished_at is None)
    if not payers:
        raise Refused("leaving_saves_no_more")
    latest = rounds.latest_round(turn.conn, group.id)
    return talk.Facts(
        group.name,
        latest.amount if latest and latest.closed_at is None else group.saving,
        group.unit,
        payers,
        latest.number if latest else 1,
        Rial(subject) if subject else None,
        subject,
        bylaws.bylaws_of(turn.conn, group.id).rules.voluntary_saving,
    )


def other_amount(turn: Turn, subject: int | None) -> counting.Facts:
    """The deposit whose amount was counted differently."""
    found = _decidable(turn, subject)
    member, group = turn.member(found.membership_id), turn.group(found.group_id)
    return counting.Facts(found.id, found.revision, member.name or "", found.amount, group.unit)


def not_received(turn: Turn, subject: int | None) -> refusing.Facts:
    """The deposit that did not arrive."""
    found = _decidable(turn, subject)
    name = turn.member(found.membership_id).name or ""
    return refusing.Facts(found.id, found.revision, name, found.amount, found.paid_for)


def _payer(turn: Turn, member: MemberRow) -> talk.Payer:
    waiting = deposits.waiting_in_round(turn.conn, member.id)
    left = (
        (line.number, line.left.rials - waiting.get(line.number, Rial(0)).rials)
        for line in reversed(rounds.unpaid_lines(turn.conn, member.id))
    )
    return talk.Payer(
        member.id, member.name or "", tuple(OpenLine(n, Rial(rest)) for n, rest in left if rest > 0)
    )


def _decidable(turn: Turn, subject: int | None) -> DepositRow:
    found = deposits.deposit_by_id(turn.conn, DepositId(subject or 0))
    if found is None or turn.me not in confirmers_of(turn, found):
        raise Refused("not_yours_to_confirm")
    if found.state != "waiting":
        raise Refused("already_decided")
    return found
