"""Somebody opens a one-time link and takes up a role in the programme."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME, PHONE, ProvenPhone, one_of
from domain.commands import AcceptInvitation, Role
from domain.identity import Phone


@dataclass(frozen=True, slots=True)
class Facts:
    """The invitation, and what is known of whoever opened it."""

    subject: int  # the invitation; 0 where the first administrator claims the installation
    code_hash: str
    role: Role
    province: str  # empty for the whole country
    county: str  # empty for the whole province
    inviter: str  # empty where it was made at the command line
    name: str | None
    phone: str | None
    terms: str  # print of the consent as it is shown


AGREE = one_of(("agree_role", True), ("decline_role", False))


def accept_role(facts: Facts) -> Script[AcceptInvitation | None]:
    """Say what the role is and what is kept; ask for consent, name and phone."""
    role, province, county = facts.role, facts.province, facts.county
    agreed = yield from ask(
        "accept_role.consent", AGREE, role=role, province=province, county=county, inviter=facts.inviter
    )
    if not agreed:
        return None
    name = facts.name or (yield from ask("accept_role.name", NAME))
    phone = (
        ProvenPhone(facts.phone, proven=False)
        if facts.phone
        else (yield from ask("accept_role.phone", PHONE))
    )
    shown = Phone(phone.e164)
    sure = yield from ask(
        "accept_role.confirm", CONFIRM, role=role, province=province, county=county, name=name, phone=shown
    )
    if not sure:
        return None
    return AcceptInvitation(facts.code_hash, name, phone.e164, phone.proven, facts.terms)
