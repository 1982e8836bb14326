"""Ids as types of their own, so that a membership is never passed where a person is meant."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

AcceptanceId = NewType("AcceptanceId", int)
AccountId = NewType("AccountId", int)
CommandId = NewType("CommandId", int)
CorrectionId = NewType("CorrectionId", int)
DepositId = NewType("DepositId", int)
EntryId = NewType("EntryId", int)
GiverId = NewType("GiverId", int)
GroupId = NewType("GroupId", int)
InboxId = NewType("InboxId", int)
InvitationId = NewType("InvitationId", int)
LeadId = NewType("LeadId", int)
LoanId = NewType("LoanId", int)
MembershipId = NewType("MembershipId", int)
MonthClosingId = NewType("MonthClosingId", int)
MoveId = NewType("MoveId", int)
NominationId = NewType("NominationId", int)
NoteId = NewType("NoteId", int)
ObjectionId = NewType("ObjectionId", int)
OpeningId = NewType("OpeningId", int)
OpeningLineId = NewType("OpeningLineId", int)
PayoutId = NewType("PayoutId", int)
DeathId = NewType("DeathId", int)
PersonId = NewType("PersonId", int)
PictureId = NewType("PictureId", int)
ProposalId = NewType("ProposalId", int)
ReversalId = NewType("ReversalId", int)
RoundId = NewType("RoundId", int)
TalkId = NewType("TalkId", int)
YearClosingId = NewType("YearClosingId", int)


class Platform(StrEnum):
    """A messenger; an account is (platform, user id)."""

    TELEGRAM = "telegram"
    BALE = "bale"
