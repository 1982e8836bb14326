"""Summer: loans begin to cost a fee, one is settled early, one begins that will be lost."""

from __future__ import annotations

from tests.year.assembly import answers, objects, proposes_price, vote
from tests.year.lending import is_lent, pays
from tests.year.money import close_month, counts, moves
from tests.year.saving import everybody_saves
from tests.year.village import Village


async def summer(village: Village) -> None:
    """Play Tir to Shahrivar."""
    await tir(village)
    await mordad(village)
    await shahrivar(village)


async def tir(v: Village) -> None:
    """From now on a loan costs a fee of 12 per cent a year; Fatemeh is early, Mahin objects."""
    await v.until(4, 8)
    await pays(v, v.fatemeh)
    await v.until(4, 10)
    await everybody_saves(v)
    await objects(v.mahin, "about_entry", "من ۵۰۰ هزار تومان دیگر هم داده‌ام")
    await answers(v.secretary, "آن پول از شیرین بود؛ رسیدش را با هم دیدیم")
    await v.mahin.tap("content")
    await proposes_price(v.golnar, "method_fixed_fee", "12")
    await vote(v, no=[v.azam], silent=[v.tahereh])
    await v.until(4, 14)
    await pays(v, v.sakineh, "۴۰۰ هزار تومان")
    await is_lent(v, v.golnar, "۶ میلیون تومان", 6, "دو قالی نیمه‌تمام")
    await moves(v, "running_cost", "40,000", "cash", "دفتر و خودکار", "later")
    await moves(v, "banked", "۳ میلیون تومان")
    await v.until(5, 1)
    await close_month(v)


async def mordad(v: Village) -> None:
    """Fatemeh is late and pays a fine; Sakineh settles early; twenty thousand are missing in the box."""
    await v.until(5, 10)
    await everybody_saves(v)
    await v.until(5, 14)
    await pays(v, v.golnar)
    await v.until(5, 19)
    await pays(v, v.fatemeh)
    await pays(v, v.sakineh, "۳ میلیون و ۶۴۰ هزار تومان")
    await moves(v, "banked", "۱۰ میلیون تومان")
    await counts(v, "6,035,000", "پول خرد کم آمد")
    await v.until(6, 1)
    await close_month(v)


async def shahrivar(v: Village) -> None:
    """Shahin borrows at the old price, Hamideh at the new one: two per cent a month, in level instalments."""
    await v.until(6, 10)
    await everybody_saves(v)
    await v.until(6, 12)
    await is_lent(v, v.shahin, "۹ میلیون تومان", 10, "یک گاو شیرده")
    await proposes_price(v.golnar, "method_balance_level", "2")
    await vote(v, no=[v.azam, v.shirin])
    await v.until(6, 14)
    await pays(v, v.golnar)
    await is_lent(v, v.hamideh, "۳ میلیون تومان", 6, "دکان کوچک")
    await v.until(7, 1)
    await close_month(v)
