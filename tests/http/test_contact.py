"""While the phone number is asked for, the large buttons belong to the question."""

from __future__ import annotations

from tests.http.scene import Scene


async def test_the_buttons_beside_one_s_own_number_go_back_and_away(scene: Scene) -> None:
    someone = scene.someone("bale", 3001)
    async with scene.running():
        await someone.starts("", "about.next")
        await someone.presses("menu_interested", "interest.name")
        await someone.says("گلناز صادقی", "interest.phone")
        await someone.presses("back", "interest.name")
        await someone.says("گلناز صادقی", "interest.phone")
        await someone.presses("cancel_talk", "common.cancelled")
        await someone.presses("menu_help", "help.stranger")
