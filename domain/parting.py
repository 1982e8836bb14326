"""A membership that ends without its member's doing: decided by the assembly, or because she died."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import DeathId, GroupId, MembershipId


@dataclass(frozen=True, slots=True)
class Expulsion:
    """What a vote on somebody's membership is about."""

    membership: MembershipId


@dataclass(frozen=True, slots=True)
class ProposeExpulsion:
    """Put it to the secret vote of all others that a membership ends, for a reason that they read."""

    group: GroupId
    expulsion: Expulsion
    reason: str


@dataclass(frozen=True, slots=True)
class SayDeath:
    """Say, as one of the board, that a member has died, and to whom what was hers is to be paid."""

    membership: MembershipId
    heir: str


@dataclass(frozen=True, slots=True)
class AnswerDeath:
    """Confirm it as the second person, or decline."""

    death: DeathId
    revision: int
    confirmed: bool


PartingCommand = ProposeExpulsion | SayDeath | AnswerDeath
