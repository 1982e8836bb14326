"""A whole story with everything that goes wrong in it, and nobody can be found in the log of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest

from bot.metrics import Metrics
from bot.webhook import _derived
from simulator.faults import Broken
from simulator.flavours import Flavour
from tests.http.founding import SAVING, Founded, found
from tests.http.scene import Scene
from tests.http.test_story import TO_FIRST_ROUND, confirm, report
from tests.http.texts import NamedTexts
from tests.logging_aside import logging_at

NAMES = ("مریم", "احمدی", "زهرا", "محمدی", "لیلا", "رحیمی", "سکینه", "حسینی", "نرگس", "کریمی")
GROUP = ("امید", "نوغاب", "بیرجند", "چرخ خیاطی")
PHONES = ("912000000", "۹۱۲۰۰۰۰۰۰", "Maryam")
AMOUNTS = ("500000", "500,000", "۵۰۰", "5000000", "5,000,000", "500_000")


class BreakingTexts(NamedTexts):
    """Raises with all facts in hand when a certain text is asked for, as a mistake in a template would."""

    breaks_at = ""

    def render(self, name: str, facts: Mapping[str, object] | None = None) -> str:
        if name == self.breaks_at:
            raise ValueError(f"{name} with {dict(facts or {})}")
        return super().render(name, facts)


@pytest.mark.parametrize(
    ("mode", "database_url"), [("polling", "sqlite"), ("webhook", "postgresql")], indirect=True
)
async def test_nobody_can_be_found_in_the_log(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    metrics = Metrics()
    with logging_at("DEBUG", metrics.troubled):
        await story(scene)
    written = capsys.readouterr().err
    events = [json.loads(line) for line in written.splitlines()]
    assert {"update_failed", "message_given_up", "platform_answers"} <= {event["event"] for event in events}
    assert "saving.written_down with" in written
    found_out = "\n".join(json.dumps(event | {"timestamp": ""}, ensure_ascii=False) for event in events)
    assert [
        secret for secret in (*secrets(scene), *NAMES, *GROUP, *PHONES, *AMOUNTS) if secret in found_out
    ] == []
    assert b'khodyar_troubles_total{kind="update_failed"' in metrics.show((), {}, scene.now)


async def story(scene: Scene) -> None:
    """From founding to a mistake of ours in the middle of a report."""
    texts = BreakingTexts()
    scene.texts = texts
    async with scene.running() as bot:
        people = await found(scene)
        await scene.pass_days(bot, TO_FIRST_ROUND)
        await what_goes_wrong(scene, people)
        texts.breaks_at = "saving.written_down"
        await people.sakineh.presses("menu_save", "saving.amount")
        await people.sakineh.taps(SAVING, "saving.way")
        await people.sakineh.taps("cash", "saving.confirm")
        await people.sakineh.taps("confirm", "common.our_mistake")


async def what_goes_wrong(scene: Scene, people: Founded) -> None:
    """The platforms are out of order for a moment, and an answer is given up."""
    for flavour in Flavour:
        scene.sim.faults.order(Broken(), flavour, methods=("getUpdates",))
    await report(people.leila)
    await confirm(people.treasurer, people.leila, await people.treasurer.hears("deposit.waiting"))
    scene.sim.faults.order(Broken(), Flavour.BALE, methods=("sendMessage",))
    await people.leila.phone.say("/help")
    await people.leila.opens_menu()


def secrets(scene: Scene) -> list[str]:
    """The tokens, their secret halves, and the addresses of the webhook made from them."""
    tokens = [scene.sim.token(flavour) for flavour in ("telegram", "bale")]
    halves = [re.split(":", token)[1] for token in tokens]
    return [*tokens, *halves, *(_derived(token, what) for token in tokens for what in ("secret", "path"))]
