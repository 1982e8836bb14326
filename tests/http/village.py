"""A group that is simply there when the test begins: treasurer and member on different messengers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from domain.offices import Office
from storage import rounds
from storage.units import open_database
from tests.http.scene import Scene
from tests.http.someone import Someone
from tests.http.wording import toman
from tests.phone import Phone
from tests.stage import Group, Stage

OTHER = {"telegram": "bale", "bale": "telegram"}


@dataclass(frozen=True, slots=True)
class Village:
    """The people of one group who are in the scene."""

    member: Someone
    treasurer: Someone
    chair: Someone

    async def report(self) -> None:
        """Let the member report the usual saving in cash, up to the treasurer's card."""
        await self.member.presses("menu_save", "saving.amount")
        await self.member.taps(toman(500_000), "saving.way")
        await self.member.taps("cash", "saving.confirm")
        await self.member.taps("confirm", "saving.written_down")


async def settle(scene: Scene, platform: str) -> Village:
    """Found the group beneath the bot; its treasurer is on the platform, all others on the other one."""
    database = await open_database(scene.database_url)
    try:
        stage = Stage(database, scene.texts)
        stage.now = scene.now
        group = await stage.group(members=0, offices=())
        member = await stage.member(group.id, platform=OTHER[platform])
        chair = await _officer(stage, group, Office.CHAIR, OTHER[platform])
        treasurer = await _officer(stage, group, Office.TREASURER, platform)
        people = (member, treasurer, chair)
        await stage.write(partial(_ask, group=group, people=people))
    finally:
        await database.close()
    return Village(*(in_hand(scene, phone) for phone in people))


async def _officer(stage: Stage, group: Group, office: Office, platform: str) -> Phone:
    phone = await stage.member(group.id, platform=platform)
    await stage.appoint(group, office, phone)
    return phone


def _ask(conn: Connection, group: Group, people: tuple[Phone, ...]) -> None:
    """Ask everybody in the round that opened with the group."""
    latest = rounds.latest_round(conn, group.id)
    assert latest is not None
    rounds.add_lines(conn, latest.id, [phone.membership for phone in people], latest.amount)


def in_hand(scene: Scene, phone: Phone) -> Someone:
    """Give somebody who was put beneath the bot a phone of the simulator."""
    made = scene.someone(phone.platform.value, phone.user_id)
    made.phone.let_bot_write()
    return made
