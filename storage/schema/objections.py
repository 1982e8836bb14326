"""Who objected to what, and what was answered."""

from __future__ import annotations

from sqlalchemy import Column, Index

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Moment, Whole, Words

_UNSETTLED = "state IN ('open', 'answered', 'carried')"

objection = table(
    "objection",
    own_id(),
    to("group_id", "groups"),
    to("membership_id", "membership"),
    Column("about", Words, nullable=False),
    Column("number", Whole, nullable=False),  # of the entry, the resolution or the round in its group
    to("note_id", "note"),  # her words
    Column("state", Words, nullable=False, server_default="open"),
    Column("objected_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # until when the board answers; found by the tick
    to("answer_id", "note", nullable=True),
    to("answered_by", "person", nullable=True),
    to("last_id", "note", nullable=True),  # what the facilitator settled it with
    to("settled_by", "person", nullable=True),  # the facilitator, or who objected and is content
    Column("settled_at", Moment),
    Column("revision", Whole, nullable=False, server_default="1"),
    one_of("about", "entry", "resolution", "round"),
    one_of("state", "open", "answered", "carried", "settled"),
    only_if("objection", "due", ("due_at", "id"), "state = 'open'"),
    only_if("objection", "unsettled", ("group_id", "id"), _UNSETTLED),
    only_if("objection", "unsettled_of", ("membership_id", "about", "number"), _UNSETTLED, unique=True),
    Index("ix_objection_membership_id", "membership_id"),
)
