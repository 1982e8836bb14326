"""How the assembly shares a bank loan out: who receives how much, and who bears the fee the bank kept back.

The loan itself is lent by the bank; here it is decided on, nothing is booked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.ids import GroupId, MembershipId, ProposalId
from domain.money import Rial, Unit
from domain.refusals import Refused

NOTHING = Rial(0)


class FeeBearer(StrEnum):
    """Who bears the fee that the bank kept back."""

    FUND = "fund"
    RECEIVERS = "receivers"


@dataclass(frozen=True, slots=True)
class BankShare:
    """What one member receives and will owe: where the receivers bear the fee, it is her part of both."""

    membership: MembershipId
    amount: Rial


@dataclass(frozen=True, slots=True)
class BankSharing:
    """A resolution on a bank loan; the shares sum to `shared`, in whole rials."""

    received: Rial  # net, as it came to the account
    fee: Rial  # kept back by the bank
    borne_by: FeeBearer
    shares: tuple[BankShare, ...]

    @property
    def shared(self) -> Rial:
        return to_share(self.received, self.fee, self.borne_by)


@dataclass(frozen=True, slots=True)
class ShareBankLoan:
    """Put to the vote how a bank loan is shared out, once everybody who is to receive agrees."""

    group: GroupId
    sharing: BankSharing


@dataclass(frozen=True, slots=True)
class AnswerBankShare:
    """Agree to one's share, and to be named with it before the voters; or decline."""

    proposal: ProposalId
    membership: MembershipId
    agreed: bool


BankLoanCommand = ShareBankLoan | AnswerBankShare
TYPES = {kind.__name__: kind for kind in (BankShare, FeeBearer)}


def to_share(received: Rial, fee: Rial, borne_by: FeeBearer) -> Rial:
    """Return what the shares sum to: the net sum, or with the fee where the receivers bear it."""
    return received + fee if borne_by is FeeBearer.RECEIVERS else received


def equal_shares(of: Rial, count: int) -> tuple[Rial, ...]:
    """Return so many shares that sum to the whole: in toman, the first ones one toman more where need be.

    What is less than a toman goes to the first.
    """
    toman, odd = divmod(of.rials, Unit.TOMAN.rials)
    each, more = divmod(toman, count)
    shares = [Rial.from_toman(each + (number < more)) for number in range(count)]
    return (shares[0] + Rial(odd), *shares[1:])


def difference(sharing: BankSharing) -> Rial:
    """Return what the shares lack; below nothing where they are too much."""
    return sharing.shared - sum((share.amount for share in sharing.shares), NOTHING)


def refuse_sharing(sharing: BankSharing) -> None:
    """Refuse shares that nobody can be given, or that do not sum to what there is."""
    receivers = {share.membership for share in sharing.shares}
    if not receivers or len(receivers) != len(sharing.shares) or sharing.fee < NOTHING:
        raise Refused("not_found")
    if min(share.amount for share in sharing.shares) <= NOTHING:
        raise Refused("share_of_nothing", back_to="share_bank_loan.received")
    left = difference(sharing)
    if left > NOTHING:
        raise Refused("shares_too_small", back_to="share_bank_loan.share", left=left)
    if left < NOTHING:
        raise Refused("shares_too_large", back_to="share_bank_loan.share", over=-left)
