"""Who may do what with the group's own money."""

from __future__ import annotations

from domain.commands import Command
from domain.ids import MoveId
from domain.money import Rial
from domain.moves import AddMovePicture, AnswerMove, CountCash, EnterMove, WithdrawMove
from domain.posting import MoveKind
from storage import schema
from tests.rights import Prepare, Village
from tests.steps import moved

MONEY = Rial.from_toman(500_000)


async def move(here: Village) -> Command:
    return EnterMove(here.group.id, MoveKind.BANKED, Rial(10), None, None, None, None)


async def move_picture(here: Village) -> Command:
    await moved(here["treasurer"], "running_cost", "۱۰ هزار تومان", "cash", "چای", "later")
    return AddMovePicture(MoveId(await here.newest(schema.cash_move)), await here.picture())


async def answer_to_move(here: Village) -> Command:
    return AnswerMove(MoveId(await here.newest(schema.cash_move)), 1, agreed=True)


async def move_withdrawn(here: Village) -> Command:
    return WithdrawMove(MoveId(await here.newest(schema.cash_move)), 1)


async def cash_count(here: Village) -> Command:
    return CountCash(here.group.id, MONEY, MONEY, None)


MOVES: list[tuple[Prepare, set[str]]] = [
    (move, {"treasurer"}),
    (move_picture, {"treasurer"}),
    (answer_to_move, {"chair"}),
    (move_withdrawn, {"treasurer"}),
    (cash_count, {"treasurer"}),
]
