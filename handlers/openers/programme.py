"""Facts for the programme's dialogues: asking where, saying one is interested, inviting, taking up a role."""

from __future__ import annotations

import hashlib

from conversations.talks import accept_role as accepting
from conversations.talks import interest as interested
from conversations.talks import invite as inviting
from conversations.talks import where as asking
from domain.appointing import Mandate, invitable, names_of
from domain.refusals import Refused
from handlers.invitations import offer_again
from handlers.turn import Turn
from storage import roles


def where(_turn: Turn, _subject: int | None) -> asking.Facts:
    """Nothing has to be known."""
    return asking.Facts()


def interest(turn: Turn, _subject: int | None) -> interested.Facts:
    """What a person who is known need not say again."""
    return interested.Facts(turn.person.name, turn.person.phone) if turn.person else interested.Facts()


def invite(turn: Turn, _subject: int | None) -> inviting.Facts:
    """The roles held, as far as they allow to invite."""
    held = mandates_of(turn)
    if not invitable(held):
        raise Refused("not_yours_to_invite")
    return inviting.Facts(held)


def accept_role(turn: Turn, subject: int | None) -> accepting.Facts:
    """The role offered, by whom, and the print of the consent as it will be shown."""
    offer = offer_again(turn, subject or 0)
    mandate = offer.mandate
    province, county = names_of(mandate, turn.desk.places)
    inviter = turn.names([offer.inviter]).get(offer.inviter, "") if offer.inviter else ""
    shown = {"role": mandate.role, "province": province, "county": county, "inviter": inviter}
    consent = turn.desk.texts.render("accept_role.consent", shown)
    return accepting.Facts(
        offer.subject,
        offer.code_hash,
        mandate.role,
        province,
        county,
        inviter,
        turn.person.name if turn.person else None,
        turn.person.phone if turn.person else None,
        hashlib.sha256(consent.encode()).hexdigest(),
    )


def mandates_of(turn: Turn) -> tuple[Mandate, ...]:
    """Return the programme roles of whoever acts."""
    return tuple(Mandate(row.role, row.province, row.county) for row in roles.roles_of(turn.conn, turn.me))
