"""Loans from the joint fund: what was asked, decided, paid out, received and decided anew."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Day, Flag, Moment, Money, Price, Whole, Words

loan = table(
    "loan",
    own_id(),
    to("group_id", "groups"),
    to("membership_id", "membership"),
    to("proposal_id", "proposal", nullable=True),  # the vote on it; none where the board decides
    to("note_id", "note", nullable=True),  # what for; the paper book does not say
    Column("principal", Money, nullable=False),
    Column("method", Words, nullable=False),
    Column("rate", Price, nullable=False),
    Column("months", Whole, nullable=False),
    Column("rounding", Money, nullable=False),
    Column("bylaws", Whole, nullable=False, server_default="0"),  # the version it runs under
    Column("state", Words, nullable=False),
    Column("asked_at", Moment, nullable=False),
    to("asked_by", "person"),  # the borrower, or who helps her
    Column("decided_at", Moment),
    Column("place", Whole),  # among the approved loans of the group: the order of paying out
    to("paid_by", "person", nullable=True),
    Column("paid_at", Moment),
    Column("way", Words),
    Column("first_due", Day),  # fixed when the money is received, or by the paper book; the schedule follows
    to("received_by", "person", nullable=True),  # who confirmed it: the borrower, her helper, or a witness
    Column("received_at", Moment),
    to("entry_id", "entry", nullable=True),
    Column("due_at", Moment),  # approved: to look for money; paid out: to ask witnesses
    Column("revision", Whole, nullable=False, server_default="1"),
    to("loss_entry_id", "entry", nullable=True),  # by which it was written off
    CheckConstraint("principal > 0", name="positive"),
    one_of("method", "zero", "fixed-fee", "balance-level", "balance-equal", "flat"),
    one_of("way", "cash", "transfer"),
    one_of(
        "state",
        "brought",  # from the paper book, not signed yet
        "asked",
        "voting",
        "approved",
        "paid_out",
        "running",
        "settled",
        "rejected",
        "withdrawn",
        "written_off",
    ),
    only_if(
        "loan",
        "before_receipt",  # one at a time for each member
        ("membership_id",),
        "state IN ('asked', 'voting', 'approved', 'paid_out')",
        unique=True,
    ),
    Index("ix_loan_membership_id_id", "membership_id", "id"),
    Index("ix_loan_group_id_state_place", "group_id", "state", "place"),
    only_if("loan", "due", ("due_at", "id"), "due_at IS NOT NULL"),
    Index("ix_loan_entry_id", "entry_id"),
)

board_answer = table(
    "board_answer",  # what one of the board says to a loan, where the board decides
    Column("loan_id", Whole, ForeignKey("loan.id"), primary_key=True, autoincrement=False),
    Column("person_id", Whole, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("agreed", Flag, nullable=False),
    Column("answered_at", Moment, nullable=False),
)

loan_change = table(
    "loan_change",  # what the assembly decided about a loan that runs; replayed among its payments
    own_id(),
    to("loan_id", "loan"),
    to("proposal_id", "proposal"),  # its matter says what
    Column("changed_on", Day, nullable=False),
    to("deposit_id", "deposit", nullable=True),  # the last that had been paid on it, or said to be, by then
    UniqueConstraint("proposal_id"),
    Index("ix_loan_change_loan_id_id", "loan_id", "id"),
)
