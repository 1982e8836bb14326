"""The card of each who is to receive a share of a bank loan: she agrees to it first, then it is voted on."""

from __future__ import annotations

from collections.abc import Mapping

from domain import matters
from domain.bank_loans import BankShare, BankSharing, FeeBearer
from domain.ids import MembershipId, PersonId
from domain.refusals import Refused
from domain.votes import Vote, last_day
from handlers.concerned import hand_of
from handlers.turn import Press, Rows, Turn
from storage import assembly
from storage.assembly import BallotRow, ProposalRow

KIND = "bs"


def send_cards(turn: Turn, found: ProposalRow, to: PersonId | None = None) -> None:
    """Ask each receiver who has not answered; or this person again, also for whom she helps."""
    for share, one in _asked(turn, found):
        hand = hand_of(turn.member(one.membership_id))
        if one.awaited and to in (None, hand):
            rows, facts = _rows(found, one), _facts(turn, found, share)
            turn.card(hand, _name(found, one), "bank_share.asked", rows, None, None, **facts)


def redraw(turn: Turn, found: ProposalRow) -> None:
    """Show on each card how it stands now."""
    for share, one in _asked(turn, found):
        facts = _facts(turn, found, share)
        turn.redraw(_name(found, one), _state_of(found, one), _rows(found, one), **facts)


def remind(turn: Turn, found: ProposalRow) -> None:
    """Once, whoever has not answered."""
    for share, one in _asked(turn, found):
        if one.awaited:
            hand, key = hand_of(turn.member(one.membership_id)), f"{_name(found, one)}:reminder"
            facts = _facts(turn, found, share)
            turn.remind(hand, "bank_share.reminder", _rows(found, one), key, **facts)


def sharing_of(found: ProposalRow) -> BankSharing:
    """Return what would be shared."""
    return matters.carried(found.matter, BankSharing)


def lines_of(turn: Turn, found: ProposalRow) -> list[tuple[str, object]]:
    """Return who is to receive how much."""
    return [(turn.member(one.membership).name or "", one.amount) for one in sharing_of(found).shares]


def named(choice: str) -> tuple[MembershipId, bool]:
    """Return whose share a button answers, and whether it agrees; Refused for what is no such button."""
    word, _, membership = choice.partition("_")
    if word not in ("agree", "decline") or not membership.isdecimal():
        raise Refused("not_found")
    return MembershipId(int(membership)), word == "agree"


def _asked(turn: Turn, found: ProposalRow) -> list[tuple[BankShare, BallotRow]]:
    ballots = {one.membership_id: one for one in assembly.ballots_of(turn.conn, found.id)}
    shares = sharing_of(found).shares
    return [(share, ballots[share.membership]) for share in shares if share.membership in ballots]


def _name(found: ProposalRow, one: BallotRow) -> str:
    return f"bank_share:{found.id}:{one.membership_id}"


def _state_of(found: ProposalRow, one: BallotRow) -> str:
    match one.vote:
        case Vote.YES:
            return "bank_share.agreed"
        case Vote.NO:
            return "bank_share.declined"
        case _:
            return "bank_share.asked" if found.state == "open" else "bank_share.over"


def _rows(found: ProposalRow, one: BallotRow) -> Rows:
    """Return the buttons to agree and to decline; who has agreed can take it back while others are asked."""
    if found.state != "open":
        return ()
    answers = ("decline",) if one.vote is Vote.YES else ("agree", "decline")
    return [[Press(KIND, found.id, f"{word}_{one.membership_id}", 0, f"share_{word}") for word in answers]]


def _facts(turn: Turn, found: ProposalRow, share: BankShare) -> Mapping[str, object]:
    sharing, member = sharing_of(found), turn.member(share.membership)
    return {
        "helped": (member.name or "") if member.helper_id else "",
        "group": turn.group(found.group_id).name,
        "proposer": turn.names([found.proposed_by]).get(found.proposed_by) or "",
        "amount": share.amount,
        "by_receivers": bool(sharing.fee) and sharing.borne_by is FeeBearer.RECEIVERS,
        "day": last_day(found.closes_at),
    }
