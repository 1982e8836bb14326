"""A member accepts the version of the bylaws, or of the savings agreement, that holds."""

from __future__ import annotations

from domain.agreements import Accept
from domain.refusals import Refused
from handlers.cards import acceptance as card
from handlers.concerned import leaders_of
from handlers.menu import menu_of
from handlers.turn import Turn
from storage import agreements, groups
from storage.agreements import AcceptanceRow
from storage.groups import MemberRow


def accept(turn: Turn, command: Accept) -> None:
    """Note it; the last one is told to who leads the group."""
    found, member = to_accept(turn, command)
    if found.version != agreements.version_of(turn.conn, found.group_id, found.document):
        raise Refused("newer_version")
    if found.accepted_at is not None:
        raise Refused("accepted_already")
    turn.record(command, found.group_id, (member.person_id, member.helper_id))
    agreements.accept(turn.conn, found.id, turn.now, turn.me)
    card.redraw(turn, found._replace(accepted_at=turn.now), member)
    asked = agreements.asked_of(turn.conn, found.group_id, found.document)
    done = sum(one.accepted_at is not None for one in asked)
    facts = card.facts_of(turn, found, member)
    turn.say("acceptance.thanks", menu_of(turn), done=done, asked=len(asked), **facts)
    if done == len(asked):
        _tell_leaders(turn, found)


def to_accept(turn: Turn, command: Accept) -> tuple[AcceptanceRow, MemberRow]:
    """Return what this person is to accept, for herself or for whom she helps; refused otherwise."""
    found = agreements.acceptance_by_id(turn.conn, command.acceptance)
    if found is None:
        raise Refused("not_found")
    groups.lock_group(turn.conn, found.group_id)
    member = turn.member(found.membership_id)
    if turn.me != (member.helper_id or member.person_id):
        raise Refused("not_yours")
    if member.state != "admitted":
        raise Refused("not_a_member")
    return agreements.acceptance_by_id(turn.conn, found.id) or found, member


def _tell_leaders(turn: Turn, found: AcceptanceRow) -> None:
    """Board and facilitator learn once that everybody accepted."""
    group = turn.group(found.group_id)
    for person in leaders_of(turn, group):
        key = f"all_accepted:{group.id}:{found.document.value}:{found.version}:{person}"
        facts = {"group": group.name, "document": found.document, "version": found.version}
        turn.tell(person, "acceptance.all_accepted", (), key, **facts)
