"""What a group with paper books brings along."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Day, Flag, Moment, Money, Whole, Words

giver = table(
    "giver",  # who gave capital aid; the accounts 301 and 206 are held by givers
    own_id(),
    to("group_id", "groups"),
    Column("name", Words),
    Index("ix_giver_group_id", "group_id"),
)

opening = table(
    "opening",
    own_id(),
    to("group_id", "groups"),
    Column("as_of", Day, nullable=False),
    Column("cash", Money, nullable=False),
    Column("bank", Money, nullable=False),
    Column("aid", Money, nullable=False),
    to("giver_id", "giver", nullable=True),
    to("entered_by", "person"),
    Column("state", Words, nullable=False, server_default="draft"),
    Column("due_at", Moment),  # when officers are asked to witness; found by the tick
    to("signed_by", "person", nullable=True),
    to("countersigned_by", "person", nullable=True),
    to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    UniqueConstraint("group_id"),
    one_of("state", "draft", "asked", "booked"),
    CheckConstraint("cash >= 0 AND bank >= 0 AND aid >= 0", name="not_negative"),
    only_if("opening", "due", ("due_at", "id"), "due_at IS NOT NULL"),
    Index("ix_opening_entry_id", "entry_id"),
)

opening_line = table(
    "opening_line",
    own_id(),
    to("opening_id", "opening"),
    to("membership_id", "membership"),
    Column("savings", Money, nullable=False),
    Column("claimed", Money),  # what she names instead
    Column("of_loan", Flag, nullable=False, server_default="0"),  # instead of what is left of her loans
    Column("state", Words, nullable=False, server_default="entered"),
    to("entered_by", "person"),
    Column("asked_at", Moment),
    to("witness_id", "person", nullable=True),  # the first of two officers who say it for her
    to("said_by", "person", nullable=True),  # who confirmed it, or names another sum
    Column("revision", Whole, nullable=False, server_default="1"),
    UniqueConstraint("opening_id", "membership_id"),
    one_of("state", "entered", "waiting", "disputed", "confirmed"),
    CheckConstraint("savings >= 0", name="not_negative"),
    Index("ix_opening_line_membership_id", "membership_id"),
)

opening_correction = table(
    "opening_correction",  # a part of what was signed that is put right: one at a time
    own_id(),
    to("opening_id", "opening"),
    to("membership_id", "membership", nullable=True),  # whose line; nobody's where it is the money
    Column("was", Words, nullable=False),
    Column("wanted", Words, nullable=False),
    to("note_id", "note"),
    to("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    Column("state", Words, nullable=False),
    to("said_by", "person", nullable=True),  # who said that her line is right
    to("signed_by", "person", nullable=True),
    to("decided_by", "person", nullable=True),  # who signed second, or did not agree
    to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("state", "waiting", "confirmed", "booked", "declined"),
    only_if("opening_correction", "open", ("opening_id",), "state IN ('waiting', 'confirmed')", unique=True),
    Index("ix_opening_correction_entry_id", "entry_id"),
    Index("ix_opening_correction_membership_id", "membership_id"),
)
