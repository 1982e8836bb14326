"""Short ways through a vote, for scenarios of the assembly."""

from __future__ import annotations

from domain.ids import MembershipId, ProposalId
from storage import assembly
from storage.assembly import BallotRow, ProposalRow
from tests.phone import Phone
from tests.stage import Group, Stage

WORDS = "صندوق یک دفتر نو بخرد"


async def proposed(who: Phone, words: str = WORDS, kind: str = "proposalkind_resolution") -> list[str]:
    """Put something to the vote."""
    await who.press("menu_assembly")
    await who.tap("propose")
    await who.tap(kind)
    await who.say(words)
    return await who.tap("confirm")


async def voted(group: Group, votes: str) -> None:
    """Cast ballots, a letter for each person of the group in order: y, n, a, or - for none."""
    choices = {"y": "yes", "n": "no", "a": "abstain"}
    for phone, letter in zip(group.everybody, votes, strict=True):
        if letter in choices:
            await phone.tap(choices[letter])


async def entered(officer: Phone, member: MembershipId, vote: str) -> list[str]:
    """Write down the vote of a member without a phone."""
    await officer.tap("enter")
    await officer.tap(str(member))
    await officer.tap(f"vote_{vote}")
    return await officer.tap("confirm")


async def proposal(stage: Stage, number: int = 1) -> ProposalRow:
    """The proposal of that id."""
    found = await stage.read(lambda conn: assembly.proposal_by_id(conn, ProposalId(number)))
    assert found is not None
    return found


async def ballots(stage: Stage, number: int = 1) -> tuple[BallotRow, ...]:
    """All ballots of a proposal."""
    return await stage.read(lambda conn: assembly.ballots_of(conn, ProposalId(number)))
