-- The first schema, for PostgreSQL. Frozen: a change is a revision of its own. A blank line ends a statement.

CREATE TABLE file (
    sha256 TEXT NOT NULL,
    content BYTEA NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_file PRIMARY KEY (sha256)
);

CREATE TABLE inbox (
    id BIGSERIAL NOT NULL,
    platform TEXT NOT NULL,
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    body_hash BYTEA NOT NULL,
    chat_id BIGINT NOT NULL,
    body TEXT,
    received_at BIGINT NOT NULL,
    state TEXT DEFAULT 'pending' NOT NULL,
    tries BIGINT DEFAULT '0' NOT NULL,
    not_before BIGINT,
    reason TEXT,
    done_at BIGINT,
    CONSTRAINT pk_inbox PRIMARY KEY (id),
    CONSTRAINT ck_inbox_state CHECK (state IN ('pending', 'done', 'aside')),
    CONSTRAINT uq_inbox_platform_bot_id_update_id_body_hash UNIQUE (platform, bot_id, update_id, body_hash)
);

CREATE INDEX ix_inbox_finished ON inbox (done_at) WHERE state <> 'pending';

CREATE INDEX ix_inbox_pending ON inbox (platform, chat_id, id) WHERE state = 'pending';

CREATE TABLE lane (
    platform TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    leased_by TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    CONSTRAINT pk_lane PRIMARY KEY (platform, chat_id)
);

CREATE TABLE note (
    id BIGSERIAL NOT NULL,
    salt BYTEA NOT NULL,
    text TEXT,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id)
);

CREATE TABLE person (
    id BIGSERIAL NOT NULL,
    name TEXT,
    phone TEXT,
    phone_proven SMALLINT DEFAULT '0' NOT NULL,
    consent_at BIGINT,
    consent_hash BYTEA,
    merged_into BIGINT,
    account_id BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT fk_person_merged_into FOREIGN KEY(merged_into) REFERENCES person (id)
);

CREATE INDEX ix_person_phone ON person (phone);

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name)
);

CREATE TABLE groups (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    county TEXT NOT NULL,
    village TEXT NOT NULL,
    expected_size BIGINT NOT NULL,
    saving BIGINT NOT NULL,
    unit TEXT DEFAULT 'toman' NOT NULL,
    rhythm TEXT NOT NULL,
    first_saving_on TEXT NOT NULL,
    grace_days BIGINT NOT NULL,
    code TEXT NOT NULL,
    practice SMALLINT DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT 'IRR' NOT NULL,
    facilitator_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    next_round_on TEXT,
    head_sequence BIGINT DEFAULT '0' NOT NULL,
    head_hash BYTEA NOT NULL,
    CONSTRAINT pk_groups PRIMARY KEY (id),
    CONSTRAINT ck_groups_unit CHECK (unit IN ('toman', 'rial')),
    CONSTRAINT ck_groups_rhythm CHECK (rhythm IN ('weekly', 'two_weekly', 'monthly')),
    CONSTRAINT uq_groups_code UNIQUE (code),
    CONSTRAINT fk_groups_facilitator_id FOREIGN KEY(facilitator_id) REFERENCES person (id)
);

CREATE INDEX ix_groups_facilitator_id ON groups (facilitator_id);

CREATE INDEX ix_groups_next_round_on ON groups (next_round_on);

CREATE TABLE invitation (
    id BIGSERIAL NOT NULL,
    code_hash BYTEA NOT NULL,
    role TEXT NOT NULL,
    province TEXT,
    county TEXT,
    created_by BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by BIGINT,
    used_at BIGINT,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT uq_invitation_code_hash UNIQUE (code_hash),
    CONSTRAINT fk_invitation_created_by FOREIGN KEY(created_by) REFERENCES person (id),
    CONSTRAINT fk_invitation_used_by FOREIGN KEY(used_by) REFERENCES person (id)
);

CREATE TABLE picture (
    id BIGSERIAL NOT NULL,
    platform TEXT NOT NULL,
    file_id TEXT NOT NULL,
    as_document SMALLINT NOT NULL,
    state TEXT DEFAULT 'queued' NOT NULL,
    sha256 TEXT,
    tries BIGINT DEFAULT '0' NOT NULL,
    not_before BIGINT,
    reason TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_picture PRIMARY KEY (id),
    CONSTRAINT ck_picture_state CHECK (state IN ('queued', 'stored', 'failed')),
    CONSTRAINT fk_picture_sha256 FOREIGN KEY(sha256) REFERENCES file (sha256)
);

CREATE INDEX ix_picture_queued ON picture (id) WHERE state = 'queued';

CREATE TABLE programme_role (
    id BIGSERIAL NOT NULL,
    person_id BIGINT NOT NULL,
    role TEXT NOT NULL,
    province TEXT,
    county TEXT,
    appointed_by BIGINT,
    since BIGINT NOT NULL,
    until BIGINT,
    CONSTRAINT pk_programme_role PRIMARY KEY (id),
    CONSTRAINT ck_programme_role_role CHECK (role IN ('administrator', 'institute', 'welfare_officer', 'local_executor', 'mother_adviser', 'bank_officer', 'adviser', 'facilitator')),
    CONSTRAINT fk_programme_role_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_programme_role_appointed_by FOREIGN KEY(appointed_by) REFERENCES person (id)
);

CREATE INDEX ix_programme_role_person_id ON programme_role (person_id);

CREATE INDEX ix_programme_role_role ON programme_role (role, county, id) WHERE until IS NULL;

CREATE TABLE balance (
    group_id BIGINT NOT NULL,
    account BIGINT NOT NULL,
    holder BIGINT NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_balance PRIMARY KEY (group_id, account, holder, purpose),
    CONSTRAINT fk_balance_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
);

CREATE TABLE command (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    group_id BIGINT,
    actor_id BIGINT,
    parties TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    terms_hash BYTEA,
    inbox_id BIGINT,
    CONSTRAINT pk_command PRIMARY KEY (id),
    CONSTRAINT fk_command_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_command_actor_id FOREIGN KEY(actor_id) REFERENCES person (id)
);

CREATE INDEX ix_command_group_id ON command (group_id);

CREATE TABLE membership (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    helper_id BIGINT,
    purpose TEXT,
    terms_hash BYTEA,
    applied_at BIGINT NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    reason TEXT,
    leave_wished_at BIGINT,
    left_at BIGINT,
    CONSTRAINT pk_membership PRIMARY KEY (id),
    CONSTRAINT ck_membership_state CHECK (state IN ('applied', 'admitted', 'declined', 'left')),
    CONSTRAINT fk_membership_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_membership_helper_id FOREIGN KEY(helper_id) REFERENCES person (id),
    CONSTRAINT fk_membership_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
);

CREATE INDEX ix_membership_group_id_state_id ON membership (group_id, state, id);

CREATE INDEX ix_membership_helper_id ON membership (helper_id);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE UNIQUE INDEX uq_membership_current ON membership (group_id, person_id) WHERE state IN ('applied', 'admitted');

CREATE TABLE outbox (
    id BIGSERIAL NOT NULL,
    platform TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    action TEXT NOT NULL,
    text TEXT,
    topic TEXT,
    facts TEXT,
    keyboard TEXT,
    picture_id BIGINT,
    card TEXT,
    key TEXT,
    state TEXT DEFAULT 'waiting' NOT NULL,
    tries BIGINT DEFAULT '0' NOT NULL,
    created_at BIGINT NOT NULL,
    not_before BIGINT,
    leased_by TEXT,
    leased_until BIGINT,
    sent_at BIGINT,
    message_id BIGINT,
    reason TEXT,
    inbox_id BIGINT,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT ck_outbox_action CHECK (action IN ('send', 'photo', 'document', 'edit')),
    CONSTRAINT ck_outbox_state CHECK (state IN ('waiting', 'sending', 'sent', 'given_up', 'uncertain', 'superseded')),
    CONSTRAINT fk_outbox_picture_id FOREIGN KEY(picture_id) REFERENCES picture (id),
    CONSTRAINT uq_outbox_key UNIQUE (key)
);

CREATE INDEX ix_outbox_card ON outbox (card, platform, chat_id, id) WHERE card IS NOT NULL;

CREATE INDEX ix_outbox_chat ON outbox (platform, chat_id, id) WHERE state IN ('waiting', 'sending');

CREATE INDEX ix_outbox_due ON outbox (platform, priority, id) WHERE state IN ('waiting', 'sending');

CREATE INDEX ix_outbox_sweep ON outbox (created_at) WHERE card IS NULL AND key IS NULL;

CREATE TABLE saving_round (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    opens_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    amount BIGINT NOT NULL,
    closed_at BIGINT,
    CONSTRAINT pk_saving_round PRIMARY KEY (id),
    CONSTRAINT uq_saving_round_group_id_number UNIQUE (group_id, number),
    CONSTRAINT fk_saving_round_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
);

CREATE TABLE account (
    id BIGSERIAL NOT NULL,
    platform TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    person_id BIGINT,
    membership_id BIGINT,
    unreachable_since BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_platform_user_id UNIQUE (platform, user_id),
    CONSTRAINT fk_account_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_account_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id)
);

CREATE INDEX ix_account_chat ON account (platform, chat_id);

CREATE INDEX ix_account_person_id ON account (person_id);

CREATE TABLE entry (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    command_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    booked_at BIGINT NOT NULL,
    value_on TEXT NOT NULL,
    entered_by BIGINT,
    confirmed_by BIGINT,
    meeting BIGINT,
    reverses BIGINT,
    note_id BIGINT,
    note_hash BYTEA,
    version BIGINT NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT uq_entry_group_id_sequence UNIQUE (group_id, sequence),
    CONSTRAINT uq_entry_command_id_number UNIQUE (command_id, number),
    CONSTRAINT uq_entry_reverses UNIQUE (reverses),
    CONSTRAINT fk_entry_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_entry_command_id FOREIGN KEY(command_id) REFERENCES command (id),
    CONSTRAINT fk_entry_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_entry_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES person (id),
    CONSTRAINT fk_entry_reverses FOREIGN KEY(reverses) REFERENCES entry (id),
    CONSTRAINT fk_entry_note_id FOREIGN KEY(note_id) REFERENCES note (id)
);

CREATE TABLE office_term (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    office TEXT NOT NULL,
    membership_id BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT,
    command_id BIGINT,
    CONSTRAINT pk_office_term PRIMARY KEY (id),
    CONSTRAINT ck_office_term_office CHECK (office IN ('chair', 'secretary', 'treasurer')),
    CONSTRAINT fk_office_term_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_office_term_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_office_term_command_id FOREIGN KEY(command_id) REFERENCES command (id)
);

CREATE INDEX ix_office_term_membership_id ON office_term (membership_id);

CREATE UNIQUE INDEX uq_office_term_current ON office_term (group_id, office) WHERE until IS NULL;

CREATE TABLE round_line (
    round_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    due BIGINT NOT NULL,
    paid BIGINT DEFAULT '0' NOT NULL,
    paid_at BIGINT,
    on_time SMALLINT,
    CONSTRAINT pk_round_line PRIMARY KEY (round_id, membership_id),
    CONSTRAINT fk_round_line_round_id FOREIGN KEY(round_id) REFERENCES saving_round (id),
    CONSTRAINT fk_round_line_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id)
);

CREATE INDEX ix_round_line_unpaid ON round_line (membership_id, round_id) WHERE paid < due;

CREATE TABLE deposit (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    round_number BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    offered BIGINT,
    way TEXT NOT NULL,
    picture_id BIGINT,
    value_on TEXT NOT NULL,
    reported_by BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    note_id BIGINT,
    entry_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_deposit PRIMARY KEY (id),
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
);

CREATE INDEX ix_deposit_entry_id ON deposit (entry_id);

CREATE INDEX ix_deposit_group_id_entry_id ON deposit (group_id, entry_id);

CREATE INDEX ix_deposit_open ON deposit (group_id, id) WHERE state IN ('waiting', 'offered');

CREATE INDEX ix_deposit_open_of_member ON deposit (membership_id, id) WHERE state IN ('waiting', 'offered');

CREATE TABLE joining (
    id BIGSERIAL NOT NULL,
    code_hash BYTEA NOT NULL,
    account_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT pk_joining PRIMARY KEY (id),
    CONSTRAINT uq_joining_code_hash UNIQUE (code_hash),
    CONSTRAINT fk_joining_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE lead (
    id BIGSERIAL NOT NULL,
    account_id BIGINT NOT NULL,
    name TEXT,
    phone TEXT,
    county TEXT NOT NULL,
    state TEXT DEFAULT 'new' NOT NULL,
    created_at BIGINT NOT NULL,
    handled_by BIGINT,
    handled_at BIGINT,
    CONSTRAINT pk_lead PRIMARY KEY (id),
    CONSTRAINT ck_lead_state CHECK (state IN ('new', 'called', 'invited', 'not_now')),
    CONSTRAINT fk_lead_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_lead_handled_by FOREIGN KEY(handled_by) REFERENCES person (id)
);

CREATE INDEX ix_lead_account_id ON lead (account_id);

CREATE INDEX ix_lead_open ON lead (county, id) WHERE state IN ('new', 'called');

CREATE TABLE posting (
    entry_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    account BIGINT NOT NULL,
    holder BIGINT NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    round_number BIGINT,
    amount BIGINT NOT NULL,
    CONSTRAINT pk_posting PRIMARY KEY (entry_id, line),
    CONSTRAINT ck_posting_nonzero CHECK (amount <> 0),
    CONSTRAINT fk_posting_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_posting_holder_account_entry_id ON posting (holder, account, entry_id);

CREATE TABLE reversal (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    entry_id BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    note_id BIGINT NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_reversal PRIMARY KEY (id),
    CONSTRAINT ck_reversal_state CHECK (state IN ('asked', 'done', 'declined')),
    CONSTRAINT fk_reversal_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_reversal_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_reversal_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_reversal_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_reversal_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
);

CREATE INDEX ix_reversal_group_id ON reversal (group_id);

CREATE UNIQUE INDEX uq_reversal_asked ON reversal (entry_id) WHERE state = 'asked';

CREATE TABLE talk (
    id BIGSERIAL NOT NULL,
    account_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    facts TEXT NOT NULL,
    answers TEXT NOT NULL,
    revision BIGINT NOT NULL,
    parked SMALLINT DEFAULT '0' NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT pk_talk PRIMARY KEY (id),
    CONSTRAINT fk_talk_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_talk_account_id ON talk (account_id);

CREATE UNIQUE INDEX uq_talk_open ON talk (account_id) WHERE parked = 0;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books only grow: % is never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_refuses_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_refuses_update BEFORE UPDATE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_refuses_delete BEFORE DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_refuses_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
