"""How many belong to a group: beyond its rules is possible, and said to who leads, once."""

from __future__ import annotations

from domain.bylaws import Bylaws
from tests.assembly import voted
from tests.handlers.test_joining import apply
from tests.handlers.test_leaving import leave
from tests.lending import lending
from tests.rules import bylaws_proposed
from tests.stage import Group, Stage


async def of_five(stage: Stage, least: int, most: int) -> Group:
    group = await stage.group()
    await lending(stage, group, Bylaws(size_least=least, size_most=most))
    return group


async def admitted(stage: Stage, group: Group) -> bool:
    """Admit somebody; return whether her card says that the group becomes too large."""
    newcomer = stage.phone()
    await apply(newcomer, group.code)
    beyond = group.chair.newest("applicant.applied").fact("beyond", bool)
    await group.chair.tap("admit")
    return beyond


async def test_a_group_may_grow_beyond_its_rules_and_is_told_once(stage: Stage) -> None:
    group = await of_five(stage, 3, 6)
    assert [await admitted(stage, group) for _ in range(3)] == [False, True, True]
    for phone in (group.chair, group.facilitator):
        assert phone.names.count("group.many") == 1
        told = phone.newest("group.many").facts
        assert (told["count"], told["most"], told["whole"]) == (7, 6, True)
    assert "group.many" not in group.treasurer.names
    await group.chair.press("menu_members")
    page = group.chair.newest("group.page").facts
    assert (page["fits"], page["count"], page["most"]) == (False, 8, 6)


async def test_who_leads_is_told_when_too_few_are_left(stage: Stage) -> None:
    group = await of_five(stage, 4, 10)
    for member in group.members:
        await leave(member)
    assert group.facilitator.names.count("group.few") == group.chair.names.count("group.few") == 1
    assert group.chair.newest("group.few").facts["count"] == 3


async def test_a_group_that_is_being_formed_hears_nothing_and_sees_what_we_propose(stage: Stage) -> None:
    group = await stage.group()
    assert not await admitted(stage, group)
    await group.chair.press("menu_members")
    page = group.chair.newest("group.page").facts
    assert (page["fits"], page["least"], page["most"], page["whole"]) == (False, 15, 25, False)
    assert not {"group.few", "group.many"} & set(group.chair.names)


async def test_rules_that_make_a_group_too_small_say_so(stage: Stage) -> None:
    group = await of_five(stage, 3, 25)
    await bylaws_proposed(group.members[0], entry_fee="1000000")  # which asks for fifteen at least
    await voted(group, "yyyyy")
    assert group.chair.names.count("group.few") == 1
