"""What newcomers and people of the programme say, as steps of scenarios."""

from __future__ import annotations

from domain.commands import Role
from tests.phone import Phone
from tests.stage import Stage

FARS, SHIRAZ, MARVDASHT = "فارس", "07-23", "07-34"
NUMBER = "+989123456789"


async def interested(phone: Phone, county: str = "شیراز", name: str = "مریم") -> list[str]:
    """Say the whole of it; the names of the last answers."""
    await phone.say("علاقه‌مندم")
    await phone.say(name)
    await phone.contact(NUMBER)
    await phone.say(FARS)
    await phone.say(county)
    return await phone.tap("confirm")


async def invited(inviter: Phone, role: str = "role_facilitator") -> str:
    """Let somebody of one county invite; the payload of the link."""
    await inviter.press("menu_invite")
    await inviter.tap(role)
    assert await inviter.tap("confirm") == ["invite.made", "invite.to_forward"]
    return payload(inviter)


def payload(inviter: Phone) -> str:
    """The payload of the link made last."""
    return inviter.newest("invite.to_forward").text.splitlines()[-1].partition("?start=")[2]


async def accept(phone: Phone, name: str = "مریم") -> list[str]:
    """Consent and say who one is; the names of the last answers."""
    await phone.tap("agree_role")
    await phone.say(name)
    await phone.contact(NUMBER)
    return await phone.tap("confirm")


async def executor(stage: Stage) -> Phone:
    """A local executor of one county."""
    return await stage.role(Role.LOCAL_EXECUTOR, FARS, SHIRAZ)
