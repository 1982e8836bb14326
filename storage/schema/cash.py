"""What the treasurer enters about the group's own money, and what becomes of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Day, Moment, Money, Whole, Words

cash_move = table(
    "cash_move",
    own_id(),
    to("group_id", "groups"),
    Column("kind", Words, nullable=False),
    Column("amount", Money, nullable=False),
    Column("way", Words),  # where its kind leaves that open
    to("membership_id", "membership", nullable=True),  # who paid an entry fee
    to("note_id", "note", nullable=True),  # what it was for
    to("picture_id", "picture", nullable=True),
    to("entered_by", "person"),
    Column("entered_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="waiting"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    Column("round_number", Whole),  # of a late fine: the round it is for
    to("keeper_id", "person", nullable=True),  # of cash: who has it, or had it until it was handed over
    CheckConstraint("amount > 0", name="positive"),
    one_of(
        "kind",
        "banked",
        "drawn",
        "bank_charge",
        "bank_profit",
        "running_cost",
        "entry_fee",
        "late_fine",
        "handed_over",
        "cash_short",
        "cash_over",
    ),
    one_of("way", "cash", "transfer", "savings"),  # a leaver's fine is set off
    one_of("state", "waiting", "confirmed", "declined", "withdrawn", "reversed"),
    only_if("cash_move", "waiting", ("group_id", "id"), "state = 'waiting'"),
    only_if(
        "cash_move",
        "fine",  # owed once
        ("membership_id", "round_number"),
        "round_number IS NOT NULL AND state IN ('waiting', 'confirmed')",
        unique=True,
    ),
    Index("ix_cash_move_entry_id", "entry_id"),
    Index("ix_cash_move_group_id_state_id", "group_id", "state", "id"),
)

cash_count = table(
    "cash_count",  # what was in the box, and where the books stood
    own_id(),
    to("group_id", "groups"),
    Column("counted", Money, nullable=False),
    Column("by_books", Money, nullable=False),
    Column("sequence", Whole, nullable=False),  # of the last entry then
    Column("head", Blob, nullable=False),
    to("counted_by", "person"),
    Column("counted_at", Moment, nullable=False),
    to("move_id", "cash_move", nullable=True),  # the difference, where there is one
    CheckConstraint("counted >= 0", name="possible"),
    Index("ix_cash_count_group_id_id", "group_id", "id"),
)

month_closing = table(
    "month_closing",  # the wish to close a month, and what came of it
    own_id(),
    to("group_id", "groups"),
    Column("last_day", Day, nullable=False),
    Column("sequence", Whole, nullable=False),  # of the last entry booked by then
    to("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="asked"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("state", "asked", "closed", "declined"),
    only_if("month_closing", "asked", ("group_id",), "state = 'asked'", unique=True),
)

closed_month = table(
    "closed_month",  # where the books stood at its end, for good; months left open before it are in it
    own_id(),
    to("group_id", "groups"),
    Column("last_day", Day, nullable=False),
    Column("sequence", Whole, nullable=False),
    Column("head", Blob, nullable=False),
    Column("balances", Words, nullable=False),  # JSON list of account and rials, with the sign people expect
    to("asked_by", "person"),
    to("confirmed_by", "person"),
    Column("closed_at", Moment, nullable=False),
    UniqueConstraint("group_id", "last_day"),
)
