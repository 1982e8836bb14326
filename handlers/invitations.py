"""What a one-time code offers: a role that somebody invites into, or the claim of a new installation."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from domain.appointing import Mandate
from domain.commands import Role
from domain.ids import InvitationId, PersonId
from domain.refusals import Refused
from handlers.turn import Turn
from storage import invitations, roles
from storage.invitations import InvitationRow

CLAIM = 0  # in place of an invitation's id
CODE_BYTES = 12  # 16 characters


@dataclass(frozen=True, slots=True)
class Offer:
    """A role that may be taken up; `subject` is the invitation's id, or CLAIM."""

    subject: int
    code_hash: str
    mandate: Mandate
    inviter: PersonId | None


def new_code(chance: bytes) -> str:
    """Return a code that fits into a link."""
    return base64.urlsafe_b64encode(chance).decode().rstrip("=")


def digest_of(code: str) -> str:
    """Return what is kept of a code, as hexadecimal text."""
    return hashlib.sha256(code.encode()).hexdigest()


def offer_of(turn: Turn, code_hash: str) -> Offer:
    """Return what the code with this digest offers now; a refusal where it offers nothing any more."""
    found = invitations.invitation_by_code(turn.conn, bytes.fromhex(code_hash))
    offer = _claim(turn, code_hash) if found is None else _open(turn, found)
    _not_held_already(turn, offer.mandate)
    return offer


def offer_again(turn: Turn, subject: int) -> Offer:
    """Return the offer of an invitation that was opened before."""
    if subject == CLAIM:
        return offer_of(turn, invitations.claim_digest(turn.conn) or "")
    found = invitations.invitation_by_id(turn.conn, InvitationId(subject))
    return offer_of(turn, found.code_hash.hex() if found else "")


def take(turn: Turn, offer: Offer) -> None:
    """Use the offer up; a refusal where somebody else was first."""
    if offer.subject == CLAIM:
        taken = invitations.take_claim(turn.conn, offer.code_hash)
    else:
        taken = invitations.take(turn.conn, InvitationId(offer.subject), turn.now)
    if not taken:
        raise Refused("invitation_used")


def _open(turn: Turn, found: InvitationRow) -> Offer:
    if found.used_at is not None:
        raise Refused("invitation_used")
    if found.expires_at <= turn.now:
        raise Refused("invitation_expired")
    return Offer(found.id, found.code_hash.hex(), found.mandate, found.created_by)


def _claim(turn: Turn, code_hash: str) -> Offer:
    if not code_hash or invitations.claim_digest(turn.conn) != code_hash:
        raise Refused("invitation_unknown")
    return Offer(CLAIM, code_hash, Mandate(Role.ADMINISTRATOR), None)


def _not_held_already(turn: Turn, wanted: Mandate) -> None:
    held = roles.roles_of(turn.conn, turn.person.id) if turn.person else ()
    if wanted in {Mandate(row.role, row.province, row.county) for row in held}:
        raise Refused("role_held_already")
