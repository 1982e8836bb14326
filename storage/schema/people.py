"""People, their accounts, what they are in the programme, the conversations they are in."""

from __future__ import annotations

from sqlalchemy import Column, Index, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Flag, Moment, Whole, Words

person = table(
    "person",
    own_id(),
    Column("name", Words),  # as she wants to be called; NULL once erased
    Column("phone", Words),  # E.164; not unique, families share one
    Column("phone_proven", Flag, nullable=False, server_default="0"),
    Column("consent_at", Moment),
    Column("consent_hash", Blob),  # of the terms she was shown
    to("merged_into", "person", nullable=True),
    Column(
        "account_id", Whole
    ),  # the account she spoke from last: notices go there (no key: account points here)
    Column("created_at", Moment, nullable=False),
    Index("ix_person_phone", "phone"),
)

account = table(
    "account",
    own_id(),
    Column("platform", Words, nullable=False),
    Column("user_id", Whole, nullable=False),  # Telegram's and Bale's numbers overlap
    Column("chat_id", Whole, nullable=False),  # the private chat
    to("person_id", "person", nullable=True),
    to("membership_id", "membership", nullable=True),  # the group she is looking at (and as whom)
    Column("unreachable_since", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("platform", "user_id"),
    Index("ix_account_person_id", "person_id"),
    Index("ix_account_membership_id", "membership_id"),
    Index("ix_account_chat", "platform", "chat_id"),
)

joining = table(
    "joining",  # two accounts of one person: a code shown in one is typed in the other
    own_id(),
    Column("code_hash", Blob, nullable=False, unique=True),
    to("account_id", "account"),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    to("asking_id", "account", nullable=True),  # where it was typed in
)

talk = table(
    "talk",  # an open conversation: its script's name, the facts it began with, the answers so far
    own_id(),
    to("account_id", "account"),
    Column("name", Words, nullable=False),
    Column("version", Whole, nullable=False),
    Column("facts", Words, nullable=False),
    Column("answers", Words, nullable=False),
    Column("revision", Whole, nullable=False),
    Column("parked", Flag, nullable=False, server_default="0"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    only_if("talk", "open", ("account_id",), "parked = 0", unique=True),
    Index("ix_talk_account_id", "account_id"),
    only_if("talk", "enter_papers", ("id",), "name = 'enter_papers'"),  # forgotten when the vote ends
)

programme_role = table(
    "programme_role",
    own_id(),
    to("person_id", "person"),
    Column("role", Words, nullable=False),
    Column("province", Words),
    Column("county", Words),  # code of places/counties.csv
    to("appointed_by", "person", nullable=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    one_of(
        "role",
        "administrator",
        "institute",
        "welfare_officer",
        "local_executor",
        "mother_adviser",
        "bank_officer",
        "adviser",
        "facilitator",
    ),
    Index("ix_programme_role_person_id", "person_id"),
    only_if("programme_role", "role", ("role", "county", "id"), "until IS NULL"),
)

invitation = table(
    "invitation",  # a one-time link into a programme role; only the digest of its code is kept
    own_id(),
    Column("code_hash", Blob, nullable=False, unique=True),
    Column("role", Words, nullable=False),
    Column("province", Words),
    Column("county", Words),
    to("created_by", "person", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    to("used_by", "person", nullable=True),
    Column("used_at", Moment),
)

lead = table(
    "lead",  # somebody who said "I am interested"
    own_id(),
    to("account_id", "account"),
    Column("name", Words),
    Column("phone", Words),
    Column("county", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("created_at", Moment, nullable=False),
    to("handled_by", "person", nullable=True),
    Column("handled_at", Moment),
    one_of("state", "new", "called", "invited", "not_now"),
    Index("ix_lead_account_id", "account_id"),
    only_if("lead", "open", ("county", "id"), "state IN ('new', 'called')"),
)
