"""The card of an applicant: for whoever may admit her."""

from __future__ import annotations

from collections.abc import Mapping

from domain.bylaws import Size
from domain.calendar import local_day
from domain.ids import MembershipId, PersonId
from domain.offices import Confirmed, who_confirms
from handlers.sizes import size_facts, size_now
from handlers.turn import Press, Rows, Turn
from storage import groups
from storage.groups import GroupRow, MemberRow

KIND = "p"


def card_name(membership_id: MembershipId) -> str:
    """Name the card of one application."""
    return f"applicant:{membership_id}"


def send_cards(turn: Turn, member: MemberRow) -> None:
    """Put the application before everybody who may decide on it."""
    for person in deciders_of(turn, member):
        send_card(turn, member, person)


def send_card(turn: Turn, member: MemberRow, person: PersonId) -> None:
    """Give one person the card with its buttons."""
    turn.card(
        person,
        card_name(member.id),
        f"applicant.{member.state}",
        rows_of(member),
        None,
        None,
        **facts_of(turn, member),
    )


def redraw(turn: Turn, member: MemberRow) -> None:
    """Show on every card how the application stands now."""
    turn.redraw(card_name(member.id), f"applicant.{member.state}", rows_of(member), **facts_of(turn, member))


def deciders_of(turn: Turn, member: MemberRow) -> tuple[PersonId, ...]:
    """Return who may admit or decline now."""
    offices = groups.offices_of(turn.conn, turn.group(member.group_id))
    return who_confirms(Confirmed.ADMISSION, offices, frozenset({member.person_id}))


def waiting_in(turn: Turn, group: GroupRow) -> tuple[MemberRow, ...]:
    """Return who waits for admission, oldest first."""
    return groups.members(turn.conn, group.id, "applied")


def facts_of(turn: Turn, member: MemberRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    names = turn.names([member.decided_by]) if member.decided_by else {}
    return {
        "group": turn.group(member.group_id).name,
        "name": member.name or "",
        "purpose": member.purpose or "",
        "day": local_day(member.applied_at),
        "decider": names.get(member.decided_by, "") if member.decided_by else "",
        "reason": member.reason or "",
        "beyond": member.state == "applied" and size_now(turn, member.group_id, more=1) is Size.MANY,
        **size_facts(turn, member.group_id),
    }


def rows_of(member: MemberRow) -> Rows:
    """Return the buttons that fit the state."""
    if member.state != "applied":
        return ()
    return [[Press(KIND, member.id, "admit", 0, "admit"), Press(KIND, member.id, "decline", 0, "decline")]]
