"""Who may do what, said once more from the pages of the programme: nobody decides on their own money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.model.seen import Deposit, Loan, Move, Payout, Reversal, Seen

SILENT = timedelta(days=3)
BOARD = ("chair", "secretary", "treasurer")
People = frozenset[int]
NOBODY: People = frozenset()


def owners(seen: Seen, member: int) -> People:
    """Whose money it is, and who helps her."""
    found = seen.members[member]
    return frozenset(person for person in (found.person_id, found.helper_id) if person is not None)


def side(seen: Seen, member: int) -> int:
    """Who answers for a member: she, or who helps her."""
    found = seen.members[member]
    return found.helper_id or found.person_id


def office(seen: Seen, group: int, held: str) -> int | None:
    return seen.offices.get((group, held))


def board(seen: Seen, group: int) -> People:
    return frozenset(person for (of, held), person in seen.offices.items() if of == group and held in BOARD)


def facilitator(seen: Seen, group: int) -> int:
    return seen.groups[group][1]


def first(chain: Iterable[int | None], parties: Iterable[int | None]) -> People:
    """The first who is there and no party."""
    shut_out = set(parties)
    return frozenset([person for person in chain if person is not None and person not in shut_out][:1])


def confirming(seen: Seen, paid: Deposit) -> People:
    """Treasurer, chair, facilitator, in this order."""
    group = paid.group_id
    chain = (office(seen, group, "treasurer"), office(seen, group, "chair"), facilitator(seen, group))
    return first(chain, owners(seen, paid.membership_id) | {paid.reported_by})


def reversing(seen: Seen, asked: Reversal) -> People:
    """Anyone of the board who is no party; else the facilitator."""
    paid = next((d for d in seen.deposits.values() if d.entry_id == asked.entry_id), None)
    if paid is not None:
        parties = owners(seen, paid.membership_id) | {paid.reported_by, asked.asked_by}
    else:
        (moved,) = (m for m in seen.moves.values() if m.entry_id == asked.entry_id)
        hers = owners(seen, moved.membership_id) if moved.membership_id else NOBODY
        parties = hers | {moved.entered_by, asked.asked_by}
    return board(seen, asked.group_id) - parties or first([facilitator(seen, asked.group_id)], parties)


def paying(seen: Seen, group: int, member: int, kind: str = "loan") -> People:
    """The treasurer, what she gets herself the chair; not who wished for a helped member that she leaves."""
    treasurer = office(seen, group, "treasurer")
    if treasurer is None:
        return NOBODY
    parties = owners(seen, member) if kind == "leaving" else {seen.members[member].person_id}
    return first((treasurer, office(seen, group, "chair")), parties)


def receiving(seen: Seen, group: int, member: int, payer: int | None, paid_at: datetime | None) -> People:
    """Who got it, or the chair what the helper paid; after days of silence anyone else of the board."""
    assert payer is not None
    assert paid_at is not None
    asked = first((side(seen, member), office(seen, group, "chair")), {payer})
    if seen.now < paid_at + SILENT:
        return asked
    return asked | (board(seen, group) - owners(seen, member) - {payer})


def agreeing(seen: Seen, group: int, enterer: int, member: int | None = None) -> People:
    """To what somebody entered: who paid it, then chair, secretary, facilitator."""
    payer = side(seen, member) if member is not None else None
    offices = (office(seen, group, "chair"), office(seen, group, "secretary"), facilitator(seen, group))
    return first((payer, *offices), {enterer})


def may_press(seen: Seen, kind: str, number: int, choice: str) -> People | None:
    """Who may press this button of a card in the state its matter is in; None where that is not judged."""
    match kind:
        case "d":
            return _on_deposit(seen, seen.deposits[number], choice)
        case "v":
            asked = seen.reversals[number]
            return reversing(seen, asked) if asked.state == "asked" else NOBODY
        case "w":
            return _on_loan(seen, number, seen.loans[number], choice)
        case "m":
            return _on_move(seen, seen.moves[number], choice)
        case "mc":
            closing = seen.months[number]
            return agreeing(seen, closing.group_id, closing.asked_by) if closing.state == "asked" else NOBODY
        case "ye" if choice in ("agree", "decline"):
            year = seen.years[number]
            return agreeing(seen, year.group_id, year.asked_by) if year.state == "asked" else NOBODY
        case "po":
            return _on_payout(seen, seen.payouts[number], choice)
        case "b" if choice in ("yes", "no", "abstain"):
            return _voting(seen, number)
        case _:
            return None


def revision_of(seen: Seen, kind: str, number: int) -> int | None:
    """The revision a button must carry; None where any does."""
    rows: dict[str, Mapping[int, Any]] = {"d": seen.deposits, "v": seen.reversals, "w": seen.loans}
    rows |= {"m": seen.moves, "mc": seen.months, "ye": seen.years, "po": seen.payouts}
    return rows[kind][number].revision if kind in rows else None


def _on_deposit(seen: Seen, paid: Deposit, choice: str) -> People:
    hers = owners(seen, paid.membership_id)
    match choice, paid.state:
        case "confirm" | "other" | "refuse", "waiting":
            return confirming(seen, paid)
        case "agree" | "disagree", "offered":
            return hers
        case "withdraw", "waiting" | "offered":
            return hers | {paid.reported_by}
        case _:
            return NOBODY


def _on_loan(seen: Seen, number: int, loan: Loan, choice: str) -> People:
    hers = owners(seen, loan.membership_id)
    match choice, loan.state:
        case "agree" | "decline", "asked":
            said = {person for of, person in seen.agreed if of == number}
            return board(seen, loan.group_id) - hers - {loan.asked_by} - said
        case "withdraw", "asked" | "voting" | "approved":
            return hers
        case "cash" | "transfer", "approved":
            return paying(seen, loan.group_id, loan.membership_id)
        case "receive", "paid_out":
            return receiving(seen, loan.group_id, loan.membership_id, loan.paid_by, loan.paid_at)
        case "deny", "paid_out":
            received = receiving(seen, loan.group_id, loan.membership_id, loan.paid_by, loan.paid_at)
            return received | {loan.paid_by or 0}
        case _:
            return NOBODY


def _on_move(seen: Seen, move: Move, choice: str) -> People:
    if move.state != "waiting":
        return NOBODY
    if choice == "withdraw":
        return frozenset({move.entered_by})
    return agreeing(seen, move.group_id, move.entered_by, move.membership_id)


def _on_payout(seen: Seen, owed: Payout, choice: str) -> People:
    match choice, owed.state:
        case "paid_cash" | "paid_transfer", "due":
            return paying(seen, owed.group_id, owed.membership_id, owed.kind)
        case "received_it" | "not_received_it", "paid":
            return receiving(seen, owed.group_id, owed.membership_id, owed.paid_by, owed.paid_at)
        case _:
            return NOBODY


def _voting(seen: Seen, number: int) -> People:
    """Electors who are still members, each for herself."""
    if seen.proposals[number].state != "open":
        return NOBODY
    electors = {of for vote, of in seen.ballots if vote == number}
    return frozenset(
        m.person_id for of, m in seen.members.items() if of in electors and m.state == "admitted"
    )


def lendable(seen: Seen, group: int) -> int:
    """Cash and bank without what belongs to somebody who will take it, by the balances."""
    counted = (101, 102, 203, 204, 205)
    return max(
        sum(r for (of, account, *_), r in seen.balances.items() if of == group and account in counted), 0
    )


def awaited(seen: Seen, group: int) -> int:
    """What leavers have agreed to get, beyond what the books owe them already."""
    leavers = [p for p in seen.payouts.values() if p.group_id == group and p.kind == "leaving"]
    return sum(max(p.amount - _owed(seen, p.membership_id), 0) for p in leavers if p.state in ("due", "paid"))


def _owed(seen: Seen, member: int) -> int:
    owing = (203, 204, 205)
    return -sum(r for (_, account, of, _), r in seen.balances.items() if of == member and account in owing)
