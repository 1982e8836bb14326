CREATE TABLE proposal (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    note_id BIGINT NOT NULL,
    ballots TEXT NOT NULL,
    matter TEXT,
    concerns BIGINT,
    bylaws BIGINT NOT NULL,
    call BIGINT NOT NULL,
    follows BIGINT,
    proposed_by BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closes_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    closed_at BIGINT,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
    CONSTRAINT uq_proposal_follows UNIQUE (follows),
    CONSTRAINT ck_proposal_kind CHECK (kind IN ('resolution', 'meetings', 'name', 'bylaws', 'loan_terms', 'savings', 'loan', 'loan_order', 'write_off', 'rescheduling', 'expulsion', 'waiver', 'election', 'office', 'surplus', 'bank_consent', 'bank_shares')),
    CONSTRAINT ck_proposal_ballots CHECK (ballots IN ('open', 'secret', 'names')),
    CONSTRAINT ck_proposal_state CHECK (state IN ('open', 'accepted', 'rejected', 'no_quorum', 'withdrawn', 'undecided', 'ended')),
    CONSTRAINT fk_proposal_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_proposal_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_proposal_concerns FOREIGN KEY(concerns) REFERENCES membership (id),
    CONSTRAINT fk_proposal_follows FOREIGN KEY(follows) REFERENCES proposal (id),
    CONSTRAINT fk_proposal_proposed_by FOREIGN KEY(proposed_by) REFERENCES person (id)
);

CREATE INDEX ix_proposal_due ON proposal (due_at, id) WHERE state = 'open';

CREATE INDEX ix_proposal_group_id_state_id ON proposal (group_id, state, id);

CREATE TABLE ballot (
    proposal_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    vote TEXT,
    cast_at BIGINT,
    entered_by BIGINT,
    CONSTRAINT pk_ballot PRIMARY KEY (proposal_id, membership_id),
    CONSTRAINT ck_ballot_vote CHECK (vote IN ('yes', 'no', 'abstain')),
    CONSTRAINT fk_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_ballot_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_ballot_entered_by FOREIGN KEY(entered_by) REFERENCES person (id)
);

CREATE INDEX ix_ballot_membership_id ON ballot (membership_id);

CREATE INDEX ix_account_membership_id ON account (membership_id);

CREATE INDEX ix_talk_enter_papers ON talk (id) WHERE name = 'enter_papers';

CREATE TABLE resolution (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    proposal_id BIGINT NOT NULL,
    note_hash BYTEA NOT NULL,
    matter_hash BYTEA,
    electors BIGINT NOT NULL,
    yes BIGINT NOT NULL,
    no BIGINT NOT NULL,
    abstained BIGINT NOT NULL,
    resolved_at BIGINT NOT NULL,
    CONSTRAINT pk_resolution PRIMARY KEY (id),
    CONSTRAINT uq_resolution_group_id_number UNIQUE (group_id, number),
    CONSTRAINT uq_resolution_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_resolution_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_resolution_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
);

CREATE TRIGGER resolution_refuses_update BEFORE UPDATE ON resolution FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER resolution_refuses_delete BEFORE DELETE ON resolution FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER resolution_refuses_truncate BEFORE TRUNCATE ON resolution FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE bylaws (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    rules TEXT NOT NULL,
    proposal_id BIGINT NOT NULL,
    adopted_at BIGINT NOT NULL,
    CONSTRAINT pk_bylaws PRIMARY KEY (id),
    CONSTRAINT uq_bylaws_group_id_version UNIQUE (group_id, version),
    CONSTRAINT uq_bylaws_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_bylaws_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_bylaws_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
);

CREATE TRIGGER bylaws_refuses_update BEFORE UPDATE ON bylaws FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER bylaws_refuses_delete BEFORE DELETE ON bylaws FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER bylaws_refuses_truncate BEFORE TRUNCATE ON bylaws FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE loan (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    proposal_id BIGINT,
    note_id BIGINT,
    principal BIGINT NOT NULL,
    method TEXT NOT NULL,
    rate TEXT NOT NULL,
    months BIGINT NOT NULL,
    rounding BIGINT NOT NULL,
    bylaws BIGINT DEFAULT '0' NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    decided_at BIGINT,
    place BIGINT,
    paid_by BIGINT,
    paid_at BIGINT,
    way TEXT,
    first_due TEXT,
    received_by BIGINT,
    received_at BIGINT,
    entry_id BIGINT,
    due_at BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    loss_entry_id BIGINT,
    CONSTRAINT pk_loan PRIMARY KEY (id),
    CONSTRAINT ck_loan_positive CHECK (principal > 0),
    CONSTRAINT ck_loan_method CHECK (method IN ('zero', 'fixed-fee', 'balance-level', 'balance-equal', 'flat')),
    CONSTRAINT ck_loan_way CHECK (way IN ('cash', 'transfer')),
    CONSTRAINT ck_loan_state CHECK (state IN ('brought', 'asked', 'voting', 'approved', 'paid_out', 'running', 'settled', 'rejected', 'withdrawn', 'written_off')),
    CONSTRAINT fk_loan_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_loan_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_loan_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_loan_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_loan_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_loan_paid_by FOREIGN KEY(paid_by) REFERENCES person (id),
    CONSTRAINT fk_loan_received_by FOREIGN KEY(received_by) REFERENCES person (id),
    CONSTRAINT fk_loan_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_loan_loss_entry_id FOREIGN KEY(loss_entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_loan_due ON loan (due_at, id) WHERE due_at IS NOT NULL;

CREATE INDEX ix_loan_entry_id ON loan (entry_id);

CREATE INDEX ix_loan_group_id_state_place ON loan (group_id, state, place);

CREATE INDEX ix_loan_membership_id_id ON loan (membership_id, id);

CREATE UNIQUE INDEX uq_loan_before_receipt ON loan (membership_id) WHERE state IN ('asked', 'voting', 'approved', 'paid_out');

ALTER TABLE deposit ADD COLUMN loan_id BIGINT CONSTRAINT fk_deposit_loan_id REFERENCES loan (id);

ALTER TABLE deposit ADD COLUMN keeper_id BIGINT CONSTRAINT fk_deposit_keeper_id REFERENCES person (id);

ALTER TABLE deposit DROP CONSTRAINT ck_deposit_way;

ALTER TABLE deposit ADD CONSTRAINT ck_deposit_way CHECK (way IN ('cash', 'transfer', 'savings'));

CREATE INDEX ix_deposit_of_loan ON deposit (loan_id, value_on, id) WHERE loan_id IS NOT NULL;

CREATE TABLE board_answer (
    loan_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    agreed SMALLINT NOT NULL,
    answered_at BIGINT NOT NULL,
    CONSTRAINT pk_board_answer PRIMARY KEY (loan_id, person_id),
    CONSTRAINT fk_board_answer_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id),
    CONSTRAINT fk_board_answer_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE TABLE loan_change (
    id BIGSERIAL NOT NULL,
    loan_id BIGINT NOT NULL,
    proposal_id BIGINT NOT NULL,
    changed_on TEXT NOT NULL,
    deposit_id BIGINT,
    CONSTRAINT pk_loan_change PRIMARY KEY (id),
    CONSTRAINT uq_loan_change_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_loan_change_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id),
    CONSTRAINT fk_loan_change_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_loan_change_deposit_id FOREIGN KEY(deposit_id) REFERENCES deposit (id)
);

CREATE INDEX ix_loan_change_loan_id_id ON loan_change (loan_id, id);

CREATE TRIGGER loan_change_refuses_update BEFORE UPDATE ON loan_change FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER loan_change_refuses_delete BEFORE DELETE ON loan_change FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER loan_change_refuses_truncate BEFORE TRUNCATE ON loan_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE cash_move (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    way TEXT,
    membership_id BIGINT,
    note_id BIGINT,
    picture_id BIGINT,
    entered_by BIGINT NOT NULL,
    entered_at BIGINT NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    entry_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    round_number BIGINT,
    keeper_id BIGINT,
    CONSTRAINT pk_cash_move PRIMARY KEY (id),
    CONSTRAINT ck_cash_move_positive CHECK (amount > 0),
    CONSTRAINT ck_cash_move_kind CHECK (kind IN ('banked', 'drawn', 'bank_charge', 'bank_profit', 'running_cost', 'entry_fee', 'late_fine', 'handed_over', 'cash_short', 'cash_over')),
    CONSTRAINT ck_cash_move_way CHECK (way IN ('cash', 'transfer', 'savings')),
    CONSTRAINT ck_cash_move_state CHECK (state IN ('waiting', 'confirmed', 'declined', 'withdrawn', 'reversed')),
    CONSTRAINT fk_cash_move_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_cash_move_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_cash_move_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_cash_move_picture_id FOREIGN KEY(picture_id) REFERENCES picture (id),
    CONSTRAINT fk_cash_move_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_cash_move_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_cash_move_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_cash_move_keeper_id FOREIGN KEY(keeper_id) REFERENCES person (id)
);

CREATE INDEX ix_cash_move_entry_id ON cash_move (entry_id);

CREATE INDEX ix_cash_move_group_id_state_id ON cash_move (group_id, state, id);

CREATE UNIQUE INDEX uq_cash_move_fine ON cash_move (membership_id, round_number) WHERE round_number IS NOT NULL AND state IN ('waiting', 'confirmed');

CREATE INDEX ix_cash_move_waiting ON cash_move (group_id, id) WHERE state = 'waiting';

CREATE TABLE cash_count (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    by_books BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    head BYTEA NOT NULL,
    counted_by BIGINT NOT NULL,
    counted_at BIGINT NOT NULL,
    move_id BIGINT,
    CONSTRAINT pk_cash_count PRIMARY KEY (id),
    CONSTRAINT ck_cash_count_possible CHECK (counted >= 0),
    CONSTRAINT fk_cash_count_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_cash_count_counted_by FOREIGN KEY(counted_by) REFERENCES person (id),
    CONSTRAINT fk_cash_count_move_id FOREIGN KEY(move_id) REFERENCES cash_move (id)
);

CREATE INDEX ix_cash_count_group_id_id ON cash_count (group_id, id);

CREATE TABLE month_closing (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    last_day TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_month_closing PRIMARY KEY (id),
    CONSTRAINT ck_month_closing_state CHECK (state IN ('asked', 'closed', 'declined')),
    CONSTRAINT fk_month_closing_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_month_closing_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_month_closing_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
);

CREATE UNIQUE INDEX uq_month_closing_asked ON month_closing (group_id) WHERE state = 'asked';

CREATE TABLE closed_month (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    last_day TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    head BYTEA NOT NULL,
    balances TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    confirmed_by BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    CONSTRAINT pk_closed_month PRIMARY KEY (id),
    CONSTRAINT uq_closed_month_group_id_last_day UNIQUE (group_id, last_day),
    CONSTRAINT fk_closed_month_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_closed_month_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_closed_month_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES person (id)
);

CREATE TRIGGER closed_month_refuses_update BEFORE UPDATE ON closed_month FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER closed_month_refuses_delete BEFORE DELETE ON closed_month FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER closed_month_refuses_truncate BEFORE TRUNCATE ON closed_month FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE objection (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    about TEXT NOT NULL,
    number BIGINT NOT NULL,
    note_id BIGINT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    objected_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer_id BIGINT,
    answered_by BIGINT,
    last_id BIGINT,
    settled_by BIGINT,
    settled_at BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_objection PRIMARY KEY (id),
    CONSTRAINT ck_objection_about CHECK (about IN ('entry', 'resolution', 'round')),
    CONSTRAINT ck_objection_state CHECK (state IN ('open', 'answered', 'carried', 'settled')),
    CONSTRAINT fk_objection_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_objection_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_objection_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_objection_answer_id FOREIGN KEY(answer_id) REFERENCES note (id),
    CONSTRAINT fk_objection_answered_by FOREIGN KEY(answered_by) REFERENCES person (id),
    CONSTRAINT fk_objection_last_id FOREIGN KEY(last_id) REFERENCES note (id),
    CONSTRAINT fk_objection_settled_by FOREIGN KEY(settled_by) REFERENCES person (id)
);

CREATE INDEX ix_objection_due ON objection (due_at, id) WHERE state = 'open';

CREATE INDEX ix_objection_membership_id ON objection (membership_id);

CREATE INDEX ix_objection_unsettled ON objection (group_id, id) WHERE state IN ('open', 'answered', 'carried');

CREATE UNIQUE INDEX uq_objection_unsettled_of ON objection (membership_id, about, number) WHERE state IN ('open', 'answered', 'carried');

ALTER TABLE groups ADD COLUMN books_closed_on TEXT;

CREATE TABLE year_closing (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    year BIGINT NOT NULL,
    reserve_per_cent BIGINT NOT NULL,
    retained BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    command_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_year_closing PRIMARY KEY (id),
    CONSTRAINT ck_year_closing_state CHECK (state IN ('asked', 'closed', 'declined')),
    CONSTRAINT fk_year_closing_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_year_closing_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_year_closing_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_year_closing_command_id FOREIGN KEY(command_id) REFERENCES command (id)
);

CREATE INDEX ix_year_closing_group_id ON year_closing (group_id);

CREATE UNIQUE INDEX uq_year_closing_current ON year_closing (group_id, year) WHERE state <> 'declined';

ALTER TABLE groups ADD COLUMN first_number BIGINT DEFAULT '1' NOT NULL;

CREATE TABLE savings_agreement (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    rhythm TEXT NOT NULL,
    proposal_id BIGINT NOT NULL,
    adopted_at BIGINT NOT NULL,
    CONSTRAINT pk_savings_agreement PRIMARY KEY (id),
    CONSTRAINT uq_savings_agreement_group_id_version UNIQUE (group_id, version),
    CONSTRAINT uq_savings_agreement_proposal_id UNIQUE (proposal_id),
    CONSTRAINT ck_savings_agreement_rhythm CHECK (rhythm IN ('weekly', 'two_weekly', 'monthly')),
    CONSTRAINT fk_savings_agreement_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_savings_agreement_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
);

CREATE TRIGGER savings_agreement_refuses_update BEFORE UPDATE ON savings_agreement FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER savings_agreement_refuses_delete BEFORE DELETE ON savings_agreement FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER savings_agreement_refuses_truncate BEFORE TRUNCATE ON savings_agreement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE acceptance (
    id BIGSERIAL NOT NULL,
    membership_id BIGINT NOT NULL,
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT,
    accepted_at BIGINT,
    accepted_by BIGINT,
    CONSTRAINT pk_acceptance PRIMARY KEY (id),
    CONSTRAINT uq_acceptance_membership_id_document_version UNIQUE (membership_id, document, version),
    CONSTRAINT ck_acceptance_document CHECK (document IN ('bylaws', 'savings')),
    CONSTRAINT fk_acceptance_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_acceptance_accepted_by FOREIGN KEY(accepted_by) REFERENCES person (id)
);

CREATE INDEX ix_acceptance_due ON acceptance (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE giver (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    name TEXT,
    CONSTRAINT pk_giver PRIMARY KEY (id),
    CONSTRAINT fk_giver_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
);

CREATE INDEX ix_giver_group_id ON giver (group_id);

CREATE TABLE opening (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    cash BIGINT NOT NULL,
    bank BIGINT NOT NULL,
    aid BIGINT NOT NULL,
    giver_id BIGINT,
    entered_by BIGINT NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    due_at BIGINT,
    signed_by BIGINT,
    countersigned_by BIGINT,
    entry_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_opening PRIMARY KEY (id),
    CONSTRAINT uq_opening_group_id UNIQUE (group_id),
    CONSTRAINT ck_opening_state CHECK (state IN ('draft', 'asked', 'booked')),
    CONSTRAINT ck_opening_not_negative CHECK (cash >= 0 AND bank >= 0 AND aid >= 0),
    CONSTRAINT fk_opening_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_opening_giver_id FOREIGN KEY(giver_id) REFERENCES giver (id),
    CONSTRAINT fk_opening_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_opening_signed_by FOREIGN KEY(signed_by) REFERENCES person (id),
    CONSTRAINT fk_opening_countersigned_by FOREIGN KEY(countersigned_by) REFERENCES person (id),
    CONSTRAINT fk_opening_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_opening_due ON opening (due_at, id) WHERE due_at IS NOT NULL;

CREATE INDEX ix_opening_entry_id ON opening (entry_id);

CREATE TABLE opening_line (
    id BIGSERIAL NOT NULL,
    opening_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    savings BIGINT NOT NULL,
    claimed BIGINT,
    of_loan SMALLINT DEFAULT '0' NOT NULL,
    state TEXT DEFAULT 'entered' NOT NULL,
    entered_by BIGINT NOT NULL,
    asked_at BIGINT,
    witness_id BIGINT,
    said_by BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_opening_line PRIMARY KEY (id),
    CONSTRAINT uq_opening_line_opening_id_membership_id UNIQUE (opening_id, membership_id),
    CONSTRAINT ck_opening_line_state CHECK (state IN ('entered', 'waiting', 'disputed', 'confirmed')),
    CONSTRAINT ck_opening_line_not_negative CHECK (savings >= 0),
    CONSTRAINT fk_opening_line_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT fk_opening_line_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_opening_line_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_opening_line_witness_id FOREIGN KEY(witness_id) REFERENCES person (id),
    CONSTRAINT fk_opening_line_said_by FOREIGN KEY(said_by) REFERENCES person (id)
);

CREATE INDEX ix_opening_line_membership_id ON opening_line (membership_id);

CREATE TABLE opening_correction (
    id BIGSERIAL NOT NULL,
    opening_id BIGINT NOT NULL,
    membership_id BIGINT,
    was TEXT NOT NULL,
    wanted TEXT NOT NULL,
    note_id BIGINT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    said_by BIGINT,
    signed_by BIGINT,
    decided_by BIGINT,
    entry_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_opening_correction PRIMARY KEY (id),
    CONSTRAINT ck_opening_correction_state CHECK (state IN ('waiting', 'confirmed', 'booked', 'declined')),
    CONSTRAINT fk_opening_correction_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT fk_opening_correction_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_opening_correction_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_opening_correction_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_said_by FOREIGN KEY(said_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_signed_by FOREIGN KEY(signed_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_opening_correction_entry_id ON opening_correction (entry_id);

CREATE INDEX ix_opening_correction_membership_id ON opening_correction (membership_id);

CREATE UNIQUE INDEX uq_opening_correction_open ON opening_correction (opening_id) WHERE state IN ('waiting', 'confirmed');

CREATE TABLE nomination (
    id BIGSERIAL NOT NULL,
    proposal_id BIGINT NOT NULL,
    office TEXT NOT NULL,
    membership_id BIGINT NOT NULL,
    named_by BIGINT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_nomination PRIMARY KEY (id),
    CONSTRAINT uq_nomination_proposal_id_office_membership_id UNIQUE (proposal_id, office, membership_id),
    CONSTRAINT ck_nomination_office CHECK (office IN ('chair', 'secretary', 'treasurer', 'representative', 'second_representative')),
    CONSTRAINT ck_nomination_state CHECK (state IN ('asked', 'accepted', 'declined')),
    CONSTRAINT fk_nomination_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_nomination_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_nomination_named_by FOREIGN KEY(named_by) REFERENCES person (id)
);

CREATE TABLE sealed_ballot (
    proposal_id BIGINT NOT NULL,
    ballot BYTEA NOT NULL,
    choice BYTEA NOT NULL,
    CONSTRAINT pk_sealed_ballot PRIMARY KEY (proposal_id, ballot),
    CONSTRAINT fk_sealed_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
);

CREATE TABLE counted_ballot (
    proposal_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    choice TEXT NOT NULL,
    CONSTRAINT pk_counted_ballot PRIMARY KEY (proposal_id, number),
    CONSTRAINT fk_counted_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
);

ALTER TABLE joining ADD COLUMN asking_id BIGINT CONSTRAINT fk_joining_asking_id REFERENCES account (id);

ALTER TABLE office_term ADD COLUMN ends_on TEXT;

ALTER TABLE office_term ADD COLUMN told_on TEXT;

ALTER TABLE office_term DROP CONSTRAINT ck_office_term_office;

ALTER TABLE office_term ADD CONSTRAINT ck_office_term_office CHECK (office IN ('chair', 'secretary', 'treasurer', 'representative', 'second_representative'));

CREATE INDEX ix_office_term_told ON office_term (told_on, group_id) WHERE until IS NULL AND told_on IS NOT NULL;

ALTER TABLE outbox ADD COLUMN fleeting SMALLINT DEFAULT '0' NOT NULL;

CREATE TABLE payout (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    amount BIGINT NOT NULL,
    set_off BIGINT DEFAULT '0' NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT DEFAULT 'due' NOT NULL,
    way TEXT,
    paid_by BIGINT,
    paid_at BIGINT,
    received_by BIGINT,
    received_at BIGINT,
    entry_id BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_payout PRIMARY KEY (id),
    CONSTRAINT ck_payout_positive CHECK (amount > 0),
    CONSTRAINT ck_payout_way CHECK (way IN ('cash', 'transfer')),
    CONSTRAINT ck_payout_kind CHECK (kind IN ('surplus', 'leaving')),
    CONSTRAINT ck_payout_state CHECK (state IN ('due', 'paid', 'received', 'dropped', 'reversed')),
    CONSTRAINT fk_payout_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_payout_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_payout_paid_by FOREIGN KEY(paid_by) REFERENCES person (id),
    CONSTRAINT fk_payout_received_by FOREIGN KEY(received_by) REFERENCES person (id),
    CONSTRAINT fk_payout_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
);

CREATE INDEX ix_payout_entry_id ON payout (entry_id);

CREATE INDEX ix_payout_group_id_state_id ON payout (group_id, state, id);

CREATE INDEX ix_payout_membership_id ON payout (membership_id);

CREATE INDEX ix_payout_open ON payout (group_id, id) WHERE state IN ('due', 'paid');

CREATE TABLE death (
    id BIGSERIAL NOT NULL,
    group_id BIGINT NOT NULL,
    membership_id BIGINT NOT NULL,
    note_id BIGINT NOT NULL,
    said_by BIGINT NOT NULL,
    said_at BIGINT NOT NULL,
    state TEXT DEFAULT 'said' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    revision BIGINT DEFAULT '1' NOT NULL,
    CONSTRAINT pk_death PRIMARY KEY (id),
    CONSTRAINT ck_death_state CHECK (state IN ('said', 'confirmed', 'declined')),
    CONSTRAINT fk_death_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_death_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_death_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_death_said_by FOREIGN KEY(said_by) REFERENCES person (id),
    CONSTRAINT fk_death_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
);

CREATE INDEX ix_death_group_id_state ON death (group_id, state);

CREATE UNIQUE INDEX uq_death_standing ON death (membership_id) WHERE state IN ('said', 'confirmed');
