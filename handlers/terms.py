"""What an applicant is told and consents to, and the print that is kept of it."""

from __future__ import annotations

import hashlib

from handlers.turn import Turn
from storage.groups import GroupRow


def county_of(turn: Turn, group: GroupRow) -> str:
    """Return the county's name; its code where the list of places no longer has it."""
    place = turn.desk.places.by_code(group.county)
    return place.county if place else group.county


def terms_print(turn: Turn, group: GroupRow) -> str:
    """Return the SHA-256 of the terms as they read for this group today, in hexadecimal."""
    text = turn.desk.texts.render("join.terms", {"saving": group.saving, "rhythm": group.rhythm})
    return hashlib.sha256(text.encode()).hexdigest()
