"""The card on which a member accepts a version of the bylaws or of the savings agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.agreements import Document, reminds_at
from handlers.cards.matter import saving_of
from handlers.turn import Press, Rows, Turn
from storage import agreements
from storage.agreements import AcceptanceRow
from storage.groups import GroupRow, MemberRow

KIND = "ac"


def ask_all(turn: Turn, group: GroupRow, document: Document, members: Sequence[MemberRow]) -> None:
    """Put the version that holds before these members; nothing where the assembly adopted none."""
    version = agreements.version_of(turn.conn, group.id, document)
    if not version:
        return
    ids = [member.id for member in members]
    agreements.ask(turn.conn, ids, document, version, asked_at=turn.now, due_at=reminds_at(turn.now))
    asked = {row.membership_id: row for row in agreements.asked_of(turn.conn, group.id, document)}
    for member in members:
        send_card(turn, asked[member.id], member)


def ask_newcomer(turn: Turn, group: GroupRow, member: MemberRow) -> None:
    """Put all that holds before somebody who has just become a member."""
    for document in Document:
        ask_all(turn, group, document, [member])


def send_card(turn: Turn, found: AcceptanceRow, member: MemberRow) -> None:
    """Give her the card, or whoever helps her."""
    turn.card(
        member.helper_id or member.person_id,
        card_name(found),
        f"acceptance.{found.document.value}",
        rows_of(found),
        None,
        None,
        **facts_of(turn, found, member),
    )


def redraw(turn: Turn, found: AcceptanceRow, member: MemberRow) -> None:
    """Show on her card that she accepted."""
    turn.redraw(card_name(found), "acceptance.accepted", rows_of(found), **facts_of(turn, found, member))


def card_name(found: AcceptanceRow) -> str:
    """The card of one member and version."""
    return f"acceptance:{found.id}"


def facts_of(turn: Turn, found: AcceptanceRow, member: MemberRow) -> Mapping[str, object]:
    """Return everything the card's texts may name."""
    group = turn.group(found.group_id)
    return {
        "group": group.name,
        "name": member.name or "",
        "helped": member.helper_id is not None,
        "document": found.document,
        "version": found.version,
        "saving": saving_of(group),
    }


def rows_of(found: AcceptanceRow) -> Rows:
    """Return the buttons: what is accepted can be read at any time."""
    read = [[Press(KIND, found.id, "read", 0, "rules_text")]] if found.document is Document.BYLAWS else []
    accept = [[Press(KIND, found.id, "accept", 0, "accept_rules")]] if found.accepted_at is None else []
    return [*read, *accept]
