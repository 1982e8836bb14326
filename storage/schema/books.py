"""The books: they only grow.

Entries and postings hold ids and amounts only, and triggers freeze them (see the migrations). What later
features need and could not be added then is here already: currency, meeting, the purpose of a sub-account.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Day, Moment, Money, Whole, Words

entry = table(
    "entry",
    own_id(),
    to("group_id", "groups"),
    Column("sequence", Whole, nullable=False),
    to("command_id", "command"),
    Column("number", Whole, nullable=False),  # within the command
    Column("kind", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("booked_on", Day, nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("value_on", Day, nullable=False),
    to("entered_by", "person", nullable=True),
    to("confirmed_by", "person", nullable=True),
    Column("meeting", Whole),
    to("reverses", "entry", nullable=True),
    to("note_id", "note", nullable=True),
    Column("note_hash", Blob),
    Column("version", Whole, nullable=False),  # of the canonical form the hash is made over
    Column("previous", Blob, nullable=False),
    Column("hash", Blob, nullable=False),
    UniqueConstraint("group_id", "sequence"),
    UniqueConstraint("command_id", "number"),
    UniqueConstraint("reverses"),
)

posting = table(
    "posting",
    Column("entry_id", Whole, ForeignKey("entry.id"), primary_key=True, autoincrement=False),
    Column("line", Whole, primary_key=True, autoincrement=False),
    Column("account", Whole, nullable=False),
    Column(
        "holder", Whole, nullable=False
    ),  # membership, loan, giver or person, by account; 0 where there is none
    Column("purpose", Words, nullable=False, server_default=""),  # 205: saving or loan
    Column("round_number", Whole),
    Column("amount", Money, nullable=False),  # debit positive, credit negative
    CheckConstraint("amount <> 0", name="nonzero"),
    Index("ix_posting_holder_account_entry_id", "holder", "account", "entry_id"),
)

balance = table(
    "balance",  # kept beside the entries, provable from them
    Column("group_id", Whole, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column("account", Whole, primary_key=True, autoincrement=False),
    Column("holder", Whole, primary_key=True, autoincrement=False),
    Column("purpose", Words, primary_key=True, server_default=""),
    Column("amount", Money, nullable=False),
)

year_closing = table(
    "year_closing",  # asked for by one, confirmed by another; what it posted stands under its command
    own_id(),
    to("group_id", "groups"),
    Column("year", Whole, nullable=False),  # Jalali
    Column("reserve_per_cent", Whole, nullable=False),  # as the bylaws had it when it was asked for
    Column("retained", Money, nullable=False),  # 303 before it was closed
    to("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="asked"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    to("command_id", "command", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("state", "asked", "closed", "declined"),
    only_if("year_closing", "current", ("group_id", "year"), "state <> 'declined'", unique=True),
    Index("ix_year_closing_group_id", "group_id"),
)
