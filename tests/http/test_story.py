"""A group on two messengers, from its founding through three months of saving to its books."""

from __future__ import annotations

from sqlalchemy import Connection, select

from domain.ids import GroupId
from simulator.messages import Message
from storage import passbooks
from storage.schema import group, membership
from tests.http.founding import SAVING, Founded, found
from tests.http.scene import Scene
from tests.http.someone import Someone
from tests.http.wording import toman
from tests.simulator.pictures import png

RECEIPT = png(90, 120)
TO_FIRST_ROUND = 17  # days from the beginning to the first of Ordibehesht
MONTH = 31


async def test_a_group_on_two_messengers(scene: Scene) -> None:
    async with scene.running() as bot:
        people = await found(scene)
        await scene.pass_days(bot, TO_FIRST_ROUND)
        await first_month(people)
        await scene.pass_days(bot, MONTH)
        await second_month(people)
        await scene.pass_days(bot, MONTH)
        await third_month(people)
        for someone in (people.chair, people.treasurer, people.leila, people.sakineh):
            await someone.opens_menu()
    assert await scene.read(books) == BOOKS


async def first_month(people: Founded) -> None:
    """On Bale with a picture, confirmed on Telegram; the treasurer's own is confirmed by the chair."""
    await people.leila.presses("menu_save", "saving.amount")
    await people.leila.taps(SAVING, "saving.way")
    await people.leila.taps("transfer", "saving.receipt")
    await people.leila.phone.send_picture(RECEIPT)
    await people.leila.hears("saving.confirm")
    await people.leila.taps("confirm", "saving.written_down")
    card = await people.treasurer.hears("deposit.waiting")
    assert picture_of(card) == RECEIPT
    receipt = await confirm(people.treasurer, people.leila, card)
    assert receipt.text.count(SAVING) >= 2  # what came, and her balance
    await report(people.treasurer)
    await confirm(people.chair, people.treasurer, await people.chair.hears("deposit.waiting"))


async def second_month(people: Founded) -> None:
    """Another amount was counted, and the member on Bale agrees."""
    await report(people.leila, "۶۰۰ هزار تومان")
    card = await people.treasurer.hears("deposit.waiting")
    await people.treasurer.taps("other_amount", "other_amount.counted", card)
    await people.treasurer.says("۵۰۰ هزار تومان", "other_amount.confirm")
    await people.treasurer.taps("confirm", "deposit.offer_sent")
    await people.leila.hears("deposit.offer")
    receipt = await people.leila.taps("agree_amount", "saving.receipt_slip")
    assert toman(1_000_000) in receipt.text
    await people.treasurer.hears("deposit.confirmed")


async def third_month(people: Founded) -> None:
    """One pays two late rounds and more; a wrong entry of the same day is reversed by two."""
    await report(people.sakineh, "دو میلیون تومان", "yes")
    await confirm(people.treasurer, people.sakineh, await people.treasurer.hears("deposit.waiting"))
    await report(people.leila)
    await confirm(people.treasurer, people.leila, await people.treasurer.hears("deposit.waiting"))
    which = await people.treasurer.presses("menu_reverse", "reversal.entry")
    await people.treasurer.taps(which.buttons[0], "reversal.reason", which)
    await people.treasurer.says("پول برای کس دیگری بود", "reversal.confirm")
    await people.treasurer.taps("confirm", "reversal.sent")
    card = await people.chair.hears("reversal.asked")
    await people.chair.taps("agree_reversal", "reversal.done", card)
    told = await people.leila.hears("reversal.told_member")
    assert toman(1_000_000) in told.text
    await people.treasurer.hears("reversal.your_wish_done")


async def report(member: Someone, amount: str = SAVING, *doubts: str) -> None:
    """Report a saving in cash: by the button, or typed and asked about."""
    await member.presses("menu_save", "saving.amount")
    if amount == SAVING:
        await member.taps(SAVING, "saving.way")
    elif not doubts:
        await member.says(amount, "saving.way")
    else:
        await member.says(amount, "saving.unusual")
        await member.taps("yes", "saving.way")
    await member.phone.tap(member.texts.button("cash"))
    message = await member.hears_one_of("saving.round", "saving.confirm")
    if member.texts.name_of(message.text) == "saving.round":
        await member.taps(message.buttons[0], "saving.confirm", message)
    await member.taps("confirm", "saving.written_down")


async def confirm(officer: Someone, member: Someone, card: Message) -> Message:
    """Confirm a deposit; the card shows it and the member gets the receipt that is returned."""
    await officer.taps("confirm_deposit", "deposit.confirmed", card)
    return await member.hears("saving.receipt_slip")


def picture_of(message: Message) -> bytes:
    assert message.file is not None
    return message.file.content


def books(conn: Connection) -> str:
    """The books of the only group, its members called a, b, c as they joined."""
    group_id = GroupId(conn.execute(select(group.c.id)).scalar_one())
    members = conn.scalars(select(membership.c.id).order_by(membership.c.id)).all()
    written = passbooks.books_as_text(conn, group_id)
    for number, letter in zip(members, "abcd", strict=True):
        written = written.replace(f"/{number} ", f"/{letter} ").replace(f"/{number}/", f"/{letter}/")
    return written


BOOKS = """\
1 2026-04-21 value 2026-04-21 saving
  102 +5,000,000
  201/c round 1 -5,000,000
2 2026-04-21 value 2026-04-21 saving
  101 +5,000,000
  201/b round 1 -5,000,000
3 2026-05-22 value 2026-05-22 saving
  101 +5,000,000
  201/c round 2 -5,000,000
4 2026-06-22 value 2026-06-22 saving
  101 +20,000,000
  201/d round 3 -5,000,000
  201/d round 1 -5,000,000
  201/d round 2 -5,000,000
  205/d/saving -5,000,000
5 2026-06-22 value 2026-06-22 saving
  101 +5,000,000
  201/c round 3 -5,000,000
6 2026-06-22 value 2026-06-22 reversal reverses 5
  101 -5,000,000
  201/c round 3 +5,000,000

balances
  101 +30,000,000
  102 +5,000,000
  201/b -5,000,000
  201/c -10,000,000
  201/d -15,000,000
  205/d/saving -5,000,000
"""
