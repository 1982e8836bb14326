"""The treasurer writes down what became of the group's money beside savings and loans."""

from __future__ import annotations

from dataclasses import dataclass

from conversations.engine import Script, ask
from conversations.kinds import CONFIRM, Later, Line, OneOf, PictureOrLater, one_of, options
from conversations.parts import WAY, Candidate, amount_of, one_member
from domain.ids import GroupId, PictureId
from domain.money import Rial, Unit
from domain.moves import EnterMove, LateFine
from domain.posting import APART, OF_A_MEMBER, MoveKind


@dataclass(frozen=True, slots=True)
class Late:
    """A fine that is owed, and whose it is."""

    fine: LateFine
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The group, what its bylaws ask of a new member, who owes a fine, and who may have paid a fee."""

    subject: GroupId
    group: str
    unit: Unit
    entry_fee: Rial
    late: tuple[Late, ...]
    members: tuple[Candidate, ...]


PURPOSE = Line(limit=200, unread="money_move.purpose_unread")


def money_move(facts: Facts) -> Script[EnterMove | None]:
    """Ask what was done, by whom it was paid, how much and how, and what for."""
    kind = yield from ask("money_move.kind", _kinds(facts), group=facts.group)
    payer = None
    if kind is MoveKind.LATE_FINE:
        return (yield from _fine(facts))
    if kind in OF_A_MEMBER:
        payer = yield from ask("money_move.member", one_member(facts.members), group=facts.group, kind=kind)
    amount = yield from _amount(facts, kind)
    way = (yield from ask("money_move.way", WAY, kind=kind)) if kind.either_way else None
    purpose, picture = None, None
    if kind is MoveKind.RUNNING_COST:
        purpose = yield from ask("money_move.purpose", PURPOSE, amount=amount)
        picture = yield from _picture()
    sure = yield from ask(
        "money_move.confirm",
        CONFIRM,
        group=facts.group,
        kind=kind,
        name=payer.name if payer else "",
        amount=amount,
        way=way,
        purpose=purpose or "",
    )
    member = payer.membership if payer else None
    return EnterMove(facts.subject, kind, amount, way, member, purpose, picture) if sure else None


def _kinds(facts: Facts) -> OneOf[MoveKind]:
    """What has a talk of its own is none of them; a fine can be taken only where one is owed."""
    left_out = APART if facts.late else (*APART, MoveKind.LATE_FINE)
    return one_of(*((f"movekind_{kind.value}", kind) for kind in MoveKind if kind not in left_out))


def _fine(facts: Facts) -> Script[EnterMove | None]:
    """Ask whose fine of which round was paid, and how: it is what the bylaws say, nothing else."""
    paid = yield from ask("money_move.fine", _late(facts), group=facts.group)
    kind, fine = MoveKind.LATE_FINE, paid.fine
    way = yield from ask("money_move.way", WAY, kind=kind)
    about = {"kind": kind, "name": paid.name, "amount": fine.amount, "way": way}
    sure = yield from ask("money_move.confirm", CONFIRM, group=facts.group, purpose="", **about)
    entered = (facts.subject, kind, fine.amount, way, fine.membership, None, None, fine.round_number)
    return EnterMove(*entered) if sure else None


def _late(facts: Facts) -> OneOf[Late]:
    return options(
        [
            (
                f"{one.fine.membership}_{one.fine.round_number}",
                "late_fine",
                {"name": one.name, "number": one.fine.round_number, "amount": one.fine.amount},
                one,
            )
            for one in facts.late
        ]
    )


def _amount(facts: Facts, kind: MoveKind) -> Script[Rial]:
    """What the bylaws ask of a new member is a button."""
    usual = (facts.entry_fee,) if kind is MoveKind.ENTRY_FEE and facts.entry_fee else ()
    return (yield from amount_of("money_move.amount", facts.unit, usual, kind=kind))


def _picture() -> Script[PictureId | None]:
    picture = yield from ask("money_move.receipt", PictureOrLater())
    return None if isinstance(picture, Later) else picture
