"""From nothing to a group with its officers, by conversations only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.invite import _invite
from domain.appointing import Mandate
from domain.commands import Role
from tests.http.scene import Scene
from tests.http.someone import Someone
from tests.http.wording import toman

COUNTY = "29-02"
SAVING = toman(500_000)
CODE = re.compile(r"^\W*([0-9A-Z]{6})\W*$", re.MULTILINE)
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is going to join."""

    hand: Someone
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Founded:
    """The group's people; leila is an ordinary member on Bale, sakineh one on Telegram."""

    facilitator: Someone
    chair: Someone
    treasurer: Someone
    leila: Someone
    sakineh: Someone


async def found(scene: Scene) -> Founded:
    """Invite the facilitator, found the group, let four join, appoint two of them."""
    facilitator = await invited_facilitator(scene)
    links, code = await new_group(facilitator)
    newcomers = [
        Newcomer(scene.someone("telegram", 2001, "+989120000001"), "مریم احمدی", "+989120000001"),
        Newcomer(scene.someone("telegram", 2002, "+989120000002"), "زهرا محمدی", "+989120000002"),
        Newcomer(scene.someone("bale", 2003, "+989120000003"), "لیلا رحیمی", "+989120000003"),
        Newcomer(scene.someone("telegram", 2004, "+989120000004"), "سکینه حسینی", "+989120000004"),
    ]
    for newcomer in newcomers:
        await join(newcomer, links, code)
        await facilitator.hears("applicant.applied")
        await facilitator.taps("admit", "applicant.you_admitted")
        await newcomer.hand.hears("applicant.you_are_in")
    maryam, zahra, leila, sakineh = newcomers
    await appoint(facilitator, "office_chair", maryam)
    await appoint(facilitator, "office_treasurer", zahra)
    return Founded(facilitator, maryam.hand, zahra.hand, leila.hand, sakineh.hand)


async def invited_facilitator(scene: Scene) -> Someone:
    """Open the one-time link that the command line prints, and take the role up."""
    mandate = Mandate(Role.FACILITATOR, "خراسان جنوبی", COUNTY)
    links = await _invite(scene.database_url, mandate, timedelta(days=7))
    facilitator = scene.someone("telegram", 2000, "+989120000000")
    await facilitator.phone.open(next(link for link in links if "t.me" in link))
    await facilitator.hears("accept_role.consent")
    await facilitator.taps("agree_role", "accept_role.name")
    await facilitator.says("نرگس کریمی", "accept_role.phone")
    await facilitator.phone.share_contact()
    await facilitator.hears("accept_role.confirm")
    await facilitator.taps("confirm", "accept_role.done")
    return facilitator


async def new_group(facilitator: Someone) -> tuple[list[str], str]:
    """Found a group that saves monthly from the first of next month; its links and its code."""
    await facilitator.presses("menu_new_group", "new_group.name")
    await facilitator.says("گروه امید", "county.province")
    await facilitator.says("خراسان جنوبی", "county.county")
    await facilitator.says("بیرجند", "new_group.village")
    await facilitator.says("نوغاب", "new_group.size")
    await facilitator.says("شانزده", "new_group.saving")
    await facilitator.taps(SAVING, "new_group.rhythm")
    await facilitator.taps("rhythm_monthly", "new_group.first_day")
    await facilitator.says("اول اردیبهشت", "new_group.confirm")
    await facilitator.taps("confirm", "new_group.made")
    invitation = await facilitator.hears("groups.invitation")
    posters = [await facilitator.hears("groups.poster") for _ in range(2)]
    assert all(poster.file and poster.file.kind == "picture" for poster in posters)
    code = CODE.search(invitation.text)
    assert code is not None, invitation.text
    return LINK.findall(invitation.text), code[1]


async def join(newcomer: Newcomer, links: list[str], code: str) -> None:
    """Open the link on Telegram; type the code on Bale."""
    hand = newcomer.hand
    if hand.phone.phone.flavour == "telegram":
        await hand.phone.open(next(link for link in links if "t.me" in link))
        await hand.hears("join.consent")
    else:
        await hand.starts("", "about.next")
        await hand.says(code.lower(), "join.consent")
    await hand.taps("consent", "join.phone")
    await hand.phone.share_contact()
    await hand.hears("join.name")
    await hand.says(newcomer.name, "join.purpose")
    await hand.says("خرید چرخ خیاطی", "join.confirm")
    await hand.taps("confirm", "join.applied")


async def appoint(facilitator: Someone, office: str, newcomer: Newcomer) -> None:
    """Put a member into an office."""
    listing = await facilitator.presses("menu_groups", "groups.listing")
    await facilitator.taps(listing.buttons[0], "group.page", listing)
    await facilitator.taps("appoint", "appoint.office")
    names = (await facilitator.taps(office, "appoint.member")).buttons
    await facilitator.taps(next(label for label in names if newcomer.name in label), "appoint.confirm")
    await facilitator.taps("confirm", "appoint.done")
    await newcomer.hand.hears("appoint.you_are")
