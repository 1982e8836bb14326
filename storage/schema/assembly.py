"""What was put to the assembly, how its members voted, and what it resolved."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Moment, Whole, Words

proposal = table(
    "proposal",  # one vote; a second call on the same words is a vote of its own
    own_id(),
    to("group_id", "groups"),
    Column("kind", Words, nullable=False),
    to("note_id", "note"),  # its words
    Column("ballots", Words, nullable=False),  # how they are cast, by the rules at the opening
    Column("matter", Words),  # what is carried out if it is accepted, where that is more than words
    to("concerns", "membership", nullable=True),
    Column("bylaws", Whole, nullable=False),  # the version it is decided by; 0 for our proposals
    Column("call", Whole, nullable=False),
    to("follows", "proposal", nullable=True),  # the first call, where this is the second
    to("proposed_by", "person"),
    Column("opened_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # first the reminder, then the closing; found by the tick
    Column("state", Words, nullable=False, server_default="open"),
    Column("closed_at", Moment),
    UniqueConstraint("follows"),
    one_of(
        "kind",
        "resolution",
        "meetings",
        "name",
        "bylaws",
        "loan_terms",
        "savings",
        "loan",
        "loan_order",
        "write_off",
        "rescheduling",
        "expulsion",
        "waiver",
        "election",
        "office",
        "surplus",
        "bank_consent",
        "bank_shares",
    ),
    one_of("ballots", "open", "secret", "names"),
    one_of("state", "open", "accepted", "rejected", "no_quorum", "withdrawn", "undecided", "ended"),
    only_if("proposal", "due", ("due_at", "id"), "state = 'open'"),
    Index("ix_proposal_group_id_state_id", "group_id", "state", "id"),
)

ballot = table(
    "ballot",  # one for each elector, laid out at the opening; empty until it is cast
    Column("proposal_id", Whole, ForeignKey("proposal.id"), primary_key=True, autoincrement=False),
    Column("membership_id", Whole, ForeignKey("membership.id"), primary_key=True, autoincrement=False),
    Column("vote", Words),  # none where it was cast secretly: then it lies in the ballot box
    Column("cast_at", Moment),
    to("entered_by", "person", nullable=True),  # who wrote it down for a member without a phone
    one_of("vote", "yes", "no", "abstain"),
    Index("ix_ballot_membership_id", "membership_id"),
)

resolution = table(
    "resolution",
    own_id(),
    to("group_id", "groups"),
    Column("number", Whole, nullable=False),
    to("proposal_id", "proposal"),
    Column("note_hash", Blob, nullable=False),  # of its words, which stand with the proposal
    Column("matter_hash", Blob),
    Column("electors", Whole, nullable=False),
    Column("yes", Whole, nullable=False),
    Column("no", Whole, nullable=False),
    Column("abstained", Whole, nullable=False),
    Column("resolved_at", Moment, nullable=False),
    UniqueConstraint("group_id", "number"),
    UniqueConstraint("proposal_id"),
)

bylaws = table(
    "bylaws",  # the rules of a group as its assembly adopted them, whole in each version
    own_id(),
    to("group_id", "groups"),
    Column("version", Whole, nullable=False),  # from 1
    Column("rules", Words, nullable=False),
    to("proposal_id", "proposal"),
    Column("adopted_at", Moment, nullable=False),
    UniqueConstraint("group_id", "version"),
    UniqueConstraint("proposal_id"),
)
