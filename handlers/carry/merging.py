"""Two records of one person become one: what goes on moves over, the books are never rewritten."""

from __future__ import annotations

from domain.commands import AnswerJoining
from domain.ids import CommandId, PersonId
from domain.ledger import Booking, Line
from domain.offices import BOARD, KANOON, Offices
from domain.refusals import Refused
from handlers.carry import secret_ballots
from handlers.settling import HELD, waits
from handlers.turn import Turn
from storage import assembly, books, groups, joining, loans, people, rounds
from storage.groups import MemberRow
from storage.people import AccountRow


def merge(turn: Turn, command: AnswerJoining, asking: AccountRow) -> None:
    """Make the asking account this person's; whatever belonged to whoever stood behind it comes along."""
    kept, merged = turn.me, asking.person_id
    if merged is None:
        turn.record(command)
        people.attach(turn.conn, asking.id, kept)
        return
    pairs = _same_group(turn, kept, merged)
    for group_id in sorted(one.group_id for one, _ in pairs):
        groups.lock_group(turn.conn, group_id)
    for _, going in pairs:
        if waits(turn, going):
            raise Refused("settle_waiting_before_joining", group=turn.group(going.group_id).name)
        if loans.loan_before_receipt(turn.conn, going.id):
            raise Refused("settle_loan_before_joining", group=turn.group(going.group_id).name)
    turn.record(command, parties=(merged,))
    for staying, going in pairs:
        _join_memberships(turn, command, staying, going)
    _keep_phone(turn, kept, merged)
    joining.point_to(turn.conn, kept, merged)


def _same_group(turn: Turn, kept: PersonId, merged: PersonId) -> list[tuple[MemberRow, MemberRow]]:
    """Return the pairs of memberships in one group: the one that stays and the one that goes into it."""
    mine = {m.group_id: m for m in groups.memberships_of(turn.conn, kept)}
    pairs = [(mine[m.group_id], m) for m in groups.memberships_of(turn.conn, merged) if m.group_id in mine]
    return [
        (other, one) if one.state == "applied" and other.state == "admitted" else (one, other)
        for one, other in pairs
    ]


def _join_memberships(turn: Turn, command: AnswerJoining, staying: MemberRow, going: MemberRow) -> None:
    """Close the one that goes; its money, its office and its open votes pass over."""
    command_id = turn.record(command, staying.group_id, (staying.person_id, going.person_id))
    _transfer(turn, command_id, staying, going)
    loans.hand_over(turn.conn, going.id, staying.id)
    secret_ballots.join(turn, staying, going)
    assembly.join_ballots(turn.conn, staying.id, going.id)
    offices = groups.offices_of(turn.conn, turn.group(going.group_id))
    _pass_offices(turn, staying, going, offices)
    groups.update_membership(turn.conn, going.id, state="left", left_at=turn.now)
    rounds.release(turn.conn, going.id)
    assembly.look_again(turn.conn, going.group_id, turn.now)
    people.stop_looking(turn.conn, going.id)


def _transfer(turn: Turn, command_id: CommandId, staying: MemberRow, going: MemberRow) -> None:
    """Book what the membership that goes holds over to the one that stays; cash is not touched."""
    lines: list[Line] = []
    for account, purpose in HELD:
        amount = books.balance_of(turn.conn, going.group_id, account, going.id, purpose)
        if amount:
            lines += [Line(account, amount, going.id, purpose), Line(account, -amount, staying.id, purpose)]
    if lines:
        booking = Booking("memberships_joined", turn.today, tuple(lines))
        books.book(
            turn.conn,
            going.group_id,
            command_id,
            [booking],
            booked_at=turn.now,
            booked_on=turn.today,
            entered_by=going.person_id,
            confirmed_by=staying.person_id,
        )


def _pass_offices(turn: Turn, staying: MemberRow, going: MemberRow, offices: Offices) -> None:
    """One post per person in each body: an office passes over only to who has none there."""
    groups.end_terms(turn.conn, turn.now, membership_id=going.id)
    for body in (BOARD, KANOON):
        held = offices.of(going.person_id, body)
        if held and not offices.of(staying.person_id, body):
            groups.appoint(turn.conn, going.group_id, held[0], staying.id, turn.now)


def _keep_phone(turn: Turn, kept: PersonId, merged: PersonId) -> None:
    """A proven number is better than none or an unproven one."""
    one, other = people.person_by_id(turn.conn, kept), people.person_by_id(turn.conn, merged)
    if other.phone_proven and not one.phone_proven:
        people.update_person(turn.conn, kept, phone=other.phone, phone_proven=True)
