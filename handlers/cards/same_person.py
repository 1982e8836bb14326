"""Is this other account yours as well? Asked of both accounts before anything is joined."""

from __future__ import annotations

from domain.ids import PersonId
from handlers.turn import Press, Rows, Turn
from storage import people
from storage.people import AccountRow, PersonRow

KIND = "s"


def ask_newcomer(turn: Turn, other: PersonRow) -> None:
    """The number proven here belongs to somebody already: ask here first whether that is the same person."""
    turn.say_with("join_accounts.same_number", _rows(other.id, "mine", "not_mine"), name=other.name or "")


def ask_owner(turn: Turn, owner: PersonId) -> bool:
    """Here both were said to be one person's; ask the other account. False where it cannot be reached."""
    account = people.account_to_tell(turn.conn, owner)
    if account is None:
        return False
    here = turn.here
    name = turn.person.name if turn.person else None
    there = turn.at(account)
    there.say_with(
        "join_accounts.asks_owner" if name else "join_accounts.nameless_asks_owner",
        _rows(here.id, "agree", "disagree"),
        name=name or "",
        platform=here.platform,
    )
    return True


def is_joined(turn: Turn, asking: AccountRow) -> bool:
    """Tell whether the account that asked is this person's already."""
    return asking.person_id is not None and asking.person_id == turn.me


def _rows(number: int, yes: str, no: str) -> Rows:
    return [[Press(KIND, number, yes, 0, "that_is_me"), Press(KIND, number, no, 0, "that_is_not_me")]]
