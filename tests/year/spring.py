"""Spring: the group is founded, elects its board, agrees on its rules, saves, and begins to lend."""

from __future__ import annotations

from domain.ids import Platform
from domain.offices import Office
from tests.rules import savings_proposed
from tests.year.assembly import (
    all_accept,
    ballots,
    ballots_on_one,
    calls_election,
    names,
    proposes_bylaws,
    proposes_price,
    stand,
    vote,
)
from tests.year.founding import add_naneh, found, join
from tests.year.lending import is_lent, pays
from tests.year.money import close_month, moves
from tests.year.saving import everybody_saves, saves, taken_back
from tests.year.village import NAMES, Village
from tests.year.wired import Wired


async def spring(ground: Wired, platform: Platform) -> Village:
    """Play Farvardin to Khordad."""
    village = await founded(ground, platform)
    await elected(village)
    await agreed(village)
    await farvardin(village)
    await ordibehesht(village)
    await khordad(village)
    return village


async def founded(ground: Wired, platform: Platform) -> Village:
    """New Year's Day: a facilitator, fifteen with phones, and Naneh, who has none."""
    village = await found(ground, platform)
    for name in NAMES:
        await join(village, name)
    await add_naneh(village)
    return village


async def elected(v: Village) -> None:
    """Two stand for the chair; Leila is named by a neighbour; all vote in secret, Naneh on paper."""
    await v.until(1, 2)
    await calls_election(v.maryam)
    await names(v.sakineh, Office.SECRETARY, v.leila)
    await stand(v, {Office.CHAIR: [v.maryam, v.fatemeh], Office.TREASURER: [v.zahra]})
    await ballots(v, v.maryam, v.fatemeh, for_other=[v.fatemeh, v.golnar, v.shahin])
    await ballots_on_one(v, against=[v.azam])
    await ballots_on_one(v)
    assert v.maryam.last.name == v.zahra.last.name == v.leila.last.name == "election.you_are"
    v.group.officers.update({Office.CHAIR: v.maryam, Office.TREASURER: v.zahra, Office.SECRETARY: v.leila})


async def agreed(v: Village) -> None:
    """What everybody saves, what a loan costs (nothing, to begin with), and the bylaws with a fine."""
    await v.until(1, 3)
    await savings_proposed(v.leila, "۵۰۰ هزار تومان")
    await vote(v, silent=[v.mahin])
    await v.until(1, 7)
    await all_accept(v, "acceptance.savings")
    await proposes_price(v.golnar, "method_zero")
    await vote(v)
    await proposes_bylaws(v.leila, "bylaws.repaying", "fee-principal-fine", "200000")
    await vote(v, no=[v.azam])
    await all_accept(v, "acceptance.bylaws")


async def farvardin(v: Village) -> None:
    """The first round: everybody is on time."""
    await v.until(1, 10)
    await everybody_saves(v)
    await v.until(1, 12)
    await moves(v, "banked", "۵ میلیون تومان")
    await v.until(2, 1)
    await close_month(v)


async def ordibehesht(v: Village) -> None:
    """Mahin is late, Azam pays twice, and the first loan is given: three million for a sewing machine."""
    await v.until(2, 10)
    await everybody_saves(v, but=[v.mahin])
    await v.until(2, 12)
    await saves(v, v.azam)
    await v.until(2, 14)
    await is_lent(v, v.fatemeh, "۳ میلیون تومان", 3, "چرخ خیاطی")
    await v.until(2, 22)
    await saves(v, v.mahin)
    await moves(v, "banked", "۷ میلیون تومان")
    await v.until(3, 1)
    await close_month(v)


async def khordad(v: Village) -> None:
    """Shirin pays in two parts; what Mahin is said to have paid was another's, and is taken back."""
    await v.until(3, 10)
    await everybody_saves(v, but=[v.shirin, v.azam])
    await saves(v, v.shirin, amount="۳۰۰ هزار تومان")
    await saves(v, v.mahin, amount="۲۰۰ هزار تومان")
    await taken_back(v, 0, "این پول را شیرین داده بود")
    await saves(v, v.shirin, amount="۲۰۰ هزار تومان")
    await v.until(3, 14)
    await pays(v, v.fatemeh)
    await is_lent(v, v.sakineh, "۴ میلیون تومان", 4, "ده مرغ و یک لانه")
    await moves(v, "banked", "۴ میلیون تومان")
    await moves(v, "bank_charge", "۱۵ هزار تومان")
    await v.until(4, 1)
    await close_month(v)
