"""Rules of a group are put to the vote."""

from __future__ import annotations

from collections.abc import Mapping

from domain import matters
from domain.agreements import Document
from domain.bylaws import Bylaws, GroupRules, LoanRules, SavingsAgreement, amended
from domain.bylaws_bounds import out_of_bounds
from domain.meetings import Meetings
from domain.persian import clean_line
from domain.proposals import ProposeRules
from domain.refusals import Refused
from domain.votes import last_day
from handlers.cards import contest
from handlers.cards.matter import saving_of
from handlers.meetings import meetings_of
from handlers.menu import menu_of
from handlers.openers.assembly import open_kinds
from handlers.turn import Turn
from handlers.voting import open_vote
from storage import agreements, bylaws, groups, notes
from storage.groups import GroupRow

LONGEST = 600


def propose(turn: Turn, command: ProposeRules) -> None:
    """Open the vote on rules that differ from those in force."""
    groups.lock_group(turn.conn, command.group)
    group = turn.group(command.group)
    open_kinds(turn, group)
    _refuse_pointless(turn, group, command.matter)
    if isinstance(command.matter, Bylaws) and command.matter.secret_votes:
        contest.ballot_key(turn)
    turn.record(command, group.id)
    text = clean_line(turn.desk.texts.render(*_words(command.matter)), LONGEST)
    words, _ = notes.add_note(turn.conn, text, turn.desk.random_bytes(notes.SALT_BYTES))
    matter = matters.write(command.matter)
    found = open_vote(turn, group.id, command.kind, words, turn.me, matter=matter)
    turn.say("propose.opened", menu_of(turn), group=group.name, day=last_day(found.closes_at))


def _refuse_pointless(turn: Turn, group: GroupRow, matter: GroupRules | Meetings) -> None:
    """What was decided already needs no vote."""
    if _now(turn, group, matter) == matter:
        raise Refused("holds_already")


def _now(turn: Turn, group: GroupRow, matter: GroupRules | Meetings) -> GroupRules | Meetings | None:
    """Return what the assembly decided about the same; ValueError for rules no group can have."""
    if isinstance(matter, Meetings):
        return meetings_of(turn, group.id)
    adopted = bylaws.bylaws_of(turn.conn, group.id)
    if isinstance(matter, SavingsAgreement):
        agreed = agreements.version_of(turn.conn, group.id, Document.SAVINGS)
        return saving_of(group) if agreed else None
    if flaws := tuple(out_of_bounds(amended(adopted.rules, matter))):
        raise ValueError(f"out of bounds: {flaws}")
    if isinstance(matter, Bylaws):
        return adopted.rules if adopted.whole else None
    return matter if matter.within(adopted.rules) == adopted.rules else None


def _words(matter: GroupRules | Meetings) -> tuple[str, Mapping[str, object]]:
    match matter:
        case Bylaws():
            return "bylaws.words", {}
        case LoanRules():
            return "loan_terms.words", {"price": matter.price, "terms": matter}
        case SavingsAgreement():
            return "savings_agreement.words", {"amount": matter.amount, "rhythm": matter.rhythm}
        case Meetings():
            return "meetings.words", {"plan": matter}
