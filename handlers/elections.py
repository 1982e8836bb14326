"""The course of an election: nominations, a ballot for each office, and then the terms begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain import matters
from domain.calendar import add_months, jalali
from domain.elections import SECOND_BALLOT, TOLD_DAYS_BEFORE, Contest, Seat, SecondBallot
from domain.ids import MembershipId, NoteId, PersonId
from domain.offices import BOARD, Office, Offices, body_of
from domain.proposals import ProposalKind
from domain.votes import Outcome
from handlers.cards.election import offices_of
from handlers.counting import verdict_of
from handlers.handover import handing_over
from handlers.turn import Turn
from handlers.views.other_groups import tell_with_menu
from storage import assembly, ballot_box, bylaws, elections, groups, notes
from storage.assembly import ProposalRow
from storage.groups import GroupRow


def next_contest(turn: Turn, closed: ProposalRow, result: Outcome) -> Contest | None:
    """Return the ballot that follows; where an election is over the terms of those elected begin."""
    if closed.kind is ProposalKind.ELECTION:
        return _from(turn, closed, offices_of(closed), ())
    if closed.kind is not ProposalKind.OFFICE:
        return None
    contest = matters.carried(closed.matter, Contest)
    if result is Outcome.UNDECIDED:
        verdict = verdict_of(turn, closed, ballot_box.said_in(turn.conn, closed.id))
        if isinstance(verdict, SecondBallot):
            return replace(contest, candidates=verdict.candidates, ballot=SECOND_BALLOT)
    seats = contest.seats
    if closed.concerns is not None:
        seats = (*seats, Seat(contest.office, closed.concerns))
    election = assembly.known_proposal(turn.conn, contest.election)
    offices = offices_of(election)
    return _from(turn, election, offices[offices.index(contest.office) + 1 :], seats)


def words_of(turn: Turn, contest: Contest) -> NoteId:
    """Put into words what a ballot is about."""
    words = turn.desk.texts.render("contest.about", {"office": contest.office})
    return notes.add_note(turn.conn, words, turn.desk.random_bytes(notes.SALT_BYTES))[0]


def _from(
    turn: Turn, election: ProposalRow, offices: tuple[Office, ...], seats: tuple[Seat, ...]
) -> Contest | None:
    """Return the ballot for the first of these offices that somebody stands for."""
    for office in offices:
        candidates = _candidates(turn, election, office, seats)
        if candidates:
            return Contest(election.id, office, candidates, seats=seats)
    _begin_terms(turn, election, seats)
    return None


def _candidates(
    turn: Turn, election: ProposalRow, office: Office, seats: tuple[Seat, ...]
) -> tuple[MembershipId, ...]:
    """Return who stands and holds no other post: none she was elected to, none that is not up."""
    offices, body = groups.offices_of(turn.conn, turn.group(election.group_id)), body_of(office)
    taken = {seat.who for seat in seats if seat.office in body}
    kept = {offices.holder(one) for one in body if one not in offices_of(election)}
    named = elections.nominations_of(turn.conn, election.id)
    fit = (one for one in named if one.office is office and one.stands and one.person_id not in kept)
    return tuple(one.membership_id for one in fit if one.membership_id not in taken)


def _begin_terms(turn: Turn, election: ProposalRow, seats: tuple[Seat, ...]) -> None:
    """Put those elected into their offices and tell everybody how the board stands."""
    group = turn.group(election.group_id)
    before = groups.offices_of(turn.conn, group)
    months = bylaws.bylaws_of(turn.conn, group.id).rules.board_months
    ends = add_months(turn.today, months, jalali(turn.today)[2])
    told = ends - timedelta(days=TOLD_DAYS_BEFORE)
    seats = tuple(seat for seat in seats if turn.member(seat.who).state == "admitted")
    with handing_over(turn, group):
        for seat in seats:
            for office in body_of(seat.office):
                groups.end_terms(turn.conn, turn.now, membership_id=seat.who, office=office.value)
        for seat in seats:
            groups.elect(turn.conn, group.id, seat.office, seat.who, turn.now, ends, told)
    _tell_everybody(turn, election, group, seats)
    _tell_officers(turn, group, before, ends)


def _tell_officers(turn: Turn, group: GroupRow, before: Offices, ends: date) -> None:
    """Tell whoever has another office than before, and whoever has none any more."""
    now = groups.offices_of(turn.conn, group)
    for office in Office:
        was, holder = before.holder(office), now.holder(office)
        facts = {"office": office, "of_board": office in BOARD}
        if holder is not None and holder != was:
            tell_with_menu(turn, holder, group, "election.you_are", day=ends, **facts)
        if was is not None and not now.of(was, body_of(office)):
            tell_with_menu(turn, was, group, "election.you_were", name=_name(turn, holder), **facts)


def _tell_everybody(turn: Turn, election: ProposalRow, group: GroupRow, seats: tuple[Seat, ...]) -> None:
    offices, body = groups.offices_of(turn.conn, group), body_of(offices_of(election)[0])
    filled = {seat.office for seat in seats}
    facts: dict[str, object] = {
        "group": group.name,
        "held": [(one, _name(turn, offices.holder(one))) for one in body if offices.holder(one)],
        "of_board": body == BOARD,
        "unfilled": [one for one in offices_of(election) if one not in filled],
    }
    for member in groups.members(turn.conn, group.id):
        turn.tell_member(member, "election.over", (), f"elected:{election.id}:{member.id}", **facts)
    turn.tell(group.facilitator_id, "election.over", (), f"elected:{election.id}:facilitator", **facts)


def _name(turn: Turn, person: PersonId | None) -> str:
    return "" if person is None else turn.names([person]).get(person) or ""
