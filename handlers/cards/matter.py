"""Rules that are put to the vote: their words, and what everybody is to read before she votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.loan_parts import shown_example
from conversations.rule_kinds import shown_rules
from domain import matters
from domain.bylaws import Bylaws, LoanRules, SavingsAgreement
from domain.calendar import local_day
from domain.ids import PictureId
from domain.loan_example import Purse
from domain.proposals import ProposalKind
from handlers.turn import Turn
from storage import bylaws, groups, loans, pictures
from storage.assembly import ProposalRow
from storage.groups import GroupRow

EXPLAINED = frozenset({ProposalKind.BYLAWS, ProposalKind.LOAN_TERMS})
BYTE_ORDER_MARK = "\ufeff"  # tells viewers that it is UTF-8
UNSEEN = str.maketrans("", "", "*\u2066\u2067\u2068\u2069")  # emphasis and what isolates names


@dataclass(frozen=True, slots=True)
class Page:
    """One message of what is to be read."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
    file: PictureId | None = None


def explanation(turn: Turn, found: ProposalRow) -> tuple[Page, ...]:
    """Return what is to be read before a vote; nothing where its words say all."""
    group = turn.group(found.group_id)
    match matters.read(found.matter) if found.matter else None:
        case LoanRules() as terms:
            return (_example(turn, group, terms),)
        case Bylaws() as rules:
            return _pages(turn, group, rules, {"voted": True, "version": 0, "day": None})
        case _:
            return ()


def text_in_force(turn: Turn, group: GroupRow) -> tuple[Page, ...]:
    """Return the bylaws as they hold now."""
    adopted = bylaws.bylaws_of(turn.conn, group.id)
    day = local_day(adopted.adopted_at) if adopted.adopted_at else None
    return _pages(turn, group, adopted.rules, {"voted": False, "version": adopted.version, "day": day})


def saving_of(group: GroupRow) -> SavingsAgreement:
    """Return what everybody saves now."""
    return SavingsAgreement(group.saving, group.rhythm)


def purse_of(turn: Turn, group: GroupRow) -> Purse:
    """Return a group's own figures."""
    fund = loans.holdings_of(turn.conn, group.id).fund
    return Purse(fund, len(groups.members(turn.conn, group.id)), group.saving)


def _example(turn: Turn, group: GroupRow, terms: LoanRules) -> Page:
    """A loan in the group's own figures."""
    rules = terms.within(bylaws.bylaws_of(turn.conn, group.id).rules)
    figures = shown_example(rules, terms.price, purse_of(turn, group), turn.today)
    return Page("loan_terms.figures", {"group": group.name, **figures})


def _pages(turn: Turn, group: GroupRow, rules: Bylaws, state: Mapping[str, object]) -> tuple[Page, ...]:
    """The whole text in two messages, and once more as a file to keep."""
    facts = {"group": group.name, **shown_rules(rules, saving_of(group)), **state}
    parts = ("bylaws.first_part", "bylaws.second_part")
    text = "\n\n".join(turn.desk.texts.render(part, facts) for part in parts).translate(UNSEEN)
    file = pictures.add_made_picture(turn.conn, f"{BYTE_ORDER_MARK}{text}\n".encode(), turn.now)
    return (*(Page(part, facts) for part in parts), Page("bylaws.file", {"group": group.name}, file))
