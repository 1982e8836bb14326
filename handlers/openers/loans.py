"""Facts for asking for a loan."""

from __future__ import annotations

from conversations.talks.ask_loan import Facts
from domain.bylaws import Decider
from domain.ids import MembershipId
from domain.lending import refuse_asker
from domain.refusals import Refused
from handlers.lending import asker_of
from handlers.standing import own_member
from handlers.turn import Turn
from storage import bylaws


def ask_loan(turn: Turn, subject: int | None) -> Facts:
    """What she may ask and at which price; `subject` is her membership, or that of a member she helps."""
    member = own_member(turn, MembershipId(subject or 0))
    version, rules = bylaws.bylaws_of(turn.conn, member.group_id)
    asker = asker_of(turn, member, rules)
    refuse_asker(asker)
    if rules.loan_price is None:
        raise Refused("loan_price_undecided")
    return Facts(
        subject=member.id,
        group=turn.group(member.group_id).name,
        name=member.name or "",
        helped=member.person_id != turn.me,
        unit=turn.group(member.group_id).unit,
        allowance=asker.allowance,
        most_months=rules.loan_most_instalments,
        price=rules.loan_price,
        version=version,
        by_board=rules.loans_decided_by is Decider.BOARD,
        today=turn.today,
    )
