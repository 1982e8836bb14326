"""What happens by itself when a vote has ended for good; a kind that is not here is words only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.proposals import ProposalKind
from domain.votes import Outcome
from handlers.deeds import fines, loans, members, names, rules, surplus
from handlers.turn import Turn
from storage.assembly import ProposalRow

Deed = Callable[[Turn, ProposalRow, Outcome], None]

DEEDS: Mapping[ProposalKind, Deed] = {
    ProposalKind.NAME: names.call_group,
    ProposalKind.BYLAWS: rules.adopt,
    ProposalKind.LOAN_TERMS: rules.adopt,
    ProposalKind.SURPLUS: surplus.share,
    ProposalKind.SAVINGS: rules.adopt,
    ProposalKind.LOAN: loans.decide,
    ProposalKind.LOAN_ORDER: loans.put_first,
    ProposalKind.WRITE_OFF: loans.write_off,
    ProposalKind.RESCHEDULING: loans.reschedule,
    ProposalKind.EXPULSION: members.expel,
    ProposalKind.WAIVER: fines.waive,
}
