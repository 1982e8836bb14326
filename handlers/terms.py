"""What an applicant is told and consents to, and the print that is kept of it."""

from __future__ import annotations

import hashlib

from domain.agreements import Document
from handlers.turn import Turn
from storage import agreements
from storage.groups import GroupRow


def county_of(turn: Turn, group: GroupRow) -> str:
    """Return the county's name; its code where the list of places no longer has it."""
    place = turn.desk.places.by_code(group.county)
    return place.county if place else group.county


def is_agreed(turn: Turn, group: GroupRow) -> bool:
    """Tell whether the assembly voted on what is saved, or it is still the founder's proposal."""
    return agreements.version_of(turn.conn, group.id, Document.SAVINGS) > 0


def terms_print(turn: Turn, group: GroupRow) -> str:
    """Return the SHA-256 of the terms as they read for this group today, in hexadecimal."""
    facts = {"saving": group.saving, "rhythm": group.rhythm, "agreed": is_agreed(turn, group)}
    text = turn.desk.texts.render("join.terms", facts)
    return hashlib.sha256(text.encode()).hexdigest()
