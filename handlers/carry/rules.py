"""Rules of a group are put to the vote."""

from __future__ import annotations

from collections.abc import Mapping

from domain import matters
from domain.bylaws import Bylaws, amended
from domain.bylaws_bounds import out_of_bounds
from domain.matters import Matter
from domain.persian import clean_line
from domain.proposals import ProposeRules
from domain.refusals import Refused
from domain.votes import last_day
from handlers.menu import menu_of
from handlers.openers.assembly import open_kinds
from handlers.turn import Turn
from handlers.voting import open_vote
from storage import bylaws, groups, notes
from storage.groups import GroupRow

LONGEST = 600


def propose(turn: Turn, command: ProposeRules) -> None:
    """Open the vote on rules that differ from those in force."""
    groups.lock_group(turn.conn, command.group)
    group = turn.group(command.group)
    open_kinds(turn, group)
    _refuse_pointless(turn, group, command.matter)
    turn.record(command, group.id)
    text = clean_line(turn.desk.texts.render(*_words(group, command.matter)), LONGEST)
    words, _ = notes.add_note(turn.conn, text, turn.desk.random_bytes(notes.SALT_BYTES))
    matter = matters.write(command.matter)
    found = open_vote(turn, group.id, command.kind, words, turn.me, matter=matter)
    turn.say("propose.opened", menu_of(turn), group=group.name, day=last_day(found.closes_at))


def _refuse_pointless(turn: Turn, group: GroupRow, matter: Matter) -> None:
    """What holds already needs no vote."""
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    whole = isinstance(matter, Bylaws)
    if _after(rules, matter) == rules and (not whole or bylaws.decided_whole(turn.conn, group.id)):
        raise Refused("holds_already")


def _after(rules: Bylaws, matter: Matter) -> Bylaws:
    """Return the rules of the group as they would be; ValueError for what no group can have."""
    after = amended(rules, matter)
    if flaws := tuple(out_of_bounds(after)):
        raise ValueError(f"out of bounds: {flaws}")
    return after


def _words(group: GroupRow, matter: Matter) -> tuple[str, Mapping[str, object]]:
    if isinstance(matter, Bylaws):
        return "bylaws.words", {"group": group.name}
    return "loan_terms.words", {"price": matter.price, "terms": matter}
