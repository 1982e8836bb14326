"""Facts for writing down what became of the group's money, and for counting it."""

from __future__ import annotations

from conversations.parts import Candidate
from conversations.talks import cash_count as counting
from conversations.talks import hand_over as handing
from conversations.talks import money_move as moving
from conversations.talks import pay_fine as paying
from domain.ids import GroupId, MembershipId
from domain.ledger import Account
from domain.money import Rial
from domain.posting import DIFFERENCES, MoveKind, Way
from domain.refusals import Refused
from handlers import keeping
from handlers.lending import handed_over_in
from handlers.standing import own_member
from handlers.turn import Turn
from storage import books, bylaws, deposits, fines, groups, moves
from storage.groups import GroupRow


def money_move(turn: Turn, subject: int | None) -> moving.Facts:
    """The group, what its bylaws ask for, and its members who may have paid it; `subject` is the group."""
    group = kept_by_me(turn, subject)
    members = tuple(Candidate(m.id, m.name or "") for m in groups.members(turn.conn, group.id))
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    names = {one.membership: one.name for one in members}
    late = tuple(moving.Late(fine, names[fine.membership]) for fine in fines.fines_in(turn.conn, group.id))
    return moving.Facts(group.id, group.name, group.unit, rules.entry_fee, late, members)


def pay_fine(turn: Turn, subject: int | None) -> paying.Facts:
    """What a member owes for saving late; `subject` is her membership, of her own or of one she helps."""
    member = own_member(turn, MembershipId(subject or 0))
    owed = fines.fines_of(turn.conn, member.group_id, member.id)
    if not owed:
        raise Refused("fine_is_settled")
    return paying.Facts(turn.group(member.group_id).name, member.name or "", owed, member.id)


def hand_over(turn: Turn, subject: int | None) -> handing.Facts:
    """The cash this person keeps, or anybody where she is the treasurer; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    treasurer = groups.offices_of(turn.conn, group).treasurer
    found = [one for one in keeping.kept_in(turn, group.id) if turn.me in (one.keeper, treasurer)]
    if not found:
        raise Refused("nothing_kept")
    if treasurer is None:
        raise Refused("no_treasurer_yet")
    waiting = moves.waiting_moves(turn.conn, group.id)
    said = {one.keeper_id for one in waiting if one.kind is MoveKind.HANDED_OVER}
    free = [one for one in found if one.holder not in said]
    if not free:
        raise Refused("hand_over_waits")
    names = turn.names([treasurer, *(one.keeper for one in free)])
    kept = tuple(handing.Kept(one.holder, names.get(one.keeper, ""), one.amount) for one in free)
    return handing.Facts(group.id, group.name, group.unit, names.get(treasurer, ""), kept)


def cash_count(turn: Turn, subject: int | None) -> counting.Facts:
    """The cash by the books, and what was reported and nobody has confirmed; `subject` is the group."""
    group = kept_by_me(turn, subject)
    if any(one.kind in DIFFERENCES for one in moves.waiting_moves(turn.conn, group.id)):
        raise Refused("difference_waits")
    refuse_handed_over(turn, group.id)
    open_cash = (d.amount for d in deposits.open_deposits(turn.conn, group.id) if d.way is Way.CASH)
    by_books = books.balance_of(turn.conn, group.id, Account.CASH)
    kept = sum((one.amount for one in keeping.kept_in(turn, group.id)), Rial(0))
    waiting = sum(open_cash, Rial(0))
    return counting.Facts(group.id, group.name, group.unit, by_books, waiting, kept)


def refuse_handed_over(turn: Turn, group_id: GroupId) -> None:
    """Cash that a member has and that still stands in the books would be missed in the box."""
    if handed_over := handed_over_in(turn, group_id, Account.CASH):
        raise Refused("payout_waits", amount=handed_over)


def kept_by_me(turn: Turn, subject: int | None) -> GroupRow:
    """Return the group whose treasurer this person is; a refusal otherwise."""
    group = turn.group(GroupId(subject or 0))
    if turn.me != groups.offices_of(turn.conn, group).treasurer:
        raise Refused("treasurer_enters")
    return group
