"""What a group agreed to save, and who accepted which version of its rules."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Moment, Money, Whole, Words

savings_agreement = table(
    "savings_agreement",  # as the assembly adopted it; `groups` has what holds for the next round
    own_id(),
    to("group_id", "groups"),
    Column("version", Whole, nullable=False),  # from 1
    Column("amount", Money, nullable=False),
    Column("rhythm", Words, nullable=False),
    to("proposal_id", "proposal"),
    Column("adopted_at", Moment, nullable=False),
    UniqueConstraint("group_id", "version"),
    UniqueConstraint("proposal_id"),
    one_of("rhythm", "weekly", "two_weekly", "monthly"),
)

acceptance = table(
    "acceptance",  # one for each member and version she is asked to accept; empty until she does
    own_id(),
    to("membership_id", "membership"),
    Column("document", Words, nullable=False),
    Column("version", Whole, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due_at", Moment),  # when she is reminded; found by the tick, empty afterwards
    Column("accepted_at", Moment),
    to("accepted_by", "person", nullable=True),  # herself, or whoever helps her
    one_of("document", "bylaws", "savings"),
    UniqueConstraint("membership_id", "document", "version"),
    only_if("acceptance", "due", ("due_at", "id"), "due_at IS NOT NULL"),
)
