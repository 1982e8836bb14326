"""How the group comes about: founded by the facilitator, joined by fifteen, and by one who has no phone."""

from __future__ import annotations

from datetime import timedelta

from bot.invite import _invite
from domain.appointing import Mandate
from domain.commands import Role
from domain.ids import Platform
from domain.values import Code
from storage import groups
from tests.phone import Phone
from tests.stage import Group
from tests.year.village import FACILITATOR, GROUP, NAMES, NANEH, Village
from tests.year.wired import Wired

MANDATE = Mandate(Role.FACILITATOR, "خراسان جنوبی", "29-02")


async def found(ground: Wired, platform: Platform) -> Village:
    """Let the facilitator take up her role and found a group that saves from the tenth of the month."""
    facilitator = ground.phone(platform)
    await take_up_role(ground, facilitator)
    await facilitator.press("menu_new_group")
    for answer in (GROUP, "خراسان جنوبی", "بیرجند", "نوغاب", "۱۶", "۵۰۰ هزار تومان"):
        await facilitator.say(answer)
    await facilitator.tap("rhythm_monthly")
    await facilitator.say("۱۰ فروردین")
    assert "new_group.made" in await facilitator.tap("confirm")
    code = facilitator.newest("groups.invitation").fact("code", Code).text
    row = await ground.read(lambda conn: groups.group_by_code(conn, code))
    assert row is not None
    return Village(ground, platform, Group(row.id, code, row.name, facilitator))


async def take_up_role(ground: Wired, facilitator: Phone) -> None:
    """Write the code to the bot that the command line printed."""
    *_, how = await _invite(ground.database_url, MANDATE, timedelta(days=7))
    await facilitator.start(how.split()[-1])
    await facilitator.tap("agree_role")
    await facilitator.say(FACILITATOR)
    await facilitator.contact("+989120000000")
    assert await facilitator.tap("confirm") == ["accept_role.done"]


async def join(village: Village, name: str) -> None:
    """Let somebody join by the group's code, and the facilitator admit her."""
    phone = village.ground.phone(village.platform)
    await phone.start(f"g_{village.group.code}")
    await phone.tap("consent")
    await phone.contact(f"+98912000{len(village.people) + 1:04}")
    await phone.say(NAMES[name])
    await phone.say("سرمایهٔ کار خانگی")
    assert await phone.tap("confirm") == ["join.applied"]
    assert "applicant.you_admitted" in await village.facilitator.tap("admit")
    assert phone.last.name == "applicant.you_are_in"
    village.people[name] = phone
    found = await village.ground.read(lambda conn: groups.members(conn, village.group.id))
    phone.membership = next(member.id for member in found if member.name == NAMES[name])


async def add_naneh(village: Village) -> None:
    """Let the facilitator take in a member without a phone, whom Maryam helps."""
    facilitator = village.facilitator
    await facilitator.press("menu_groups")
    await facilitator.tap("open")
    await facilitator.tap("add_member")
    await facilitator.say(NANEH)
    await facilitator.tap("yes")
    await facilitator.say("دو گوسفند")
    await facilitator.tap(str(village.maryam.membership))
    assert await facilitator.tap("confirm") == ["add_member.done"]
    assert "add_member.you_help" in village.maryam.names
    found = await village.ground.read(lambda conn: groups.members(conn, village.group.id))
    village.naneh = next(member.id for member in found if member.name == NANEH)
