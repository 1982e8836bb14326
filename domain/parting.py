"""A membership that ends without its member's doing: decided by the assembly."""

from __future__ import annotations

from dataclasses import dataclass

from domain.ids import GroupId, MembershipId


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


PartingCommand = ProposeExpulsion
