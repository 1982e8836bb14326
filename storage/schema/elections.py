"""Elections: who stands for which office, and the ballot box of secret votes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, UniqueConstraint

from storage.schema.columns import one_of, own_id, table, to
from storage.types import Blob, Whole, Words

nomination = table(
    "nomination",
    own_id(),
    to("proposal_id", "proposal"),  # the election
    Column("office", Words, nullable=False),
    to("membership_id", "membership"),
    to("named_by", "person"),
    Column("state", Words, nullable=False),
    UniqueConstraint("proposal_id", "office", "membership_id"),
    one_of("office", "chair", "secretary", "treasurer", "representative", "second_representative"),
    one_of("state", "asked", "accepted", "declined"),
)

sealed_ballot = table(
    "sealed_ballot",  # of votes that are open: no member, no time, rewritten in the order of the ids
    Column("proposal_id", Whole, ForeignKey("proposal.id"), primary_key=True, autoincrement=False),
    Column("ballot", Blob, primary_key=True),  # made of the voter, with a key outside the database
    Column("choice", Blob, nullable=False),  # so is this
)

counted_ballot = table(
    "counted_ballot",  # what the box said when it was counted; a voter knows her ballot by its code
    Column("proposal_id", Whole, ForeignKey("proposal.id"), primary_key=True, autoincrement=False),
    Column("number", Whole, primary_key=True, autoincrement=False),  # in the order of the codes
    Column("code", Words, nullable=False),
    Column("choice", Words, nullable=False),
)
