"""Facts for asking for a loan, and for proposing which is paid first."""

from __future__ import annotations

from conversations.talks import ask_loan as asking
from conversations.talks import loan_order as ordering
from domain.bylaws import Decider
from domain.ids import GroupId, MembershipId
from domain.lending import refuse_asker
from domain.refusals import Refused
from handlers.lending import asker_of
from handlers.openers.assembly import open_kinds
from handlers.standing import own_member
from handlers.turn import Turn
from storage import bylaws, groups, loans

SEVERAL = 2


def ask_loan(turn: Turn, subject: int | None) -> asking.Facts:
    """What she may ask and at which price; `subject` is her membership, or that of a member she helps."""
    member = own_member(turn, MembershipId(subject or 0))
    adopted = bylaws.bylaws_of(turn.conn, member.group_id)
    rules = adopted.rules
    asker = asker_of(turn, member, rules)
    refuse_asker(asker)
    if rules.loan_price is None:
        raise Refused("loan_price_undecided")
    return asking.Facts(
        subject=member.id,
        group=turn.group(member.group_id).name,
        name=member.name or "",
        helped=member.person_id != turn.me,
        unit=turn.group(member.group_id).unit,
        allowance=asker.allowance,
        most_months=rules.loan_most_instalments,
        price=rules.loan_price,
        version=adopted.version,
        by_board=rules.loans_decided_by is Decider.BOARD,
        today=turn.today,
    )


def loan_order(turn: Turn, subject: int | None) -> ordering.Facts:
    """The loans that were approved and not paid out, in their order; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    if turn.me not in groups.offices_of(turn.conn, group).board:
        raise Refused("not_for_you")
    open_kinds(turn, group)
    queue = [row for row in loans.queue_of_group(turn.conn, group.id) if row.state == "approved"]
    if len(queue) < SEVERAL:
        raise Refused("no_queue_to_order")
    names = {member.id: member.name or "" for member in groups.members(turn.conn, group.id)}
    waiting = (ordering.Waiting(row.id, names.get(row.membership_id, ""), row.principal) for row in queue)
    return ordering.Facts(group.id, group.name, tuple(waiting))
