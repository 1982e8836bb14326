"""What was decided, what was asked for, what was reported."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Day, Flag, Moment, Money, Whole, Words

command = table(
    "command",  # what somebody decided, when it reached us, whom it touches, and the terms they had seen
    own_id(),
    Column("kind", Words, nullable=False),
    to("group_id", "groups", nullable=True),
    to("actor_id", "person", nullable=True),
    Column("parties", Words, nullable=False),  # JSON list of person ids
    Column("received_at", Moment, nullable=False),
    Column("terms_hash", Blob),
    Column("inbox_id", Whole),  # the update it came with; no key: updates are swept after a while
    Index("ix_command_group_id", "group_id"),
)

note = table(
    "note",  # free text that may be erased: entries keep only the hash
    own_id(),
    Column("salt", Blob, nullable=False),
    Column("text", Words),
    Column("hash", Blob, nullable=False),
)

saving_round = table(
    "saving_round",
    own_id(),
    to("group_id", "groups"),
    Column("number", Whole, nullable=False),
    Column("opens_on", Day, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("closes_on", Day, nullable=False),
    Column("amount", Money, nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("group_id", "number"),
)

round_line = table(
    "round_line",  # what one member owes a round and has paid into it
    Column("round_id", Whole, ForeignKey("saving_round.id"), primary_key=True, autoincrement=False),
    Column("membership_id", Whole, ForeignKey("membership.id"), primary_key=True, autoincrement=False),
    Column("due", Money, nullable=False),
    Column("paid", Money, nullable=False, server_default="0"),
    Column("paid_at", Moment),  # when the report that filled the line reached us
    Column("on_time", Flag),  # frozen when the round closes
    only_if("round_line", "unpaid", ("membership_id", "round_id"), "paid < due"),
)

deposit = table(
    "deposit",
    own_id(),
    to("group_id", "groups"),
    to("membership_id", "membership"),
    Column("round_number", Whole, nullable=False),  # the one she chose; too much flows on; 0 for a loan
    Column("amount", Money, nullable=False),
    Column("offered", Money),  # what the confirmer counted instead; the payer must agree
    Column("way", Words, nullable=False),
    to("picture_id", "picture", nullable=True),
    Column("value_on", Day, nullable=False),
    to("reported_by", "person"),
    Column("reported_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="waiting"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    to("note_id", "note", nullable=True),
    to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    to("loan_id", "loan", nullable=True),  # what is repaid; none for a saving
    to("keeper_id", "person", nullable=True),  # of cash, where there was no treasurer to take it
    CheckConstraint("amount > 0", name="positive"),
    one_of("way", "cash", "transfer", "savings"),
    one_of("state", "waiting", "offered", "confirmed", "refused", "withdrawn", "reversed"),
    only_if("deposit", "open", ("group_id", "id"), "state IN ('waiting', 'offered')"),
    only_if("deposit", "open_of_member", ("membership_id", "id"), "state IN ('waiting', 'offered')"),
    Index("ix_deposit_entry_id", "entry_id"),
    Index("ix_deposit_group_id_entry_id", "group_id", "entry_id"),
    only_if("deposit", "of_loan", ("loan_id", "value_on", "id"), "loan_id IS NOT NULL"),
)

reversal = table(
    "reversal",
    own_id(),
    to("group_id", "groups"),
    to("entry_id", "entry"),
    to("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    to("note_id", "note"),
    Column("state", Words, nullable=False, server_default="asked"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("state", "asked", "done", "declined"),
    only_if("reversal", "asked", ("entry_id",), "state = 'asked'", unique=True),
    Index("ix_reversal_group_id", "group_id"),
)

payout = table(
    "payout",  # what the group owes a member and pays her: booked once she says that she has it
    own_id(),
    to("group_id", "groups"),
    to("membership_id", "membership"),
    Column("kind", Words, nullable=False),
    Column("amount", Money, nullable=False),
    Column("set_off", Money, nullable=False, server_default="0"),  # of a leaver's debts, with her savings
    Column("due_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="due"),
    Column("way", Words),
    to("paid_by", "person", nullable=True),
    Column("paid_at", Moment),
    to("received_by", "person", nullable=True),
    Column("received_at", Moment),
    to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    CheckConstraint("amount > 0", name="positive"),
    one_of("way", "cash", "transfer"),
    one_of("kind", "surplus", "leaving"),
    one_of("state", "due", "paid", "received", "dropped", "reversed"),
    only_if("payout", "open", ("group_id", "id"), "state IN ('due', 'paid')"),
    Index("ix_payout_membership_id", "membership_id"),
    Index("ix_payout_entry_id", "entry_id"),
    Index("ix_payout_group_id_state_id", "group_id", "state", "id"),
)
