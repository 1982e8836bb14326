"""Short ways through an election, for scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.elections import naming
from domain.offices import Office, Offices
from storage import groups
from tests.phone import Phone
from tests.stage import NAMES, Group, Stage

CHAIR, TREASURER, SECRETARY = Office.CHAIR, Office.TREASURER, Office.SECRETARY
WORDS = {"y": "yes", "n": "no", "a": "abstain", "-": ""}


async def called(who: Phone, offices: str = "whole_board") -> list[str]:
    """Call an election."""
    await who.press("menu_assembly")
    await who.tap("elect")
    await who.tap(offices)
    return await who.tap("confirm")


async def stood(group: Group, candidates: Mapping[Office, Sequence[Phone]]) -> None:
    """Have these stand, and all the others name nobody: then the ballots begin."""
    standing = [phone for phones in candidates.values() for phone in phones]
    for phone in group.everybody:
        for office, phones in candidates.items():
            if phone in phones:
                await phone.tap(f"stand_{office.value}")
        if phone not in standing:
            await phone.tap("nobody_else")


async def voted_for(group: Group, said: str, **candidates: Phone) -> None:
    """Cast secret ballots, a letter for each person of the group in order.

    Letters given stand for candidates; y, n, a are yes, no, abstain, and - is for who does not vote.
    """
    choices = WORDS | {letter: naming(phone.membership) for letter, phone in candidates.items()}
    for phone, letter in zip(group.everybody, said, strict=True):
        if choices[letter]:
            await phone.tap(choices[letter], phone.newest("contest.open"))


async def offices(stage: Stage, group: Group) -> Offices:
    """Who holds which office."""
    found = await stage.read(lambda conn: groups.group_by_id(conn, group.id))
    return await stage.read(lambda conn: groups.offices_of(conn, found))


def name_of(phone: Phone) -> str:
    """The name that the stage gave."""
    return NAMES[(phone.user_id - 1001 + 1) % len(NAMES)]
