-- The first schema, for SQLite. Frozen: a change is a revision of its own. A blank line ends a statement.

CREATE TABLE file (
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    mime TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT pk_file PRIMARY KEY (sha256)
) STRICT;

CREATE TABLE inbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    bot_id INTEGER NOT NULL,
    update_id INTEGER NOT NULL,
    body_hash BLOB NOT NULL,
    chat_id INTEGER NOT NULL,
    body TEXT,
    received_at INTEGER NOT NULL,
    state TEXT DEFAULT 'pending' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    not_before INTEGER,
    reason TEXT,
    done_at INTEGER,
    CONSTRAINT ck_inbox_state CHECK (state IN ('pending', 'done', 'aside')),
    CONSTRAINT uq_inbox_platform_bot_id_update_id_body_hash UNIQUE (platform, bot_id, update_id, body_hash)
) STRICT;

CREATE INDEX ix_inbox_finished ON inbox (done_at) WHERE state <> 'pending';

CREATE INDEX ix_inbox_pending ON inbox (platform, chat_id, id) WHERE state = 'pending';

CREATE TABLE lane (
    platform TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    leased_by TEXT NOT NULL,
    leased_until INTEGER NOT NULL,
    CONSTRAINT pk_lane PRIMARY KEY (platform, chat_id)
) STRICT;

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    salt BLOB NOT NULL,
    text TEXT,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    phone TEXT,
    phone_proven INTEGER DEFAULT '0' NOT NULL,
    consent_at INTEGER,
    consent_hash BLOB,
    merged_into INTEGER,
    account_id INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT fk_person_merged_into FOREIGN KEY(merged_into) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_person_phone ON person (phone);

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
) STRICT;

CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    county TEXT NOT NULL,
    village TEXT NOT NULL,
    expected_size INTEGER NOT NULL,
    saving INTEGER NOT NULL,
    unit TEXT DEFAULT 'toman' NOT NULL,
    rhythm TEXT NOT NULL,
    first_saving_on TEXT NOT NULL,
    grace_days INTEGER NOT NULL,
    code TEXT NOT NULL,
    practice INTEGER DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT 'IRR' NOT NULL,
    facilitator_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    next_round_on TEXT,
    head_sequence INTEGER DEFAULT '0' NOT NULL,
    head_hash BLOB NOT NULL,
    CONSTRAINT ck_groups_unit CHECK (unit IN ('toman', 'rial')),
    CONSTRAINT ck_groups_rhythm CHECK (rhythm IN ('weekly', 'two_weekly', 'monthly')),
    CONSTRAINT uq_groups_code UNIQUE (code),
    CONSTRAINT fk_groups_facilitator_id FOREIGN KEY(facilitator_id) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_groups_facilitator_id ON groups (facilitator_id);

CREATE INDEX ix_groups_next_round_on ON groups (next_round_on);

CREATE TABLE invitation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code_hash BLOB NOT NULL,
    role TEXT NOT NULL,
    province TEXT,
    county TEXT,
    created_by INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by INTEGER,
    used_at INTEGER,
    CONSTRAINT uq_invitation_code_hash UNIQUE (code_hash),
    CONSTRAINT fk_invitation_created_by FOREIGN KEY(created_by) REFERENCES person (id),
    CONSTRAINT fk_invitation_used_by FOREIGN KEY(used_by) REFERENCES person (id)
) STRICT;

CREATE TABLE picture (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    file_id TEXT NOT NULL,
    as_document INTEGER NOT NULL,
    state TEXT DEFAULT 'queued' NOT NULL,
    sha256 TEXT,
    tries INTEGER DEFAULT '0' NOT NULL,
    not_before INTEGER,
    reason TEXT,
    created_at INTEGER NOT NULL,
    CONSTRAINT ck_picture_state CHECK (state IN ('queued', 'stored', 'failed')),
    CONSTRAINT fk_picture_sha256 FOREIGN KEY(sha256) REFERENCES file (sha256)
) STRICT;

CREATE INDEX ix_picture_queued ON picture (id) WHERE state = 'queued';

CREATE TABLE programme_role (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    province TEXT,
    county TEXT,
    appointed_by INTEGER,
    since INTEGER NOT NULL,
    until INTEGER,
    CONSTRAINT ck_programme_role_role CHECK (role IN ('administrator', 'institute', 'welfare_officer', 'local_executor', 'mother_adviser', 'bank_officer', 'adviser', 'facilitator')),
    CONSTRAINT fk_programme_role_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_programme_role_appointed_by FOREIGN KEY(appointed_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_programme_role_person_id ON programme_role (person_id);

CREATE INDEX ix_programme_role_role ON programme_role (role, county, id) WHERE until IS NULL;

CREATE TABLE balance (
    group_id INTEGER NOT NULL,
    account INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    amount INTEGER NOT NULL,
    CONSTRAINT pk_balance PRIMARY KEY (group_id, account, holder, purpose),
    CONSTRAINT fk_balance_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
) STRICT;

CREATE TABLE command (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    group_id INTEGER,
    actor_id INTEGER,
    parties TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    terms_hash BLOB,
    inbox_id INTEGER,
    CONSTRAINT fk_command_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_command_actor_id FOREIGN KEY(actor_id) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_command_group_id ON command (group_id);

CREATE TABLE membership (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    helper_id INTEGER,
    purpose TEXT,
    terms_hash BLOB,
    applied_at INTEGER NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    reason TEXT,
    leave_wished_at INTEGER,
    left_at INTEGER,
    CONSTRAINT ck_membership_state CHECK (state IN ('applied', 'admitted', 'declined', 'left')),
    CONSTRAINT fk_membership_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_membership_helper_id FOREIGN KEY(helper_id) REFERENCES person (id),
    CONSTRAINT fk_membership_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_membership_group_id_state_id ON membership (group_id, state, id);

CREATE INDEX ix_membership_helper_id ON membership (helper_id);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE UNIQUE INDEX uq_membership_current ON membership (group_id, person_id) WHERE state IN ('applied', 'admitted');

CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    action TEXT NOT NULL,
    text TEXT,
    topic TEXT,
    facts TEXT,
    keyboard TEXT,
    picture_id INTEGER,
    card TEXT,
    "key" TEXT,
    state TEXT DEFAULT 'waiting' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    created_at INTEGER NOT NULL,
    not_before INTEGER,
    leased_by TEXT,
    leased_until INTEGER,
    sent_at INTEGER,
    message_id INTEGER,
    reason TEXT,
    inbox_id INTEGER,
    CONSTRAINT ck_outbox_action CHECK (action IN ('send', 'photo', 'document', 'edit')),
    CONSTRAINT ck_outbox_state CHECK (state IN ('waiting', 'sending', 'sent', 'given_up', 'uncertain', 'superseded')),
    CONSTRAINT fk_outbox_picture_id FOREIGN KEY(picture_id) REFERENCES picture (id),
    CONSTRAINT uq_outbox_key UNIQUE ("key")
) STRICT;

CREATE INDEX ix_outbox_card ON outbox (card, platform, chat_id, id) WHERE card IS NOT NULL;

CREATE INDEX ix_outbox_chat ON outbox (platform, chat_id, id) WHERE state IN ('waiting', 'sending');

CREATE INDEX ix_outbox_due ON outbox (platform, priority, id) WHERE state IN ('waiting', 'sending');

CREATE INDEX ix_outbox_sweep ON outbox (created_at) WHERE card IS NULL AND key IS NULL;

CREATE TABLE saving_round (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    opens_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    amount INTEGER NOT NULL,
    closed_at INTEGER,
    CONSTRAINT uq_saving_round_group_id_number UNIQUE (group_id, number),
    CONSTRAINT fk_saving_round_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
) STRICT;

CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    person_id INTEGER,
    membership_id INTEGER,
    unreachable_since INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT uq_account_platform_user_id UNIQUE (platform, user_id),
    CONSTRAINT fk_account_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_account_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id)
) STRICT;

CREATE INDEX ix_account_chat ON account (platform, chat_id);

CREATE INDEX ix_account_person_id ON account (person_id);

CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    command_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    booked_at INTEGER NOT NULL,
    value_on TEXT NOT NULL,
    entered_by INTEGER,
    confirmed_by INTEGER,
    meeting INTEGER,
    reverses INTEGER,
    note_id INTEGER,
    note_hash BLOB,
    version INTEGER NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT uq_entry_group_id_sequence UNIQUE (group_id, sequence),
    CONSTRAINT uq_entry_command_id_number UNIQUE (command_id, number),
    CONSTRAINT uq_entry_reverses UNIQUE (reverses),
    CONSTRAINT fk_entry_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_entry_command_id FOREIGN KEY(command_id) REFERENCES command (id),
    CONSTRAINT fk_entry_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_entry_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES person (id),
    CONSTRAINT fk_entry_reverses FOREIGN KEY(reverses) REFERENCES entry (id),
    CONSTRAINT fk_entry_note_id FOREIGN KEY(note_id) REFERENCES note (id)
) STRICT;

CREATE TABLE office_term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    office TEXT NOT NULL,
    membership_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    command_id INTEGER,
    CONSTRAINT ck_office_term_office CHECK (office IN ('chair', 'secretary', 'treasurer')),
    CONSTRAINT fk_office_term_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_office_term_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_office_term_command_id FOREIGN KEY(command_id) REFERENCES command (id)
) STRICT;

CREATE INDEX ix_office_term_membership_id ON office_term (membership_id);

CREATE UNIQUE INDEX uq_office_term_current ON office_term (group_id, office) WHERE until IS NULL;

CREATE TABLE round_line (
    round_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    due INTEGER NOT NULL,
    paid INTEGER DEFAULT '0' NOT NULL,
    paid_at INTEGER,
    on_time INTEGER,
    CONSTRAINT pk_round_line PRIMARY KEY (round_id, membership_id),
    CONSTRAINT fk_round_line_round_id FOREIGN KEY(round_id) REFERENCES saving_round (id),
    CONSTRAINT fk_round_line_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id)
) STRICT;

CREATE INDEX ix_round_line_unpaid ON round_line (membership_id, round_id) WHERE paid < due;

CREATE TABLE deposit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    round_number INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    offered INTEGER,
    way TEXT NOT NULL,
    picture_id INTEGER,
    value_on TEXT NOT NULL,
    reported_by INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    note_id INTEGER,
    entry_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_deposit_positive CHECK (amount > 0),
    CONSTRAINT ck_deposit_way CHECK (way IN ('cash', 'transfer')),
    CONSTRAINT ck_deposit_state CHECK (state IN ('waiting', 'offered', 'confirmed', 'refused', 'withdrawn', 'reversed')),
    CONSTRAINT fk_deposit_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_deposit_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_deposit_picture_id FOREIGN KEY(picture_id) REFERENCES picture (id),
    CONSTRAINT fk_deposit_reported_by FOREIGN KEY(reported_by) REFERENCES person (id),
    CONSTRAINT fk_deposit_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_deposit_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_deposit_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
) STRICT;

CREATE INDEX ix_deposit_entry_id ON deposit (entry_id);

CREATE INDEX ix_deposit_group_id_entry_id ON deposit (group_id, entry_id);

CREATE INDEX ix_deposit_open ON deposit (group_id, id) WHERE state IN ('waiting', 'offered');

CREATE INDEX ix_deposit_open_of_member ON deposit (membership_id, id) WHERE state IN ('waiting', 'offered');

CREATE TABLE joining (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code_hash BLOB NOT NULL,
    account_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CONSTRAINT uq_joining_code_hash UNIQUE (code_hash),
    CONSTRAINT fk_joining_account_id FOREIGN KEY(account_id) REFERENCES account (id)
) STRICT;

CREATE TABLE lead (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    name TEXT,
    phone TEXT,
    county TEXT NOT NULL,
    state TEXT DEFAULT 'new' NOT NULL,
    created_at INTEGER NOT NULL,
    handled_by INTEGER,
    handled_at INTEGER,
    CONSTRAINT ck_lead_state CHECK (state IN ('new', 'called', 'invited', 'not_now')),
    CONSTRAINT fk_lead_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_lead_handled_by FOREIGN KEY(handled_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_lead_account_id ON lead (account_id);

CREATE INDEX ix_lead_open ON lead (county, id) WHERE state IN ('new', 'called');

CREATE TABLE posting (
    entry_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    round_number INTEGER,
    amount INTEGER NOT NULL,
    CONSTRAINT pk_posting PRIMARY KEY (entry_id, line),
    CONSTRAINT ck_posting_nonzero CHECK (amount <> 0),
    CONSTRAINT fk_posting_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
) STRICT;

CREATE INDEX ix_posting_holder_account_entry_id ON posting (holder, account, entry_id);

CREATE TABLE reversal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    note_id INTEGER NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_reversal_state CHECK (state IN ('asked', 'done', 'declined')),
    CONSTRAINT fk_reversal_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_reversal_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_reversal_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_reversal_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_reversal_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_reversal_group_id ON reversal (group_id);

CREATE UNIQUE INDEX uq_reversal_asked ON reversal (entry_id) WHERE state = 'asked';

CREATE TABLE talk (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    facts TEXT NOT NULL,
    answers TEXT NOT NULL,
    revision INTEGER NOT NULL,
    parked INTEGER DEFAULT '0' NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT fk_talk_account_id FOREIGN KEY(account_id) REFERENCES account (id)
) STRICT;

CREATE INDEX ix_talk_account_id ON talk (account_id);

CREATE UNIQUE INDEX uq_talk_open ON talk (account_id) WHERE parked = 0;

CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: entry is never changed');
END;

CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: entry is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER entry_refuses_replace BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id
    OR (group_id = NEW.group_id AND sequence = NEW.sequence)
    OR (command_id = NEW.command_id AND number = NEW.number)
    OR reverses = NEW.reverses)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: entry is never replaced');
END;

CREATE TRIGGER posting_refuses_update BEFORE UPDATE ON posting
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: posting is never changed');
END;

CREATE TRIGGER posting_refuses_delete BEFORE DELETE ON posting
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: posting is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER posting_refuses_replace BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM posting WHERE entry_id = NEW.entry_id AND line = NEW.line)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: posting is never replaced');
END;
