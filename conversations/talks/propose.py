"""Somebody puts something to the vote of the assembly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME, Line, OneOf, one_of
from conversations.parts import Deciding
from domain.ids import GroupId
from domain.proposals import ProposalKind, Propose


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, what may be proposed by whoever asks, and how it would be decided."""

    subject: GroupId
    group: str
    kinds: tuple[ProposalKind, ...]
    deciding: Deciding


WORDS = Line(limit=300, unread="propose.unread")
ASKED: Mapping[ProposalKind, tuple[str, Line]] = {
    ProposalKind.RESOLUTION: ("propose.resolution", WORDS),
    ProposalKind.NAME: ("propose.name", NAME),
}


def propose(facts: Facts) -> Script[Propose | None]:
    """Ask what it is about and for its words, and show them as they will stand."""
    kind = yield from ask("propose.kind", _kinds(facts), group=facts.group)
    words = yield from ask(*ASKED[kind], group=facts.group)
    sure = yield from ask(
        "propose.confirm",
        CONFIRM,
        group=facts.group,
        kind=kind,
        words=words,
        deciding=facts.deciding,
    )
    return Propose(facts.subject, kind, words) if sure else None


def _kinds(facts: Facts) -> OneOf[ProposalKind]:
    return one_of(*((f"proposalkind_{kind.value}", kind) for kind in facts.kinds))
