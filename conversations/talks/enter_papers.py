"""Whoever leads the meeting enters the papers of members without a phone, mixed and opened together."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, YES_NO, OneOf, options
from conversations.parts import Candidate
from domain.elections import EnterPapers
from domain.ids import ProposalId
from domain.offices import Office
from domain.proposals import ProposalKind


@dataclass(frozen=True, slots=True)
class Choice:
    """What a paper can say; the name where it is a candidate."""

    said: str
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a secret ballot is about, what a paper can say, and who votes on paper."""

    subject: ProposalId
    office: Office | ProposalKind
    choices: tuple[Choice, ...]
    members: tuple[Candidate, ...]


def enter_papers(facts: Facts) -> Script[EnterPapers | None]:
    """Ask who handed in a paper, and only then what the papers say, which are in no order by then."""
    handed_in = []
    for k, member in enumerate(facts.members, start=1):
        if (yield from ask("enter_papers.handed_in", YES_NO, k, name=member.name, office=facts.office)):
            handed_in.append(member.membership)
    papers = []
    for k in range(1, len(handed_in) + 1):
        of = {"number": k, "count": len(handed_in), "office": facts.office}
        papers.append((yield from ask("enter_papers.paper", _choices(facts), k, **of)))
    sure = yield from ask("enter_papers.confirm", CONFIRM, count=len(papers), office=facts.office)
    return EnterPapers(facts.subject, tuple(handed_in), tuple(papers)) if sure else None


def _choices(facts: Facts) -> OneOf[str]:
    return options([_option(choice) for choice in facts.choices])


def _option(choice: Choice) -> tuple[str, str, dict[str, object], str]:
    if choice.name:
        return choice.said, "person", {"name": choice.name}, choice.said
    return choice.said, f"vote_{choice.said}", {}, choice.said
