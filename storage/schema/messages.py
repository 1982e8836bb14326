"""What comes in, what goes out, and the files between."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, UniqueConstraint

from storage.schema.columns import one_of, only_if, own_id, table, to
from storage.types import Blob, Flag, Moment, Whole, Words

setting = table(
    "setting",  # the signing key, the digest of the claim code: things made once and kept
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)


inbox = table(
    "inbox",
    own_id(),
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
    one_of("state", "pending", "done", "aside"),
    UniqueConstraint("platform", "bot_id", "update_id", "body_hash"),
    only_if("inbox", "pending", ("platform", "chat_id", "id"), "state = 'pending'"),
    only_if("inbox", "finished", ("done_at",), "state <> 'pending'"),
)

lane = table(
    "lane",  # who works on which chat; only needed where several workers share a database
    Column("platform", Words, primary_key=True),
    Column("chat_id", Whole, primary_key=True, autoincrement=False),
    Column("leased_by", Words, nullable=False),
    Column("leased_until", Moment, nullable=False),
)

outbox = table(
    "outbox",
    own_id(),
    Column("platform", Words, nullable=False),
    Column("chat_id", Whole, nullable=False),
    Column("priority", Whole, nullable=False),  # 0 reply, 1 alert or receipt, 2 reminder
    Column("action", Words, nullable=False),
    Column("text", Words),  # rendered, with neutral emphasis; NULL for a reminder until it is claimed
    Column("topic", Words),  # a reminder's text name, rendered when claimed
    Column("facts", Words),  # a reminder's facts, tagged JSON
    Column("keyboard", Words),  # JSON of domain.outgoing: inline rows, reply rows, or none
    to("picture_id", "picture", nullable=True),
    Column("card", Words),  # the thing shown, as "deposit:12"; an edit finds its message by it
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
    Column("inbox_id", Whole),  # the update that caused it; no key, as updates are swept after a while
    Column(
        "fleeting", Flag, nullable=False, server_default="0"
    ),  # text and buttons are erased once it was sent
    one_of("action", "send", "photo", "document", "edit"),
    one_of("state", "waiting", "sending", "sent", "given_up", "uncertain", "superseded"),
    only_if("outbox", "due", ("platform", "priority", "id"), "state IN ('waiting', 'sending')"),
    only_if("outbox", "chat", ("platform", "chat_id", "id"), "state IN ('waiting', 'sending')"),
    only_if("outbox", "card", ("card", "platform", "chat_id", "id"), "card IS NOT NULL"),
    only_if("outbox", "sweep", ("created_at",), "card IS NULL AND key IS NULL"),
)

picture = table(
    "picture",  # a picture somebody sent; its bytes are fetched in the background (Bale's links live an hour)
    own_id(),
    Column("platform", Words, nullable=False),
    Column("file_id", Words, nullable=False),  # good on its own platform only
    Column("as_document", Flag, nullable=False),
    Column("state", Words, nullable=False, server_default="queued"),
    Column("sha256", Words, ForeignKey("file.sha256")),
    Column("tries", Whole, nullable=False, server_default="0"),
    Column("not_before", Moment),
    Column("reason", Words),
    Column("created_at", Moment, nullable=False),
    one_of("state", "queued", "stored", "failed"),
    only_if("picture", "queued", ("id",), "state = 'queued'"),
)

file = table(
    "file",  # content by its hash, in the database: two workers share no disk
    Column("sha256", Words, primary_key=True),
    Column("content", Blob, nullable=False),
    Column("mime", Words, nullable=False),
    Column("size", Whole, nullable=False),
    Column("created_at", Moment, nullable=False),
)
