"""The sharing of a surplus is put to the vote; its words show the sums."""

from __future__ import annotations

from domain import matters
from domain.persian import clean_line
from domain.proposals import ProposalKind
from domain.refusals import Refused
from domain.surplus import ShareSurplus, applied, figures
from domain.votes import last_day
from handlers.carry.rules import LONGEST
from handlers.menu import menu_of
from handlers.openers.surplus import shareable
from handlers.sharing import weights_of
from handlers.turn import Turn
from handlers.voting import open_vote
from storage import bylaws, groups, notes


def propose(turn: Turn, command: ShareSurplus) -> None:
    """Open the vote on a sum that is there and gives at least somebody a share."""
    groups.lock_group(turn.conn, command.group)
    group, sharing = turn.group(command.group), command.sharing
    year, retained = shareable(turn, group)
    if year != sharing.year:
        raise Refused("terms_changed", back_to="share_surplus.amount")
    if sharing.amount > retained:
        raise Refused("more_than_the_surplus", back_to="share_surplus.amount", there=retained)
    rules = bylaws.bylaws_of(turn.conn, group.id).rules
    weights = weights_of(turn, group.id, year, rules.surplus_rule)
    shared = figures(sharing.amount, weights, rules.loan_rounding)
    if not shared.total:
        raise Refused("too_little_for_everybody", back_to="share_surplus.amount")
    turn.record(command, group.id)
    facts = {"amount": sharing.amount, "year": year, "to_savings": sharing.to_savings}
    text = turn.desk.texts.render(
        "share_surplus.words", {**facts, "rule": applied(rules.surplus_rule, weights), "shared": shared}
    )
    salt = turn.desk.random_bytes(notes.SALT_BYTES)
    words, _ = notes.add_note(turn.conn, clean_line(text, LONGEST), salt)
    matter = matters.write(sharing)
    found = open_vote(turn, group.id, ProposalKind.SURPLUS, words, turn.me, matter=matter)
    turn.say("propose.opened", menu_of(turn), group=group.name, day=last_day(found.closes_at))
