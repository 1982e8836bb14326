"""A borrower who cannot pay as agreed asks for a new schedule, or her helper asks for her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, DayOf
from conversations.loan_parts import up_to
from conversations.parts import SHORT_REASON, day_within
from domain.ids import LoanId
from domain.lending import first_due
from domain.loan_account import LoanAccount, Rescheduling
from domain.repaying import LoanRescheduled, Reschedule


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose loan it is, what is left of it, and between which bounds the new schedule lies."""

    subject: LoanId
    group: str
    name: str
    helped: bool
    account: LoanAccount
    most_months: int
    today: date
    least: date  # the first day that no vote on it can reach
    most: date


def reschedule(facts: Facts) -> Script[Reschedule | None]:
    """Ask in how many instalments and from when; show what would be due, before anybody else sees it."""
    left, most = facts.account.principal, facts.most_months
    about = {"name": facts.name, "left": left}
    now = {"count": len(facts.account.plan), "arrears": facts.account.due(facts.today).total, "most": most}
    months = yield from ask("reschedule.months", up_to(most), **now, **about)
    begins = yield from _first_due(facts)
    after = facts.account.rescheduled(Rescheduling(facts.today, months, begins))
    shown = {**about, "standing": after.standing, "plan": after.plan}
    reason = yield from ask("reschedule.why", SHORT_REASON, **shown)
    shown |= {"group": facts.group, "helped": facts.helped, "reason": reason}
    sure = yield from ask("reschedule.confirm", CONFIRM, **shown)
    return Reschedule(LoanRescheduled(facts.subject, left, months, begins), reason) if sure else None


def _first_due(facts: Facts) -> Script[date]:
    """A month from now, or any day between the end of the vote and a year."""
    kind = DayOf(facts.today, (max(first_due(facts.today), facts.least),))
    texts = ("reschedule.first_due", "reschedule.first_due_again")
    bounds = {"least": facts.least, "most": facts.most}
    return (yield from day_within(*texts, kind, facts.least, facts.most, **bounds))
