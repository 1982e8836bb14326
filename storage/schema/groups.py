"""Groups, who belongs to them, who holds an office."""

from __future__ import annotations

from sqlalchemy import Column, Index

from domain.ledger import GENESIS
from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Day, Flag, Moment, Money, Whole, Words

group = table(
    "groups",
    own_id(),
    Column("name", Words, nullable=False),
    Column("county", Words, nullable=False),
    Column("village", Words, nullable=False),
    Column("expected_size", Whole, nullable=False),
    Column("saving", Money, nullable=False),  # the equal saving of one round
    Column("unit", Words, nullable=False, server_default="toman"),  # what a bare number typed here means
    Column("rhythm", Words, nullable=False),
    Column("first_saving_on", Day, nullable=False),
    Column("first_number", Whole, nullable=False, server_default="1"),  # the round that opens on that day
    Column("grace_days", Whole, nullable=False),
    Column("code", Words, nullable=False, unique=True),  # short, typed by hand or carried by the link
    Column("practice", Flag, nullable=False, server_default="0"),
    Column("currency", Words, nullable=False, server_default="IRR"),
    to("facilitator_id", "person"),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("next_round_on", Day),  # the day the next round opens; found by the tick
    Column("head_sequence", Whole, nullable=False, server_default="0"),
    Column("head_hash", Blob, nullable=False, default=GENESIS),
    Column("books_closed_on", Day),  # nothing is booked on this day or before
    one_of("unit", "toman", "rial"),
    one_of("rhythm", "weekly", "two_weekly", "monthly"),
    Index("ix_groups_facilitator_id", "facilitator_id"),
    Index("ix_groups_next_round_on", "next_round_on"),
)

membership = table(
    "membership",  # money belongs to it; rejoining makes a new one
    own_id(),
    to("group_id", "groups"),
    to("person_id", "person"),
    Column("state", Words, nullable=False),
    to("helper_id", "person", nullable=True),  # who serves a member without a phone
    Column("purpose", Words),
    Column("terms_hash", Blob),  # of the group's terms she was shown
    Column("applied_at", Moment, nullable=False),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("reason", Words),
    Column("leave_wished_at", Moment),
    Column("left_at", Moment),
    one_of("state", "applied", "admitted", "declined", "left"),
    only_if(
        "membership", "current", ("group_id", "person_id"), "state IN ('applied', 'admitted')", unique=True
    ),
    Index("ix_membership_group_id_state_id", "group_id", "state", "id"),
    Index("ix_membership_person_id", "person_id"),
    Index("ix_membership_helper_id", "helper_id"),
)

death = table(
    "death",  # that a member has died: said by one of the board, confirmed by another
    own_id(),
    to("group_id", "groups"),
    to("membership_id", "membership"),
    to("note_id", "note"),  # to whom what is left is paid, by name
    to("said_by", "person"),
    Column("said_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="said"),
    to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("state", "said", "confirmed", "declined"),
    only_if("death", "standing", ("membership_id",), "state IN ('said', 'confirmed')", unique=True),
    Index("ix_death_group_id_state", "group_id", "state"),
)

office_term = table(
    "office_term",
    own_id(),
    to("group_id", "groups"),
    Column("office", Words, nullable=False),
    to("membership_id", "membership"),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    to("command_id", "command", nullable=True),
    Column("ends_on", Day),  # of an elected term; it lasts until somebody else begins
    Column("told_on", Day),  # when it is announced that it ends; none once it was
    one_of("office", "chair", "secretary", "treasurer", "representative", "second_representative"),
    only_if("office_term", "current", ("group_id", "office"), "until IS NULL", unique=True),
    Index("ix_office_term_membership_id", "membership_id"),
    only_if("office_term", "told", ("told_on", "group_id"), "until IS NULL AND told_on IS NOT NULL"),
)
