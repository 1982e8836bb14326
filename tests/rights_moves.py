"""Who may do what with the group's own money."""

from __future__ import annotations

from domain.commands import AnswerReversal, AskReversal, Command
from domain.ids import EntryId, MoveId, ReversalId
from domain.money import Rial
from domain.moves import AddMovePicture, AnswerMove, CountCash, EnterMove, HandOver, WithdrawMove
from domain.offices import Office
from domain.posting import MoveKind
from storage import schema
from tests.keeping import handed, vacated
from tests.rights import Prepare, Village
from tests.steps import moved, report, reversal_asked

MONEY = Rial.from_toman(500_000)


async def move(here: Village) -> Command:
    return EnterMove(here.group.id, MoveKind.BANKED, Rial(10), None, None, None, None)


async def difference_that_nobody_counted(here: Village) -> Command:
    return EnterMove(here.group.id, MoveKind.CASH_SHORT, Rial(10), None, None, "گم شد", None)


async def move_picture(here: Village) -> Command:
    await moved(here["treasurer"], "running_cost", "۱۰ هزار تومان", "cash", "چای", "later")
    return AddMovePicture(MoveId(await here.newest(schema.cash_move)), await here.picture())


async def answer_to_move(here: Village) -> Command:
    return AnswerMove(MoveId(await here.newest(schema.cash_move)), 1, agreed=True)


async def move_withdrawn(here: Village) -> Command:
    return WithdrawMove(MoveId(await here.newest(schema.cash_move)), 1)


async def cash_count(here: Village) -> Command:
    return CountCash(here.group.id, MONEY, MONEY, None)


async def reversal_of_a_move(here: Village) -> Command:
    await here["chair"].tap("agree_move")
    return AskReversal(EntryId(await here.newest(schema.entry)), "دو بار نوشته شد")


async def answer_to_its_reversal(here: Village) -> Command:
    await reversal_asked(here["chair"], "move")
    return AnswerReversal(ReversalId(await here.newest(schema.reversal)), 1, agreed=True)


MOVES: list[tuple[Prepare, set[str]]] = [
    (move, {"treasurer"}),
    (difference_that_nobody_counted, set()),
    (move_picture, {"treasurer"}),
    (answer_to_move, {"chair"}),
    (move_withdrawn, {"treasurer"}),
    (cash_count, {"treasurer"}),
    (reversal_of_a_move, {"chair", "secretary", "treasurer", "facilitator"}),
    (answer_to_its_reversal, {"secretary"}),
]


async def hand_over(here: Village) -> Command:
    """The chair has kept cash while there was no treasurer; now there is one again."""
    group, treasurer = here.group, here["treasurer"]
    await vacated(here.stage, group)
    await report(here["neighbour"])
    await here["chair"].tap("confirm_deposit")
    await here.stage.appoint(group, Office.TREASURER, treasurer)
    return HandOver(group.id, here["chair"].person, Rial(10))


async def answer_to_hand_over(here: Village) -> Command:
    await here["chair"].press("menu_money")
    await handed(here["chair"], "5000000")
    return AnswerMove(MoveId(await here.newest(schema.cash_move)), 1, agreed=True)


async def hand_over_withdrawn(here: Village) -> Command:
    return WithdrawMove(MoveId(await here.newest(schema.cash_move)), 1)


async def answer_to_the_treasurers_word(here: Village) -> Command:
    await here["chair"].tap("withdraw_move")
    await here["treasurer"].press("menu_money")
    await handed(here["treasurer"], "5000000")
    return AnswerMove(MoveId(await here.newest(schema.cash_move)), 1, agreed=True)


HAND_OVER: list[tuple[Prepare, set[str]]] = [
    (hand_over, {"chair", "treasurer"}),
    (answer_to_hand_over, {"treasurer"}),
    (hand_over_withdrawn, {"chair"}),
    (answer_to_the_treasurers_word, {"chair"}),
]
