"""Somebody applies for membership, having heard what it means."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Choice, Script, ask
from conversations.kinds import CONFIRM, NAME, PHONE, Line, OneOf, Option, ProvenPhone
from domain.calendar import Rhythm
from domain.commands import JoinGroup
from domain.identity import Phone
from domain.ids import GroupId
from domain.money import Rial

PURPOSE = Line(limit=200)
CONSENT = OneOf(
    (Option(Choice("consent", "consent"), True), Option(Choice("no_consent", "no_consent"), False)),
    binding=True,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose group it is, the print of its terms, and what is known of the person already."""

    subject: GroupId
    group: str
    village: str
    county: str
    facilitator: str
    saving: Rial
    rhythm: Rhythm
    terms: str
    name: str | None = None
    proven_phone: str | None = None
    agreed: bool = False  # whether the assembly voted on what is saved


def join(facts: Facts) -> Script[JoinGroup | None]:
    """Ask for consent first; who does not consent is asked nothing more."""
    consents = yield from ask(
        "join.consent",
        CONSENT,
        group=facts.group,
        village=facts.village,
        county=facts.county,
        facilitator=facts.facilitator,
        saving=facts.saving,
        rhythm=facts.rhythm,
        agreed=facts.agreed,
    )
    if not consents:
        return None
    phone = (
        ProvenPhone(facts.proven_phone, True) if facts.proven_phone else (yield from ask("join.phone", PHONE))
    )
    name = facts.name or (yield from ask("join.name", NAME))
    purpose = yield from ask("join.purpose", PURPOSE)
    sure = yield from ask(
        "join.confirm", CONFIRM, group=facts.group, name=name, phone=Phone(phone.e164).shown, purpose=purpose
    )
    if not sure:
        return None
    return JoinGroup(facts.subject, name, phone.e164, phone.proven, purpose, facts.terms)
