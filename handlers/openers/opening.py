"""Facts for entering the balances of paper books, and for saying that a line is not right."""

from __future__ import annotations

from datetime import timedelta

from conversations.talks import opening as beginning
from conversations.talks import opening_claim as claiming
from conversations.talks import opening_line as entering
from domain.calendar import jalali
from domain.ids import GroupId, MembershipId, OpeningLineId
from domain.opening import LineState, enters_opening
from domain.refusals import Refused
from handlers.cards.opening import asked_of, opening_at, owed_on
from handlers.turn import Turn
from storage import bylaws, corrections, groups, old_loans, openings
from storage.groups import GroupRow
from storage.openings import OpeningRow


def opening(turn: Turn, subject: int | None) -> beginning.Facts:
    """The group, and what was entered or signed before; `subject` is the group."""
    group = turn.group(GroupId(subject or 0))
    found = begun_by_me(turn, group)
    last_month = turn.today - timedelta(days=jalali(turn.today)[2])
    offered = (turn.today, last_month)
    if found is None:
        return beginning.Facts(group.id, group.name, group.unit, turn.today, offered)
    signed = _signed(turn, found)
    days = tuple(dict.fromkeys((found.as_of, *offered)))
    money = (found.cash, found.bank, found.aid)
    return beginning.Facts(group.id, group.name, group.unit, turn.today, days, *money, signed=signed)


def begun_by_me(turn: Turn, group: GroupRow) -> OpeningRow | None:
    """Return what was entered so far by whoever enters it; a refusal where it is too late, or not hers."""
    if turn.me != enters_opening(groups.offices_of(turn.conn, group)):
        raise Refused("treasurer_enters")
    found = openings.opening_of(turn.conn, group.id)
    if found is None and not openings.books_are_empty(turn.conn, group.id):
        raise Refused("books_have_begun")
    return found


def enterable(turn: Turn, group: GroupRow) -> OpeningRow | None:
    """Return what was entered so far, as `begun_by_me`; a refusal once it is signed."""
    found = begun_by_me(turn, group)
    if found is not None and found.state == "booked":
        raise Refused("opening_is_booked")
    return found


def correctable(turn: Turn, group: GroupRow) -> OpeningRow:
    """Return what was signed, for whoever enters it; a refusal before, and while some of it is put right."""
    found = begun_by_me(turn, group)
    if found is None or not _signed(turn, found):
        raise Refused("not_found")
    return found


def _signed(turn: Turn, found: OpeningRow) -> bool:
    """Tell whether it is signed; one correction after the other."""
    if found.state == "booked" and corrections.open_correction(turn.conn, found.id) is not None:
        raise Refused("correction_is_open")
    return found.state == "booked"


def opening_line(turn: Turn, subject: int | None) -> entering.Facts:
    """Whose line it is; `subject` is the membership."""
    member = turn.member(MembershipId(subject or 0))
    group = turn.group(member.group_id)
    found = begun_by_me(turn, group)
    if found is None:
        raise Refused("not_found")
    line, signed = openings.line_of(turn.conn, found.id, member.id), _signed(turn, found)
    if line is None if signed else member.state != "admitted":
        raise Refused("not_found")
    claimed = line.claimed if line else None
    of_loan = line is not None and line.of_loan
    return entering.Facts(
        subject=member.id,
        name=member.name or "",
        unit=group.unit,
        day=found.as_of,
        today=turn.today,
        rules=bylaws.bylaws_of(turn.conn, group.id).rules,
        entered=line.savings if line else None,
        claimed=None if of_loan else claimed,
        loans=tuple(one.fixed for one in old_loans.old_loans_of(turn.conn, member.id)),
        claimed_loan=claimed if of_loan else None,
        signed=signed,
        left=member.state != "admitted",
    )


def opening_claim(turn: Turn, subject: int | None) -> claiming.Facts:
    """The line that waits for this person's word; `subject` is its number."""
    line = openings.line_by_id(turn.conn, OpeningLineId(subject or 0))
    if line is None or line.state is not LineState.WAITING:
        raise Refused("already_decided")
    if turn.me not in asked_of(turn, line):
        raise Refused("not_yours_to_confirm")
    name, group = turn.member(line.membership_id).name or "", turn.group(opening_at(turn, line).group_id)
    owed = owed_on(turn, line)
    return claiming.Facts(line.id, line.revision, name, group.unit, line.savings, owed)
