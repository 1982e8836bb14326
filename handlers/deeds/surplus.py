"""The assembly shares a surplus: it is owed to the members, and becomes savings or is paid out."""

from __future__ import annotations

from collections.abc import Mapping

from domain import matters
from domain.ids import MembershipId
from domain.ledger import Account, Booking
from domain.money import Rial
from domain.posting import Owed, surplus_saved, surplus_shared
from domain.surplus import Sharing, pool, shares
from domain.votes import Outcome
from handlers.cards import payout as card
from handlers.deeds.booking import book_resolved
from handlers.sharing import weights_of
from handlers.turn import Turn
from storage import books, bylaws, passbooks, payouts
from storage.assembly import ProposalRow
from storage.entries import Booked


def share(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Share what is there, by the rule in force as the vote was opened, among the members of now."""
    if outcome is not Outcome.ACCEPTED:
        return
    sharing = matters.carried(closed.matter, Sharing)
    rules = bylaws.bylaws_at(turn.conn, closed.group_id, closed.bylaws).rules
    retained = books.balance_of(turn.conn, closed.group_id, Account.RETAINED_SURPLUS)
    weights = weights_of(turn, closed.group_id, sharing.year, rules.surplus_rule)
    made = shares(pool(retained, sharing.amount), weights, rules.loan_rounding)
    if not any(made.values()):
        group = turn.group(closed.group_id).name
        turn.tell(closed.proposed_by, "share_surplus.nothing_shared", (), None, group=group)
        return
    booked = _book(turn, closed, made, to_savings=sharing.to_savings)
    for member, amount in made.items():
        if amount:
            _give(turn, closed, member, amount, booked, to_savings=sharing.to_savings)


def _book(turn: Turn, closed: ProposalRow, made: Mapping[MembershipId, Rial], *, to_savings: bool) -> Booked:
    """Post the sharing, and that the shares become savings where that was resolved."""
    bookings = [Booking("surplus_shared", turn.today, surplus_shared(made))]
    if to_savings:
        bookings.append(Booking("surplus_saved", turn.today, surplus_saved(made)))
    members = [turn.member(one).person_id for one in made]
    return book_resolved(turn, closed, "CarryOutSharing", members, bookings)[-1]


def _give(
    turn: Turn, closed: ProposalRow, member: MembershipId, amount: Rial, booked: Booked, *, to_savings: bool
) -> None:
    """Tell a member her share; what is to be paid out waits for the treasurer."""
    turn.tell_member(
        turn.member(member),
        "share_surplus.yours",
        (),
        f"share:{closed.id}:{member}",
        group=turn.group(closed.group_id).name,
        amount=amount,
        to_savings=to_savings,
        balance=passbooks.member_balance(turn.conn, member),
        number=booked.sequence,
        print=booked.print,
    )
    if not to_savings:
        of = {"group_id": closed.group_id, "membership_id": member, "kind": Owed.SURPLUS}
        card.send_due(turn, payouts.add_payout(turn.conn, **of, amount=amount, due_at=turn.now))
