"""Who may do what, said once more from the pages of the programme: nobody decides on their own money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.model.rows import Death, Deposit, Loan, Move, Payout, Reversal
from tests.model.seen import Seen

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


def died(seen: Seen, member: int) -> bool:
    """Whether two of the board have said so."""
    return "confirmed" in {one.state for one in seen.deaths.values() if one.membership_id == member}


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
    """Who collects, and is no party."""
    return collecting(seen, paid.group_id, owners(seen, paid.membership_id) | {paid.reported_by})


def collecting(seen: Seen, group: int, parties: People) -> People:
    """Treasurer, chair, facilitator, in this order."""
    chain = (office(seen, group, "treasurer"), office(seen, group, "chair"), facilitator(seen, group))
    return first(chain, parties)


def mourning(seen: Seen, said: Death) -> People:
    """Anyone else of the board who did not help her; else the facilitator."""
    parties = owners(seen, said.membership_id) | {said.said_by}
    return board(seen, said.group_id) - parties or first([facilitator(seen, said.group_id)], parties)


def reversing(seen: Seen, asked: Reversal) -> People:
    """Anyone of the board who is no party; else the facilitator."""
    touched = [
        *((d.membership_id, d.reported_by) for d in seen.deposits.values() if d.entry_id == asked.entry_id),
        *(
            (m.membership_id, by)
            for m in seen.moves.values()
            if m.entry_id == asked.entry_id
            for by in (m.entered_by, m.keeper_id if m.kind == "handed_over" else None)
        ),
        *(
            (w.membership_id, by)
            for w in seen.loans.values()
            if w.entry_id == asked.entry_id
            for by in (w.asked_by, w.paid_by)
        ),
        *((p.membership_id, p.paid_by) for p in seen.payouts.values() if p.entry_id == asked.entry_id),
    ]
    parties = {asked.asked_by, *(by for _, by in touched)}
    parties |= {person for member, _ in touched if member for person in owners(seen, member)}
    return board(seen, asked.group_id) - parties or first([facilitator(seen, asked.group_id)], parties)


def paying(seen: Seen, group: int, member: int, kind: str = "loan") -> People:
    """The treasurer, what she gets herself the chair; not who wished for a helped member that she leaves."""
    treasurer = office(seen, group, "treasurer")
    if treasurer is None:
        return NOBODY
    parties = owners(seen, member) if kind == "leaving" else {seen.members[member].person_id}
    return first((treasurer, office(seen, group, "chair")), parties)


def receiving(
    seen: Seen, group: int, member: int, payer: int | None, paid_at: datetime | None, kind: str = "loan"
) -> People:
    """Who got it, or the chair what the helper paid; after days of silence anyone else of the board."""
    assert payer is not None
    assert paid_at is not None
    hers = None if kind != "loan" and died(seen, member) else side(seen, member)
    asked = first((hers, office(seen, group, "chair")), {payer})
    if seen.now < paid_at + SILENT:
        return asked
    return asked | (board(seen, group) - owners(seen, member) - {payer})


def agreeing(seen: Seen, group: int, enterer: int, member: int | None = None) -> People:
    """To one's own as to a saving; else who paid it, then chair, secretary, facilitator."""
    if member is not None and enterer in owners(seen, member):
        return collecting(seen, group, owners(seen, member))
    payer = side(seen, member) if member is not None else None
    offices = (office(seen, group, "chair"), office(seen, group, "secretary"), facilitator(seen, group))
    return first((payer, *offices), {enterer})


def receiving_cash(seen: Seen, move: Move) -> People:
    """While there is a treasurer: who kept it, or she; after them chair, secretary, facilitator."""
    group, keeper = move.group_id, move.keeper_id
    treasurer = office(seen, group, "treasurer")
    if treasurer is None:
        return NOBODY
    mine = {m.person_id for m in seen.members.values() if (m.group_id, m.state) == (group, "admitted")}
    asked = keeper if keeper in mine | {facilitator(seen, group)} and keeper != treasurer else None
    others = (office(seen, group, "chair"), office(seen, group, "secretary"), facilitator(seen, group))
    return first((asked, treasurer, *others), {move.entered_by})


def answering(seen: Seen, move: Move) -> People:
    """Who says whether what was entered about the group's money is right."""
    if move.kind == "handed_over":
        return receiving_cash(seen, move)
    return agreeing(seen, move.group_id, move.entered_by, move.membership_id)


def keeping(seen: Seen, group: int, way: str | None, taker: int | None, parties: People) -> int | None:
    """Who took cash in keeps it; in the box is only what the treasurer took, or what is her own."""
    treasurer = office(seen, group, "treasurer")
    if way != "cash" or (treasurer is not None and treasurer in {taker, *parties}):
        return None
    return taker


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
        case "dd":
            said = seen.deaths[number]
            return mourning(seen, said) if said.state == "said" else NOBODY
        case "bs":
            return _on_share(seen, number, choice)
        case "b" if choice in ("yes", "no", "abstain"):
            return _voting(seen, number)
        case _:
            return None


def revision_of(seen: Seen, kind: str, number: int) -> int | None:
    """The revision a button must carry; None where any does."""
    rows: dict[str, Mapping[int, Any]] = {"d": seen.deposits, "v": seen.reversals, "w": seen.loans}
    rows |= {"m": seen.moves, "mc": seen.months, "ye": seen.years, "po": seen.payouts, "dd": seen.deaths}
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
    return answering(seen, move)


def _on_payout(seen: Seen, owed: Payout, choice: str) -> People:
    match choice, owed.state:
        case "paid_cash" | "paid_transfer", "due":
            return paying(seen, owed.group_id, owed.membership_id, owed.kind)
        case "received_it" | "not_received_it", "paid":
            about = (owed.group_id, owed.membership_id, owed.paid_by, owed.paid_at, owed.kind)
            return receiving(seen, *about)
        case _:
            return NOBODY


def _on_share(seen: Seen, number: int, choice: str) -> People:
    """Who is to get a share, or helps her, while receivers are asked; who has agreed may decline."""
    word, _, member = choice.partition("_")
    said = seen.ballots.get((number, int(member)))
    if seen.proposals[number].state != "open" or said is None or (word, said[0]) == ("agree", "yes"):
        return NOBODY
    return frozenset({side(seen, int(member))})


def _voting(seen: Seen, number: int) -> People:
    """Electors who are still members, each for herself."""
    if seen.proposals[number].state != "open":
        return NOBODY
    electors = {of for vote, of in seen.ballots if vote == number}
    return frozenset(
        m.person_id for of, m in seen.members.items() if of in electors and m.state == "admitted"
    )
