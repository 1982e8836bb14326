"""Autumn: two want more than there is, a wrong payment is taken back, and the price changes twice."""

from __future__ import annotations

from tests.year.assembly import answers, objects, proposes_bylaws, proposes_price, vote
from tests.year.lending import asks, comes_first, is_paid, pays
from tests.year.money import close_month, moves
from tests.year.saving import everybody_saves, taken_back
from tests.year.village import Village


async def autumn(village: Village) -> None:
    """Play Mehr to Azar."""
    await mehr(village)
    await aban(village)
    await azar(village)


async def mehr(v: Village) -> None:
    """Roghayeh and Tahereh each ask for half of what there is; the assembly decides who is served first."""
    await v.until(7, 10)
    await everybody_saves(v)
    await moves(v, "banked", "۱۰ میلیون تومان")
    await proposes_price(v.golnar, "method_balance_equal", "1.5", fund="40", multiple="6")
    await vote(v)
    await v.until(7, 12)
    await asks(v.tahereh, "۲۱ میلیون تومان", 10, "دستگاه خشک‌کن میوه")
    await asks(v.roghayeh, "۲۱ میلیون تومان", 10, "گلخانه")
    await vote(v)  # on Roghayeh's, which was asked for last
    await vote(v)
    await comes_first(v, v.tahereh)
    await is_paid(v, v.tahereh, "transfer")
    await v.until(7, 14)
    await pays(v, v.golnar)
    await pays(v, v.shahin)
    await pays(v, v.hamideh)
    await v.until(8, 1)
    await close_month(v)


async def aban(v: Village) -> None:
    """Now there is enough for Roghayeh. Golnar settles, but what she paid the day before was another's."""
    await v.until(8, 10)
    await everybody_saves(v)
    await moves(v, "banked", "۸ میلیون تومان")
    await is_paid(v, v.roghayeh, "transfer")
    await v.until(8, 12)
    for borrower in (v.shahin, v.tahereh, v.golnar):
        await pays(v, borrower)
    await v.until(8, 13)
    await pays(v, v.golnar)
    await taken_back(v, 1, "پول روز پیش قسط کس دیگری بود")
    await v.until(9, 1)
    await close_month(v)


async def azar(v: Village) -> None:
    """A flat price, and the board decides on loans from now on; Azam objects, up to the facilitator."""
    await v.until(9, 10)
    await everybody_saves(v)
    await proposes_price(v.golnar, "method_flat", "1", fund="40", multiple="6")
    await vote(v, no=[v.azam])
    await objects(v.azam, "about_resolution", "این قیمت برای وام بلندمدت گران است")
    await answers(v.chair, "هر عضو پیش از درخواست، همهٔ قسط‌ها را می‌بیند")
    await v.azam.tap("carry")
    await answers(v.facilitator, "در جلسه حساب کردیم؛ تا شش قسط از بازار ارزان‌تر است")
    await proposes_bylaws(v.leila, "bylaws.loans", "6", "40", "12", "decider_board")
    await vote(v)
    await v.until(9, 12)
    for borrower in (v.golnar, v.shahin, v.tahereh, v.roghayeh):
        await pays(v, borrower)
    await moves(v, "drawn", "۲ میلیون تومان")
    await v.until(10, 1)
    await close_month(v)
