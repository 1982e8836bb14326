"""What a menu button or a command word does: begin a conversation, or show something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from domain.refusals import Refused
from domain.rights import Standing
from handlers import talking
from handlers.menu import ROWS
from handlers.standing import position
from handlers.turn import Turn
from handlers.views import (
    about,
    assembly,
    general,
    group_money,
    groups,
    leads,
    loans,
    me,
    money,
    objections,
    rounds,
    waiting,
)

Action = Callable[[Turn], None]
WHO: Mapping[str, frozenset[Standing]] = {word: who for row in ROWS for word, who in row}


def _talk(name: str) -> Action:
    return partial(talking.begin, name=name)


ACTIONS: Mapping[str, Action] = {
    "menu_save": _talk("saving"),
    "menu_passbook": money.passbook,
    "menu_fund": money.fund,
    "menu_loans": loans.page,
    "menu_assembly": assembly.page,
    "menu_money": group_money.page,
    "menu_objection": objections.page,
    "menu_waiting": waiting.everything,
    "menu_rounds": rounds.latest,
    "menu_reverse": _talk("reversal"),
    "menu_members": groups.own_page,
    "menu_groups": groups.listing,
    "menu_new_group": _talk("new_group"),
    "menu_me": me.page,
    "menu_leads": leads.all_open,
    "menu_invite": _talk("invite"),
    "menu_about": about.introduce,
    "menu_offices": _talk("where"),
    "menu_interested": _talk("interest"),
    "menu_have_code": about.have_code,
    "menu_help": general.show_help,
}


def act(turn: Turn, word: str) -> None:
    """Do what a menu word says, for those who may."""
    if not WHO[word] & position(turn).standings:
        raise Refused("not_for_you")
    ACTIONS[word](turn)
