"""What is meant by an incoming reply: a command, a menu word, an answer, a tap, or something out of the blue.

/cancel, /help and the menu are looked at before the conversation, so nobody is ever caught inside one.
"""

from __future__ import annotations

from conversations.replies import Pictured, Reply, Said, Shared
from domain.amounts import Doubtful, Understood, read_amount, speaks_of_money
from domain.codes import read_code
from domain.commands import AddReceipt
from domain.money import Rial
from domain.moves import AddMovePicture
from domain.refusals import Refused
from handlers import actions, by_code, incoming, starts, talking, tokens
from handlers.cards.move import enterer_of
from handlers.cards.presses import PRESSES
from handlers.carry_out import carry_out
from handlers.menu import menu_of
from handlers.standing import position
from handlers.turn import Turn
from handlers.views import general
from storage import deposits, groups, moves, people, pictures

COMMANDS = {"/menu": general.show_menu, "/help": general.show_help}


def dispatch(turn: Turn, content: incoming.Content) -> None:
    """Answer one reply; the rules' no is said here, once for all."""
    try:
        _dispatch(turn, content)
    except Refused as refused:
        turn.refuse(refused, menu_of(turn))


def _dispatch(turn: Turn, content: incoming.Content) -> None:
    match content:
        case incoming.Presence(here):
            people.set_reachable(turn.conn, turn.here.id, None if here else turn.now)
        case incoming.Tap(_, data):
            _tapped(turn, data)
        case incoming.Text(text):
            _said(turn, text)
        case incoming.Contact(phone, own):
            _answer(turn, Shared(phone, own))
        case incoming.Picture(file_id, as_document):
            picture = pictures.add_picture(
                turn.conn, turn.here.platform, file_id, turn.now, as_document=as_document
            )
            _answer(turn, Pictured(picture))
        case incoming.Other():
            _other(turn)


def _said(turn: Turn, text: str) -> None:
    word, _, rest = text.strip().partition(" ")
    command = word.partition("@")[0].lower()
    if command == "/start":
        starts.start(turn, rest.strip())
    elif command in ("/cancel", "/back"):
        _step(turn, command)
    elif command in COMMANDS:
        COMMANDS[command](turn)
    else:
        _words(turn, text)


def _words(turn: Turn, text: str) -> None:
    meant = turn.desk.texts.word_meant(text)
    menu = next((word for word in meant if word in actions.WHO), None)
    if menu is not None:
        actions.act(turn, menu)
    elif "menu" in meant:
        general.show_menu(turn)
    elif "back" in meant or "cancel_talk" in meant:
        _step(turn, "/back" if "back" in meant else "/cancel")
    else:
        _answer(turn, Said(text))


def _step(turn: Turn, command: str) -> None:
    row = talking.current(turn)
    if row is None:
        turn.say("common.nothing_open", menu_of(turn))
    elif command == "/back":
        talking.back(turn, row)
    else:
        talking.cancel(turn, row)


def _answer(turn: Turn, reply: Reply) -> None:
    row = talking.current(turn)
    if row is not None:
        talking.reply(turn, row, reply)
        return
    match reply:
        case Said(text):
            _out_of_the_blue(turn, text)
        case Pictured():
            _late_receipt(turn, reply)
        case _:
            general.nothing_fits(turn)


def _out_of_the_blue(turn: Turn, text: str) -> None:
    """A typed code opens what it stands for; an amount offers to record a saving."""
    code = read_code(text)
    if code is not None and groups.group_by_code(turn.conn, code) is not None:
        starts.start(turn, f"g_{code}")
        return
    if by_code.begins_joining(turn, text):
        return
    amount = _amount(turn, text)
    if amount is not None:
        talking.begin(turn, "saving", amount.rials)
    else:
        general.nothing_fits(turn)


def _amount(turn: Turn, text: str) -> Rial | None:
    group = position(turn).group
    if group is None:
        return None
    match read_amount(text, group.unit):
        case Understood(amount):
            return amount
        case Doubtful((likeliest, *_)) if speaks_of_money(text):
            return likeliest  # it is offered, with its figure, not taken
        case _:
            return None


def _late_receipt(turn: Turn, reply: Pictured) -> None:
    """A picture with no question open belongs to the newest report, or cost, of hers that still lacks one."""
    member = position(turn).member
    waiting = deposits.open_deposits_of(turn.conn, member.id) if member else ()
    bare = [d for d in waiting if d.picture_id is None]
    costs = moves.bare_costs(turn.conn, member.group_id) if member else ()
    hers = [cost for cost in costs if enterer_of(turn, cost) == turn.me]
    if bare:
        carry_out(turn, AddReceipt(bare[-1].id, reply.picture))
    elif hers:
        carry_out(turn, AddMovePicture(hers[-1].id, reply.picture))
    else:
        turn.say("common.picture_without_matter", menu_of(turn))


def _tapped(turn: Turn, data: str) -> None:
    token = tokens.read(turn.desk.key, data, turn.here.id)
    if token is None:
        turn.say("common.foreign_button")
    elif token.kind == talking.KIND:
        if not talking.pressed(turn, token.id, token.choice, token.revision):
            _old_question(turn)
    else:
        _pressed(turn, token)


def _pressed(turn: Turn, token: tokens.Token) -> None:
    """Do what a card's button says; one that this version of the program no longer knows is told so."""
    press, said = PRESSES.get(token.kind), len(turn.out)
    name = press(turn, token.id, token.choice, token.revision) if press is not None else None
    if name is not None:
        talking.begin(turn, name, token.id)
    elif len(turn.out) == said:
        turn.say("common.foreign_button")


def _old_question(turn: Turn) -> None:
    row = talking.current(turn)
    if row is None:
        turn.say("common.question_over", menu_of(turn))
        return
    turn.say("common.already_answered")
    talking.ask_again(turn, row)


def _other(turn: Turn) -> None:
    row = talking.current(turn)
    turn.say("common.cannot_use_that")
    if row is not None:
        talking.ask_again(turn, row)
