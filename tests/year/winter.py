"""Winter: the board lends, Parvin leaves, a loan is lost and partly recovered, and the year is closed."""

from __future__ import annotations

from tests.year.assembly import vote
from tests.year.lending import asks, board_agrees, is_paid, is_written_off, pays
from tests.year.money import close_month, close_year, leaves, moves, shares_surplus
from tests.year.saving import everybody_saves
from tests.year.village import Village


async def winter(village: Village) -> None:
    """Play Dey to Esfand, and the first days of the next year."""
    await dey(village)
    await bahman(village)
    await esfand(village)
    await new_year(village)


async def dey(v: Village) -> None:
    """Masumeh's loan is decided on by the board; Parvin moves to the city and takes her savings along."""
    await v.until(10, 10)
    await everybody_saves(v)
    await asks(v.masumeh, "۶ میلیون تومان", 6, "بذر و کود")
    await board_agrees(v)
    await is_paid(v, v.masumeh)
    await v.until(10, 12)
    for borrower in (v.golnar, v.shahin, v.tahereh, v.roghayeh):
        await pays(v, borrower)
    await v.until(10, 20)
    await leaves(v, "parvin")
    await v.until(11, 1)
    await close_month(v)


async def bahman(v: Village) -> None:
    """Hamideh's shop has closed: all but her decide that what she owes is lost."""
    await v.until(11, 10)
    await everybody_saves(v)
    await v.until(11, 12)
    for borrower in (v.shahin, v.tahereh, v.roghayeh, v.masumeh):
        await pays(v, borrower)
    await is_written_off(v, v.hamideh, "دکانش در سیل از میان رفت")
    await v.until(12, 1)
    await close_month(v)


async def esfand(v: Village) -> None:
    """Hamideh brings a million all the same; the bank pays its profit."""
    await v.until(12, 10)
    await everybody_saves(v)
    await pays(v, v.hamideh, "۱ میلیون تومان")
    await v.until(12, 12)
    for borrower in (v.shahin, v.tahereh, v.roghayeh, v.masumeh):
        await pays(v, borrower)
    await moves(v, "bank_profit", "۹۰۰ هزار تومان")
    await v.until(1, 1)
    await close_month(v)


async def new_year(v: Village) -> None:
    """The year is closed: the reserve is kept, and by vote a million becomes savings."""
    await v.until(1, 3)
    await close_year(v)
    await shares_surplus(v.mahin, "۱ میلیون تومان")
    await vote(v)
    await v.check()
