"""The assembly waived fines: of a loan, which is replayed, or of late saving, which are asked no more."""

from __future__ import annotations

from domain import matters
from domain.money import Rial
from domain.moves import LateFinesWaived
from domain.votes import Outcome
from handlers.deeds import loans
from handlers.deeds.booking import resolved
from handlers.turn import Turn
from storage import fines
from storage.assembly import ProposalRow


def waive(turn: Turn, closed: ProposalRow, outcome: Outcome) -> None:
    """Take the fines away that are open now; nothing where there are none."""
    if outcome is not Outcome.ACCEPTED:
        return
    waived = matters.read(closed.matter or "")
    if isinstance(waived, LateFinesWaived):
        _tell_saver(turn, closed, waived)
    else:
        loans.waive(turn, closed)


def _tell_saver(turn: Turn, closed: ProposalRow, waived: LateFinesWaived) -> None:
    """Say to whoever owes them what they came to: from now on `fines_in` leaves them out."""
    member = turn.member(waived.membership)
    left = [fine for fine in fines.unpaid_in(turn.conn, closed.group_id) if waived.covers(fine)]
    about = {"group": turn.group(closed.group_id).name, "name": member.name or ""}
    if not left:
        turn.tell(closed.proposed_by, "waive_fine.nothing_done", (), None, **about)
        return
    amount, rounds = sum((fine.amount for fine in left), Rial(0)), [fine.round_number for fine in left]
    facts = {"amount": amount, "rounds": rounds, **about, **resolved(turn, closed)}
    turn.tell_member(member, "waive_fine.told_saver", (), f"waived:{closed.id}", **facts)
