"""Cash without a treasurer: under whose name it stands, and who says that she has it."""

from __future__ import annotations

from tests.model.entitled import keeping, office, owners
from tests.model.expected import KEPT
from tests.model.rows import Deposit, Move
from tests.model.step import Step


def paid(step: Step, old: Deposit, new: Deposit) -> None:
    """Who counted it or took it in keeps it; that never changes afterwards."""
    if new.state == "confirmed":
        taker = new.decided_by if old.state == "waiting" else old.decided_by
        _is_kept(step, new, taker, owners(step.after, new.membership_id) | {new.reported_by})
    else:
        assert new.keeper_id == old.keeper_id


def moved(step: Step, old: Move, new: Move) -> None:
    """What a member paid is kept as a saving is; what is handed over stood under that name before."""
    if new.kind == "handed_over" or new.membership_id is None or new.state != "confirmed":
        assert new.keeper_id == old.keeper_id
        return
    hers = owners(step.after, new.membership_id)
    _is_kept(step, new, new.decided_by if new.entered_by in hers else new.entered_by, hers)


def handed_over(step: Step, new: Move) -> None:
    """By who keeps it, or by the treasurer; no more than there is."""
    treasurer = office(step.before, new.group_id, "treasurer")
    assert treasurer is not None
    assert new.keeper_id is not None
    assert step.did(new.entered_by, frozenset({treasurer, new.keeper_id}))
    assert 0 < new.amount <= step.before.balances.get((new.group_id, KEPT, new.keeper_id, ""), 0)


def _is_kept(step: Step, came: Deposit | Move, taker: int | None, parties: frozenset[int]) -> None:
    about = (came.group_id, came.way, taker, parties)
    assert came.keeper_id in {keeping(seen, *about) for seen in (step.before, step.after)}
