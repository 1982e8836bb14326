"""An office changes hands: what waits for whoever holds it goes to whoever holds it now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.ids import PersonId
from handlers.cards import applicant, deposit
from handlers.menu import menu_of
from handlers.turn import Turn
from storage import deposits, groups, people
from storage.groups import GroupRow


@contextmanager
def handing_over(turn: Turn, group: GroupRow) -> Iterator[None]:
    """Enclose a change of offices; afterwards the cards of what waits are sent to those who decide now."""
    before = {d.id: deposit.confirmers_of(turn, d) for d in deposits.open_deposits(turn.conn, group.id)}
    chaired_by = groups.offices_of(turn.conn, group).chair
    yield
    for found in deposits.open_deposits(turn.conn, group.id):
        if found.state == "waiting" and deposit.confirmers_of(turn, found) != before[found.id]:
            deposit.send_cards(turn, found)
    chair = groups.offices_of(turn.conn, group).chair
    if chair is not None and chair != chaired_by:
        for waiting in applicant.waiting_in(turn, group):
            applicant.send_card(turn, waiting, chair)


def tell_with_menu(turn: Turn, person: PersonId, text: str, **facts: object) -> None:
    """Tell somebody whose menu is another one now."""
    account = people.account_to_tell(turn.conn, person)
    if account is not None:
        there = turn.at(account)
        there.say(text, menu_of(there), **facts)
