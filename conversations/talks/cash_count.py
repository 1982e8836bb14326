"""The treasurer, with the chair beside her, counts what is in the box."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM
from conversations.parts import REASON, amount_of
from domain.ids import GroupId
from domain.money import Rial, Unit
from domain.moves import CountCash

EMPTY = Rial(0)


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, the cash there is by the books, what waits to be confirmed, and what others still keep."""

    subject: GroupId
    group: str
    unit: Unit
    by_books: Rial
    waiting: Rial
    kept: Rial = EMPTY


def cash_count(facts: Facts) -> Script[CountCash | None]:
    """Ask what was counted before the books are named; a difference needs a reason."""
    counted = yield from amount_of("cash_count.counted", facts.unit, (EMPTY,), group=facts.group)
    difference, reason = counted - facts.by_books, None
    if difference:
        text = "cash_count.short" if difference < EMPTY else "cash_count.over"
        figures = {"counted": counted, "by_books": facts.by_books, "difference": abs(difference)}
        reason = yield from ask(text, REASON, waiting=facts.waiting, kept=facts.kept, **figures)
    sure = yield from ask(
        "cash_count.confirm",
        CONFIRM,
        group=facts.group,
        counted=counted,
        by_books=facts.by_books,
        short=max(EMPTY, -difference),
        over=max(EMPTY, difference),
        reason=reason or "",
    )
    return CountCash(facts.subject, counted, facts.by_books, reason) if sure else None
