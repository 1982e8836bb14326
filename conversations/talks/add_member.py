"""A member without a phone is taken in, served by somebody of the group."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, NAME, YES_NO, Line
from conversations.parts import Candidate, one_member
from domain.commands import AddPhonelessMember
from domain.ids import GroupId

PURPOSE = Line(limit=200)


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, and who could help."""

    subject: GroupId
    group: str
    helpers: tuple[Candidate, ...]
    count: int  # members now
    most: int  # by the rules of the group
    whole: bool  # whether the group decided on these itself


def add_member(facts: Facts) -> Script[AddPhonelessMember | None]:
    """Nobody is taken in who has not heard in the meeting what it means and agreed."""
    name = yield from ask("add_member.name", NAME, group=facts.group)
    if not (yield from ask("add_member.consent", YES_NO, name=name, group=facts.group)):
        return None
    purpose = yield from ask("add_member.purpose", PURPOSE, name=name)
    helper = yield from ask("add_member.helper", one_member(facts.helpers), name=name)
    size = {"count": facts.count, "most": facts.most, "whole": facts.whole}
    about = {"name": name, "purpose": purpose, "helper": helper.name, "beyond": facts.count >= facts.most}
    sure = yield from ask("add_member.confirm", CONFIRM, group=facts.group, **about, **size)
    return AddPhonelessMember(facts.subject, name, purpose, helper.membership) if sure else None
