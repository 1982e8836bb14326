"""Facts for proposing that a surplus be shared."""

from __future__ import annotations

from conversations.talks.share_surplus import Facts
from domain.ids import GroupId
from domain.ledger import Account
from domain.money import Rial
from domain.proposals import KINDS, ProposalKind
from domain.refusals import Refused
from domain.surplus import applied
from handlers.openers.assembly import deciding_of, open_kinds
from handlers.sharing import weights_of
from handlers.turn import Turn
from storage import assembly, books, bylaws, years
from storage.groups import GroupRow


def share_surplus(turn: Turn, subject: int | None) -> Facts:
    """The surplus of the years that are closed, and how it would be shared; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    year, retained = shareable(turn, group)
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    weights = weights_of(turn, group.id, year, rules.surplus_rule)
    return Facts(
        group.id,
        group.name,
        year,
        retained,
        applied(rules.surplus_rule, weights),
        tuple(weights.values()),
        rules.loan_rounding,
        group.unit,
        deciding_of(turn, group, KINDS[ProposalKind.SURPLUS].majority),
    )


def shareable(turn: Turn, group: GroupRow) -> tuple[int, Rial]:
    """Return the last closed year and the surplus there is; refused where this person cannot propose now."""
    open_kinds(turn, group)
    year = years.years_of(turn.conn, group.id).last_closed
    if year is None:
        raise Refused("close_the_year_first")
    if any(p.kind is ProposalKind.SURPLUS for p in assembly.open_proposals(turn.conn, group.id)):
        raise Refused("surplus_is_voted_on")
    retained = books.balance_of(turn.conn, group.id, Account.RETAINED_SURPLUS)
    if retained <= Rial(0):
        raise Refused("no_surplus")
    return year, retained
