"""Who belongs to several groups sees one of them at a time, and turns to another by a button."""

from __future__ import annotations

from domain.ids import MembershipId, PersonId
from domain.refusals import Refused
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Press, Turn
from storage import people
from storage.groups import GroupRow, MemberRow

KIND = "og"


def admitted(turn: Turn) -> list[MemberRow]:
    """Return her memberships that hold."""
    return [m for m in position(turn).memberships if m.state == "admitted"]


def button(turn: Turn, member: MemberRow) -> Press:
    """Return what turns to the group of this membership."""
    return Press(KIND, member.id, "look", 0, "look_at_group", {"name": turn.group(member.group_id).name})


def press(turn: Turn, number: int, choice: str, revision: int) -> None:  # noqa: ARG001 — every press is called alike
    """Turn to another of her groups."""
    member = next((m for m in admitted(turn) if m.id == MembershipId(number)), None)
    if member is None:
        raise Refused("not_a_member")
    people.look_at(turn.conn, turn.here.id, member.id)
    turn.account = people.account_by_id(turn.conn, turn.here.id)
    turn.say("me.looking_at", menu_of(turn), group=turn.group(member.group_id).name)


def tell_with_menu(turn: Turn, person: PersonId, group: GroupRow, text: str, **facts: object) -> None:
    """Tell somebody whose menu in a group has changed; who sees another of hers gets the button to it."""
    account = people.account_to_tell(turn.conn, person)
    if account is None:
        return
    there = turn.at(account)
    hers = [m for m in admitted(there) if m.group_id == group.id]
    elsewhere = bool(hers) and position(there).member not in hers
    keyboard = there.inline([[button(there, hers[0])]], account.id) if elsewhere else menu_of(there)
    there.say(text, keyboard, group=group.name, elsewhere=elsewhere, **facts)
