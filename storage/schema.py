"""Every table, in the order of the story: messages in and out, people, groups, money, books.

Names of people and free text live in tables whose rows may be erased; `entry` and `posting` hold ids and amounts only
and are frozen by triggers (see the migrations). Columns that later features need but that could not be added once
entries are frozen are here from the start: currency, meeting, purpose of a sub-account, parties of a command.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, UniqueConstraint, text

from domain.ledger import GENESIS
from sqlalchemy.schema import SchemaItem

from storage.types import Blob, Day, Flag, Moment, Money, Whole, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: SchemaItem) -> Table:
    # An id is never given twice, not even after its row is gone: buttons and cards in old messages still name it.
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=True)


def _id() -> Column[int]:
    return Column("id", Whole, primary_key=True, autoincrement=True)


def _to(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Whole, ForeignKey(f"{target}.id"), nullable=nullable)


def _one_of(name: str, *allowed: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN ({', '.join(repr(value) for value in allowed)})", name=name)


def _only_if(
    table: str, name: str, columns: tuple[str, ...], condition: str, *, unique: bool = False
) -> Index:
    return Index(
        f"{'uq' if unique else 'ix'}_{table}_{name}",
        *columns,
        unique=unique,
        sqlite_where=text(condition),
        postgresql_where=text(condition),
    )


# --- the installation ---------------------------------------------------------------------------------------------

setting = _table(
    "setting",  # the signing key, the digest of the claim code: things made once and kept
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

# --- messages in and out --------------------------------------------------------------------------------------------

inbox = _table(
    "inbox",
    _id(),
    Column("platform", Words, nullable=False),
    Column("bot_id", Whole, nullable=False),
    Column("update_id", Whole, nullable=False),
    Column(
        "body_hash", Blob, nullable=False
    ),  # Bale was seen repeating ids: (platform, bot, id, hash) is "seen"
    Column("chat_id", Whole, nullable=False),  # the lane; 0 where the update names no chat
    Column("body", Words),  # raw JSON, erased when done
    Column("received_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="pending"),
    Column("tries", Whole, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("reason", Words),  # why it was set aside
    Column("done_at", Moment),
    _one_of("state", "pending", "done", "aside"),
    UniqueConstraint("platform", "bot_id", "update_id", "body_hash"),
    _only_if("inbox", "pending", ("platform", "chat_id", "id"), "state = 'pending'"),
    _only_if("inbox", "finished", ("done_at",), "state <> 'pending'"),
)

lane = _table(
    "lane",  # who works on which chat; only needed where several workers share a database
    Column("platform", Words, primary_key=True),
    Column("chat_id", Whole, primary_key=True, autoincrement=False),
    Column("leased_by", Words, nullable=False),
    Column("leased_until", Moment, nullable=False),
)

outbox = _table(
    "outbox",
    _id(),
    Column("platform", Words, nullable=False),
    Column("chat_id", Whole, nullable=False),
    Column("priority", Whole, nullable=False),  # 0 reply, 1 alert or receipt, 2 reminder
    Column("action", Words, nullable=False),
    Column("text", Words),  # rendered, with neutral emphasis; NULL for a reminder until it is claimed
    Column("topic", Words),  # a reminder's text name, rendered when claimed
    Column("facts", Words),  # a reminder's facts, tagged JSON
    Column("keyboard", Words),  # JSON of texts.keyboards: inline rows, reply rows, or none
    _to("picture_id", "picture", nullable=True),
    Column("card", Words),  # the thing shown, as "deposit:12"; an edit finds its message by it
    Column("callback_id", Words),  # for action "answer"
    Column("key", Words, unique=True),  # what, whom, when: a notice is announced once
    Column("state", Words, nullable=False, server_default="waiting"),
    Column("tries", Whole, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("leased_by", Words),
    Column("leased_until", Moment),
    Column("sent_at", Moment),
    Column("message_id", Whole),
    Column("reason", Words),
    _to("inbox_id", "inbox", nullable=True),  # the update that caused it; NULL for ticks
    _one_of("action", "send", "photo", "document", "edit", "answer"),
    _one_of("state", "waiting", "sending", "sent", "given_up", "uncertain", "superseded"),
    _only_if("outbox", "due", ("priority", "id"), "state IN ('waiting', 'sending')"),
    _only_if("outbox", "chat", ("platform", "chat_id", "id"), "state IN ('waiting', 'sending')"),
    _only_if("outbox", "card", ("card", "platform", "chat_id", "id"), "card IS NOT NULL"),
)

picture = _table(
    "picture",  # a picture somebody sent; its bytes are fetched in the background (Bale's links live an hour)
    _id(),
    Column("platform", Words, nullable=False),
    Column("file_id", Words, nullable=False),  # good on its own platform only
    Column("as_document", Flag, nullable=False),
    Column("state", Words, nullable=False, server_default="queued"),
    Column("sha256", Words, ForeignKey("file.sha256")),
    Column("tries", Whole, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("reason", Words),
    Column("created_at", Moment, nullable=False),
    _one_of("state", "queued", "stored", "failed"),
    _only_if("picture", "queued", ("id",), "state = 'queued'"),
)

file = _table(
    "file",  # content by its hash, in the database: two workers share no disk
    Column("sha256", Words, primary_key=True),
    Column("content", Blob, nullable=False),
    Column("mime", Words, nullable=False),
    Column("size", Whole, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# --- people -----------------------------------------------------------------------------------------------------------

person = _table(
    "person",
    _id(),
    Column("name", Words),  # as she wants to be called; NULL once erased
    Column("phone", Words),  # E.164; not unique, families share one
    Column("phone_proven", Flag, nullable=False, server_default="0"),
    Column("consent_at", Moment),
    Column("consent_hash", Blob),  # of the terms she was shown
    _to("merged_into", "person", nullable=True),
    Column(
        "account_id", Whole
    ),  # the account she spoke from last: notices go there (no key: account points here)
    Column("created_at", Moment, nullable=False),
    Index("ix_person_phone", "phone"),
)

account = _table(
    "account",
    _id(),
    Column("platform", Words, nullable=False),
    Column("user_id", Whole, nullable=False),  # Telegram's and Bale's numbers overlap
    Column("chat_id", Whole, nullable=False),  # the private chat
    _to("person_id", "person", nullable=True),
    _to("membership_id", "membership", nullable=True),  # the group she is looking at (and as whom)
    Column("unreachable_since", Moment),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("platform", "user_id"),
    Index("ix_account_person_id", "person_id"),
    Index("ix_account_chat", "platform", "chat_id"),
)

joining = _table(
    "joining",  # two accounts of one person: a code shown in one is typed in the other
    _id(),
    Column("code_hash", Blob, nullable=False, unique=True),
    _to("account_id", "account"),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

talk = _table(
    "talk",  # an open conversation: its script's name, the facts it began with, the answers so far
    _id(),
    _to("account_id", "account"),
    Column("name", Words, nullable=False),
    Column("version", Whole, nullable=False),
    Column("facts", Words, nullable=False),
    Column("answers", Words, nullable=False),
    Column("revision", Whole, nullable=False),
    Column("parked", Flag, nullable=False, server_default="0"),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    _only_if("talk", "open", ("account_id",), "parked = 0", unique=True),
    Index("ix_talk_account_id", "account_id"),
)

programme_role = _table(
    "programme_role",
    _id(),
    _to("person_id", "person"),
    Column("role", Words, nullable=False),
    Column("province", Words),
    Column("county", Words),  # code of places/counties.csv
    _to("appointed_by", "person", nullable=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    _one_of(
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
    _only_if("programme_role", "county", ("county", "role"), "until IS NULL"),
)

invitation = _table(
    "invitation",  # a one-time link into a programme role; only the digest of its code is kept
    _id(),
    Column("code_hash", Blob, nullable=False, unique=True),
    Column("role", Words, nullable=False),
    Column("province", Words),
    Column("county", Words),
    _to("created_by", "person", nullable=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    _to("used_by", "person", nullable=True),
    Column("used_at", Moment),
)

lead = _table(
    "lead",  # somebody who said "I am interested"
    _id(),
    _to("account_id", "account"),
    Column("name", Words),
    Column("phone", Words),
    Column("county", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("created_at", Moment, nullable=False),
    _to("handled_by", "person", nullable=True),
    Column("handled_at", Moment),
    _one_of("state", "new", "called", "invited", "not_now"),
    Index("ix_lead_county", "county"),
)

# --- groups -----------------------------------------------------------------------------------------------------------

group = _table(
    "groups",
    _id(),
    Column("name", Words, nullable=False),
    Column("county", Words, nullable=False),
    Column("village", Words, nullable=False),
    Column("expected_size", Whole, nullable=False),
    Column("saving", Money, nullable=False),  # the equal saving of one round
    Column("unit", Words, nullable=False, server_default="toman"),  # what a bare number typed here means
    Column("rhythm", Words, nullable=False),
    Column("first_saving_on", Day, nullable=False),
    Column("grace_days", Whole, nullable=False),
    Column("code", Words, nullable=False, unique=True),  # short, typed by hand or carried by the link
    Column("practice", Flag, nullable=False, server_default="0"),
    Column("currency", Words, nullable=False, server_default="IRR"),
    _to("facilitator_id", "person"),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("next_round_on", Day),  # the day the next round opens; found by the tick
    Column("head_sequence", Whole, nullable=False, server_default="0"),
    Column("head_hash", Blob, nullable=False, default=GENESIS),
    _one_of("unit", "toman", "rial"),
    _one_of("rhythm", "weekly", "two_weekly", "monthly"),
    Index("ix_groups_facilitator_id", "facilitator_id"),
    Index("ix_groups_next_round_on", "next_round_on"),
)

membership = _table(
    "membership",  # money belongs to it; rejoining makes a new one
    _id(),
    _to("group_id", "groups"),
    _to("person_id", "person"),
    Column("state", Words, nullable=False),
    _to("helper_id", "person", nullable=True),  # who serves a member without a phone
    Column("purpose", Words),
    Column("terms_hash", Blob),  # of the group's terms she was shown
    Column("applied_at", Moment, nullable=False),
    _to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("reason", Words),
    Column("leave_wished_at", Moment),
    Column("left_at", Moment),
    _one_of("state", "applied", "admitted", "declined", "left"),
    _only_if(
        "membership", "current", ("group_id", "person_id"), "state IN ('applied', 'admitted')", unique=True
    ),
    Index("ix_membership_person_id", "person_id"),
    Index("ix_membership_helper_id", "helper_id"),
)

office_term = _table(
    "office_term",
    _id(),
    _to("group_id", "groups"),
    Column("office", Words, nullable=False),
    _to("membership_id", "membership"),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    _to("command_id", "command", nullable=True),
    _one_of("office", "chair", "secretary", "treasurer"),
    _only_if("office_term", "current", ("group_id", "office"), "until IS NULL", unique=True),
    Index("ix_office_term_membership_id", "membership_id"),
)

# --- money ------------------------------------------------------------------------------------------------------------

command = _table(
    "command",  # what somebody decided, when it reached us, whom it touches, and the terms they had seen
    _id(),
    Column("kind", Words, nullable=False),
    _to("group_id", "groups", nullable=True),
    _to("actor_id", "person", nullable=True),
    Column("parties", Words, nullable=False),  # JSON list of person ids
    Column("received_at", Moment, nullable=False),
    Column("terms_hash", Blob),
    _to("inbox_id", "inbox", nullable=True),
    Index("ix_command_group_id", "group_id"),
)

note = _table(
    "note",  # free text that may be erased: entries keep only the hash
    _id(),
    Column("salt", Blob, nullable=False),
    Column("text", Words),
    Column("hash", Blob, nullable=False),
)

saving_round = _table(
    "saving_round",
    _id(),
    _to("group_id", "groups"),
    Column("number", Whole, nullable=False),
    Column("opens_on", Day, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("closes_on", Day, nullable=False),
    Column("amount", Money, nullable=False),
    Column("closed_at", Moment),
    UniqueConstraint("group_id", "number"),
)

round_line = _table(
    "round_line",  # what one member owes a round and has paid into it
    Column("round_id", Whole, ForeignKey("saving_round.id"), primary_key=True, autoincrement=False),
    Column("membership_id", Whole, ForeignKey("membership.id"), primary_key=True, autoincrement=False),
    Column("due", Money, nullable=False),
    Column("paid", Money, nullable=False, server_default="0"),
    Column("paid_at", Moment),  # when the report that filled the line reached us
    Column("on_time", Flag),  # frozen when the round closes
    Index("ix_round_line_membership_id", "membership_id"),
)

deposit = _table(
    "deposit",
    _id(),
    _to("group_id", "groups"),
    _to("membership_id", "membership"),
    Column("round_number", Whole, nullable=False),  # the round she chose; what is too much flows on
    Column("amount", Money, nullable=False),
    Column("offered", Money),  # what the confirmer counted instead; the payer must agree
    Column("way", Words, nullable=False),
    _to("picture_id", "picture", nullable=True),
    Column("value_on", Day, nullable=False),
    _to("reported_by", "person"),
    Column("reported_at", Moment, nullable=False),
    Column("state", Words, nullable=False, server_default="waiting"),
    _to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    _to("note_id", "note", nullable=True),
    _to("entry_id", "entry", nullable=True),
    Column("revision", Whole, nullable=False, server_default="1"),
    CheckConstraint("amount > 0", name="positive"),
    _one_of("way", "cash", "transfer"),
    _one_of("state", "waiting", "offered", "confirmed", "refused", "withdrawn", "reversed"),
    _only_if("deposit", "open", ("group_id", "id"), "state IN ('waiting', 'offered')"),
    Index("ix_deposit_membership_id", "membership_id"),
)

reversal = _table(
    "reversal",
    _id(),
    _to("group_id", "groups"),
    _to("entry_id", "entry"),
    _to("asked_by", "person"),
    Column("asked_at", Moment, nullable=False),
    _to("note_id", "note"),
    Column("state", Words, nullable=False, server_default="asked"),
    _to("decided_by", "person", nullable=True),
    Column("decided_at", Moment),
    Column("revision", Whole, nullable=False, server_default="1"),
    _one_of("state", "asked", "done", "declined"),
    _only_if("reversal", "asked", ("entry_id",), "state = 'asked'", unique=True),
    Index("ix_reversal_group_id", "group_id"),
)

# --- the books: they only grow ---------------------------------------------------------------------------------------

entry = _table(
    "entry",
    _id(),
    _to("group_id", "groups"),
    Column("sequence", Whole, nullable=False),
    _to("command_id", "command"),
    Column("number", Whole, nullable=False),  # within the command
    Column("kind", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("booked_on", Day, nullable=False),
    Column("booked_at", Moment, nullable=False),
    Column("value_on", Day, nullable=False),
    _to("entered_by", "person", nullable=True),
    _to("confirmed_by", "person", nullable=True),
    Column("meeting", Whole),
    _to("reverses", "entry", nullable=True),
    _to("note_id", "note", nullable=True),
    Column("note_hash", Blob),
    Column("version", Whole, nullable=False),  # of the canonical form the hash is made over
    Column("previous", Blob, nullable=False),
    Column("hash", Blob, nullable=False),
    UniqueConstraint("group_id", "sequence"),
    UniqueConstraint("command_id", "number"),
    UniqueConstraint("reverses"),
)

posting = _table(
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

balance = _table(
    "balance",  # kept beside the entries, provable from them
    Column("group_id", Whole, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column("account", Whole, primary_key=True, autoincrement=False),
    Column("holder", Whole, primary_key=True, autoincrement=False),
    Column("purpose", Words, primary_key=True, server_default=""),
    Column("amount", Money, nullable=False),
)

FROZEN = (entry, posting)
