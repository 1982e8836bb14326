"""What people decide, one frozen value each. The rules look at a command again when it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import Rhythm
from domain.closings import ClosingCommand
from domain.correcting import CorrectingCommand
from domain.ids import AccountId, DepositId, EntryId, GroupId, LeadId, MembershipId, PictureId, ReversalId
from domain.lending import LoanCommand
from domain.money import Rial
from domain.moves import MoveCommand
from domain.objections import ObjectionCommand
from domain.offices import Office
from domain.opening import OpeningCommand
from domain.parting import PartingCommand
from domain.posting import Way
from domain.proposals import AssemblyCommand
from domain.surplus import YearCommand


class Role(StrEnum):
    """Roles in the programme, outside any group."""

    ADMINISTRATOR = "administrator"
    INSTITUTE = "institute"
    WELFARE_OFFICER = "welfare_officer"
    LOCAL_EXECUTOR = "local_executor"
    MOTHER_ADVISER = "mother_adviser"
    BANK_OFFICER = "bank_officer"
    ADVISER = "adviser"
    FACILITATOR = "facilitator"


class LeadState(StrEnum):
    """What became of somebody who said they were interested."""

    NEW = "new"
    CALLED = "called"
    INVITED = "invited"
    NOT_NOW = "not_now"


# --- the programme --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindOffices:
    """Ask where in a county one can ask about the programme; changes nothing."""

    county: str


@dataclass(frozen=True, slots=True)
class ExpressInterest:
    """Ask to be called."""

    name: str
    phone: str
    county: str


@dataclass(frozen=True, slots=True)
class MarkLead:
    """Say what became of a lead."""

    lead: LeadId
    state: LeadState


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a one-time link into a programme role below one's own."""

    role: Role
    province: str | None
    county: str | None


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Take up a programme role; the print is of the one-time code, the terms' of what was consented to."""

    code_hash: str
    name: str
    phone: str
    phone_proven: bool
    terms: str


# --- groups and people ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """Found a group; its facilitator is whoever says so."""

    name: str
    county: str
    village: str
    expected_size: int
    saving: Rial
    rhythm: Rhythm
    first_saving_on: date


@dataclass(frozen=True, slots=True)
class JoinGroup:
    """Apply for membership, having consented to the terms whose print is given."""

    group: GroupId
    name: str
    phone: str
    phone_proven: bool
    purpose: str
    terms: str


@dataclass(frozen=True, slots=True)
class AddPhonelessMember:
    """Take in a member who has no phone of her own, served by a helper of the group."""

    group: GroupId
    name: str
    purpose: str
    helper: MembershipId


@dataclass(frozen=True, slots=True)
class Admit:
    """Admit an applicant."""

    membership: MembershipId


@dataclass(frozen=True, slots=True)
class DeclineApplicant:
    """Decline an applicant, with a reason she is told."""

    membership: MembershipId
    reason: str


@dataclass(frozen=True, slots=True)
class AppointOfficer:
    """Put a member into an office; whoever holds it now leaves it."""

    group: GroupId
    office: Office
    membership: MembershipId


@dataclass(frozen=True, slots=True)
class Rename:
    """Change the name one is called by."""

    name: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave a group, at once where nothing is open, else as a wish that is kept.

    `sets_off`: what she owes is to be taken from her savings, as she was shown; `evens_out`: all her savings.
    """

    membership: MembershipId
    sets_off: bool = False
    evens_out: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """Take the wish to leave back."""

    membership: MembershipId


@dataclass(frozen=True, slots=True)
class JoinAccounts:
    """Ask that this account and the one that showed the code become one person's; the hash is hex."""

    code_hash: str


@dataclass(frozen=True, slots=True)
class AnswerJoining:
    """Say to an account that asked so, whether both are the same person's."""

    asking: AccountId
    agreed: bool


# --- savings --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportSaving:
    """Say that money was handed to the treasurer or paid to the account."""

    membership: MembershipId
    round_number: int
    amount: Rial
    way: Way
    picture: PictureId | None
    value_on: date | None


@dataclass(frozen=True, slots=True)
class AddReceipt:
    """Send the picture of a receipt after the report."""

    deposit: DepositId
    picture: PictureId


@dataclass(frozen=True, slots=True)
class ConfirmDeposit:
    """The money is here, as reported."""

    deposit: DepositId
    revision: int


@dataclass(frozen=True, slots=True)
class OfferAmount:
    """The money is here, but it is another amount; the payer must agree."""

    deposit: DepositId
    revision: int
    amount: Rial


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """The payer agrees to the amount counted, or does not."""

    deposit: DepositId
    revision: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class RefuseDeposit:
    """The money did not arrive."""

    deposit: DepositId
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawDeposit:
    """Take back a report that nobody has confirmed yet."""

    deposit: DepositId
    revision: int


@dataclass(frozen=True, slots=True)
class AskReversal:
    """Ask that a wrong entry be reversed."""

    entry: EntryId
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerReversal:
    """Confirm or decline a reversal that somebody else asked for."""

    reversal: ReversalId
    revision: int
    agreed: bool


ProgrammeCommand = FindOffices | ExpressInterest | MarkLead | Invite | AcceptInvitation
GroupCommand = CreateGroup | JoinGroup | AddPhonelessMember | Admit | DeclineApplicant | AppointOfficer
PersonCommand = Rename | Leave | Stay | JoinAccounts | AnswerJoining
DepositCommand = AddReceipt | ConfirmDeposit | OfferAmount | AnswerOffer | RefuseDeposit | WithdrawDeposit
SavingCommand = ReportSaving | DepositCommand | AskReversal | AnswerReversal
Command = (
    ProgrammeCommand
    | GroupCommand
    | PersonCommand
    | SavingCommand
    | MoveCommand
    | ClosingCommand
    | AssemblyCommand
    | ObjectionCommand
    | YearCommand
    | LoanCommand
    | OpeningCommand
    | CorrectingCommand
    | PartingCommand
)
