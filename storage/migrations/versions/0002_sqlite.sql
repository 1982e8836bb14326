CREATE TABLE proposal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    note_id INTEGER NOT NULL,
    ballots TEXT NOT NULL,
    matter TEXT,
    concerns INTEGER,
    bylaws INTEGER NOT NULL,
    call INTEGER NOT NULL,
    follows INTEGER,
    proposed_by INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    closed_at INTEGER,
    CONSTRAINT uq_proposal_follows UNIQUE (follows),
    CONSTRAINT ck_proposal_kind CHECK (kind IN ('resolution', 'meetings', 'name', 'bylaws', 'loan_terms', 'savings', 'loan', 'loan_order', 'write_off', 'rescheduling', 'expulsion', 'waiver', 'election', 'office', 'surplus', 'bank_consent', 'bank_shares')),
    CONSTRAINT ck_proposal_ballots CHECK (ballots IN ('open', 'secret', 'names')),
    CONSTRAINT ck_proposal_state CHECK (state IN ('open', 'accepted', 'rejected', 'no_quorum', 'withdrawn', 'undecided', 'ended')),
    CONSTRAINT fk_proposal_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_proposal_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_proposal_concerns FOREIGN KEY(concerns) REFERENCES membership (id),
    CONSTRAINT fk_proposal_follows FOREIGN KEY(follows) REFERENCES proposal (id),
    CONSTRAINT fk_proposal_proposed_by FOREIGN KEY(proposed_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_proposal_due ON proposal (due_at, id) WHERE state = 'open';

CREATE INDEX ix_proposal_group_id_state_id ON proposal (group_id, state, id);

CREATE TABLE ballot (
    proposal_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    vote TEXT,
    cast_at INTEGER,
    entered_by INTEGER,
    CONSTRAINT pk_ballot PRIMARY KEY (proposal_id, membership_id),
    CONSTRAINT ck_ballot_vote CHECK (vote IN ('yes', 'no', 'abstain')),
    CONSTRAINT fk_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_ballot_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_ballot_entered_by FOREIGN KEY(entered_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_ballot_membership_id ON ballot (membership_id);

CREATE INDEX ix_account_membership_id ON account (membership_id);

CREATE INDEX ix_talk_enter_papers ON talk (id) WHERE name = 'enter_papers';

CREATE TABLE resolution (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    proposal_id INTEGER NOT NULL,
    note_hash BLOB NOT NULL,
    matter_hash BLOB,
    electors INTEGER NOT NULL,
    yes INTEGER NOT NULL,
    no INTEGER NOT NULL,
    abstained INTEGER NOT NULL,
    resolved_at INTEGER NOT NULL,
    CONSTRAINT uq_resolution_group_id_number UNIQUE (group_id, number),
    CONSTRAINT uq_resolution_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_resolution_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_resolution_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
) STRICT;

CREATE TRIGGER resolution_refuses_update BEFORE UPDATE ON resolution
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: resolution is never changed');
END;

CREATE TRIGGER resolution_refuses_delete BEFORE DELETE ON resolution
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: resolution is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER resolution_refuses_replace BEFORE INSERT ON resolution
WHEN EXISTS (SELECT 1 FROM resolution WHERE id = NEW.id
    OR (group_id = NEW.group_id AND number = NEW.number)
    OR proposal_id = NEW.proposal_id)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: resolution is never replaced');
END;

CREATE TABLE bylaws (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    rules TEXT NOT NULL,
    proposal_id INTEGER NOT NULL,
    adopted_at INTEGER NOT NULL,
    CONSTRAINT uq_bylaws_group_id_version UNIQUE (group_id, version),
    CONSTRAINT uq_bylaws_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_bylaws_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_bylaws_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
) STRICT;

CREATE TRIGGER bylaws_refuses_update BEFORE UPDATE ON bylaws
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: bylaws is never changed');
END;

CREATE TRIGGER bylaws_refuses_delete BEFORE DELETE ON bylaws
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: bylaws is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER bylaws_refuses_replace BEFORE INSERT ON bylaws
WHEN EXISTS (SELECT 1 FROM bylaws WHERE id = NEW.id
    OR (group_id = NEW.group_id AND version = NEW.version)
    OR proposal_id = NEW.proposal_id)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: bylaws is never replaced');
END;

CREATE TABLE loan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    proposal_id INTEGER,
    note_id INTEGER,
    principal INTEGER NOT NULL,
    method TEXT NOT NULL,
    rate TEXT NOT NULL,
    months INTEGER NOT NULL,
    rounding INTEGER NOT NULL,
    bylaws INTEGER DEFAULT '0' NOT NULL,
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    decided_at INTEGER,
    place INTEGER,
    paid_by INTEGER,
    paid_at INTEGER,
    way TEXT,
    first_due TEXT,
    received_by INTEGER,
    received_at INTEGER,
    entry_id INTEGER,
    due_at INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    loss_entry_id INTEGER,
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
) STRICT;

CREATE INDEX ix_loan_due ON loan (due_at, id) WHERE due_at IS NOT NULL;

CREATE INDEX ix_loan_entry_id ON loan (entry_id);

CREATE INDEX ix_loan_group_id_state_place ON loan (group_id, state, place);

CREATE INDEX ix_loan_membership_id_id ON loan (membership_id, id);

CREATE UNIQUE INDEX uq_loan_before_receipt ON loan (membership_id) WHERE state IN ('asked', 'voting', 'approved', 'paid_out');

-- SQLite changes no check of a table that is there: it is made anew, with the same rows.
CREATE TABLE deposit_anew (
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
    loan_id INTEGER,
    keeper_id INTEGER,
    CONSTRAINT ck_deposit_positive CHECK (amount > 0),
    CONSTRAINT ck_deposit_way CHECK (way IN ('cash', 'transfer', 'savings')),
    CONSTRAINT ck_deposit_state CHECK (state IN ('waiting', 'offered', 'confirmed', 'refused', 'withdrawn', 'reversed')),
    CONSTRAINT fk_deposit_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_deposit_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_deposit_picture_id FOREIGN KEY(picture_id) REFERENCES picture (id),
    CONSTRAINT fk_deposit_reported_by FOREIGN KEY(reported_by) REFERENCES person (id),
    CONSTRAINT fk_deposit_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_deposit_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_deposit_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_deposit_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id),
    CONSTRAINT fk_deposit_keeper_id FOREIGN KEY(keeper_id) REFERENCES person (id)
) STRICT;

INSERT INTO deposit_anew SELECT *, NULL, NULL FROM deposit;

DROP TABLE deposit;

ALTER TABLE deposit_anew RENAME TO deposit;

CREATE INDEX ix_deposit_entry_id ON deposit (entry_id);

CREATE INDEX ix_deposit_group_id_entry_id ON deposit (group_id, entry_id);

CREATE INDEX ix_deposit_open ON deposit (group_id, id) WHERE state IN ('waiting', 'offered');

CREATE INDEX ix_deposit_open_of_member ON deposit (membership_id, id) WHERE state IN ('waiting', 'offered');

CREATE INDEX ix_deposit_of_loan ON deposit (loan_id, value_on, id) WHERE loan_id IS NOT NULL;

CREATE TABLE board_answer (
    loan_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    agreed INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    CONSTRAINT pk_board_answer PRIMARY KEY (loan_id, person_id),
    CONSTRAINT fk_board_answer_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id),
    CONSTRAINT fk_board_answer_person_id FOREIGN KEY(person_id) REFERENCES person (id)
) STRICT;

CREATE TABLE loan_change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    loan_id INTEGER NOT NULL,
    proposal_id INTEGER NOT NULL,
    changed_on TEXT NOT NULL,
    deposit_id INTEGER,
    CONSTRAINT uq_loan_change_proposal_id UNIQUE (proposal_id),
    CONSTRAINT fk_loan_change_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id),
    CONSTRAINT fk_loan_change_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_loan_change_deposit_id FOREIGN KEY(deposit_id) REFERENCES deposit (id)
) STRICT;

CREATE INDEX ix_loan_change_loan_id_id ON loan_change (loan_id, id);

CREATE TRIGGER loan_change_refuses_update BEFORE UPDATE ON loan_change
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: loan_change is never changed');
END;

CREATE TRIGGER loan_change_refuses_delete BEFORE DELETE ON loan_change
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: loan_change is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER loan_change_refuses_replace BEFORE INSERT ON loan_change
WHEN EXISTS (SELECT 1 FROM loan_change WHERE id = NEW.id
    OR proposal_id = NEW.proposal_id)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: loan_change is never replaced');
END;

CREATE TABLE cash_move (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    way TEXT,
    membership_id INTEGER,
    note_id INTEGER,
    picture_id INTEGER,
    entered_by INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    entry_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    round_number INTEGER,
    keeper_id INTEGER,
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
) STRICT;

CREATE INDEX ix_cash_move_entry_id ON cash_move (entry_id);

CREATE INDEX ix_cash_move_group_id_state_id ON cash_move (group_id, state, id);

CREATE UNIQUE INDEX uq_cash_move_fine ON cash_move (membership_id, round_number) WHERE round_number IS NOT NULL AND state IN ('waiting', 'confirmed');

CREATE INDEX ix_cash_move_waiting ON cash_move (group_id, id) WHERE state = 'waiting';

CREATE TABLE cash_count (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    by_books INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    head BLOB NOT NULL,
    counted_by INTEGER NOT NULL,
    counted_at INTEGER NOT NULL,
    move_id INTEGER,
    CONSTRAINT ck_cash_count_possible CHECK (counted >= 0),
    CONSTRAINT fk_cash_count_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_cash_count_counted_by FOREIGN KEY(counted_by) REFERENCES person (id),
    CONSTRAINT fk_cash_count_move_id FOREIGN KEY(move_id) REFERENCES cash_move (id)
) STRICT;

CREATE INDEX ix_cash_count_group_id_id ON cash_count (group_id, id);

CREATE TABLE month_closing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    last_day TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_month_closing_state CHECK (state IN ('asked', 'closed', 'declined')),
    CONSTRAINT fk_month_closing_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_month_closing_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_month_closing_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
) STRICT;

CREATE UNIQUE INDEX uq_month_closing_asked ON month_closing (group_id) WHERE state = 'asked';

CREATE TABLE closed_month (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    last_day TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    head BLOB NOT NULL,
    balances TEXT NOT NULL,
    asked_by INTEGER NOT NULL,
    confirmed_by INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    CONSTRAINT uq_closed_month_group_id_last_day UNIQUE (group_id, last_day),
    CONSTRAINT fk_closed_month_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_closed_month_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_closed_month_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES person (id)
) STRICT;

CREATE TRIGGER closed_month_refuses_update BEFORE UPDATE ON closed_month
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: closed_month is never changed');
END;

CREATE TRIGGER closed_month_refuses_delete BEFORE DELETE ON closed_month
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: closed_month is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER closed_month_refuses_replace BEFORE INSERT ON closed_month
WHEN EXISTS (SELECT 1 FROM closed_month WHERE id = NEW.id
    OR (group_id = NEW.group_id AND last_day = NEW.last_day))
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: closed_month is never replaced');
END;

CREATE TABLE objection (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    about TEXT NOT NULL,
    number INTEGER NOT NULL,
    note_id INTEGER NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    objected_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    answer_id INTEGER,
    answered_by INTEGER,
    last_id INTEGER,
    settled_by INTEGER,
    settled_at INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_objection_about CHECK (about IN ('entry', 'resolution', 'round')),
    CONSTRAINT ck_objection_state CHECK (state IN ('open', 'answered', 'carried', 'settled')),
    CONSTRAINT fk_objection_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_objection_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_objection_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_objection_answer_id FOREIGN KEY(answer_id) REFERENCES note (id),
    CONSTRAINT fk_objection_answered_by FOREIGN KEY(answered_by) REFERENCES person (id),
    CONSTRAINT fk_objection_last_id FOREIGN KEY(last_id) REFERENCES note (id),
    CONSTRAINT fk_objection_settled_by FOREIGN KEY(settled_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_objection_due ON objection (due_at, id) WHERE state = 'open';

CREATE INDEX ix_objection_membership_id ON objection (membership_id);

CREATE INDEX ix_objection_unsettled ON objection (group_id, id) WHERE state IN ('open', 'answered', 'carried');

CREATE UNIQUE INDEX uq_objection_unsettled_of ON objection (membership_id, about, number) WHERE state IN ('open', 'answered', 'carried');

ALTER TABLE groups ADD COLUMN books_closed_on TEXT;

CREATE TABLE year_closing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    reserve_per_cent INTEGER NOT NULL,
    retained INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    command_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_year_closing_state CHECK (state IN ('asked', 'closed', 'declined')),
    CONSTRAINT fk_year_closing_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_year_closing_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_year_closing_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_year_closing_command_id FOREIGN KEY(command_id) REFERENCES command (id)
) STRICT;

CREATE INDEX ix_year_closing_group_id ON year_closing (group_id);

CREATE UNIQUE INDEX uq_year_closing_current ON year_closing (group_id, year) WHERE state <> 'declined';

ALTER TABLE groups ADD COLUMN first_number INTEGER DEFAULT '1' NOT NULL;

CREATE TABLE savings_agreement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    rhythm TEXT NOT NULL,
    proposal_id INTEGER NOT NULL,
    adopted_at INTEGER NOT NULL,
    CONSTRAINT uq_savings_agreement_group_id_version UNIQUE (group_id, version),
    CONSTRAINT uq_savings_agreement_proposal_id UNIQUE (proposal_id),
    CONSTRAINT ck_savings_agreement_rhythm CHECK (rhythm IN ('weekly', 'two_weekly', 'monthly')),
    CONSTRAINT fk_savings_agreement_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_savings_agreement_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
) STRICT;

CREATE TRIGGER savings_agreement_refuses_update BEFORE UPDATE ON savings_agreement
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: savings_agreement is never changed');
END;

CREATE TRIGGER savings_agreement_refuses_delete BEFORE DELETE ON savings_agreement
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: savings_agreement is never deleted');
END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER savings_agreement_refuses_replace BEFORE INSERT ON savings_agreement
WHEN EXISTS (SELECT 1 FROM savings_agreement WHERE id = NEW.id
    OR (group_id = NEW.group_id AND version = NEW.version)
    OR proposal_id = NEW.proposal_id)
BEGIN
    SELECT RAISE(ABORT, 'the books only grow: savings_agreement is never replaced');
END;

CREATE TABLE acceptance (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    membership_id INTEGER NOT NULL,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at INTEGER,
    accepted_at INTEGER,
    accepted_by INTEGER,
    CONSTRAINT uq_acceptance_membership_id_document_version UNIQUE (membership_id, document, version),
    CONSTRAINT ck_acceptance_document CHECK (document IN ('bylaws', 'savings')),
    CONSTRAINT fk_acceptance_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_acceptance_accepted_by FOREIGN KEY(accepted_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_acceptance_due ON acceptance (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE giver (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    name TEXT,
    CONSTRAINT fk_giver_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
) STRICT;

CREATE INDEX ix_giver_group_id ON giver (group_id);

CREATE TABLE opening (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    cash INTEGER NOT NULL,
    bank INTEGER NOT NULL,
    aid INTEGER NOT NULL,
    giver_id INTEGER,
    entered_by INTEGER NOT NULL,
    state TEXT DEFAULT 'draft' NOT NULL,
    due_at INTEGER,
    signed_by INTEGER,
    countersigned_by INTEGER,
    entry_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT uq_opening_group_id UNIQUE (group_id),
    CONSTRAINT ck_opening_state CHECK (state IN ('draft', 'asked', 'booked')),
    CONSTRAINT ck_opening_not_negative CHECK (cash >= 0 AND bank >= 0 AND aid >= 0),
    CONSTRAINT fk_opening_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_opening_giver_id FOREIGN KEY(giver_id) REFERENCES giver (id),
    CONSTRAINT fk_opening_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_opening_signed_by FOREIGN KEY(signed_by) REFERENCES person (id),
    CONSTRAINT fk_opening_countersigned_by FOREIGN KEY(countersigned_by) REFERENCES person (id),
    CONSTRAINT fk_opening_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
) STRICT;

CREATE INDEX ix_opening_due ON opening (due_at, id) WHERE due_at IS NOT NULL;

CREATE INDEX ix_opening_entry_id ON opening (entry_id);

CREATE TABLE opening_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    opening_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    savings INTEGER NOT NULL,
    claimed INTEGER,
    of_loan INTEGER DEFAULT '0' NOT NULL,
    state TEXT DEFAULT 'entered' NOT NULL,
    entered_by INTEGER NOT NULL,
    asked_at INTEGER,
    witness_id INTEGER,
    said_by INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT uq_opening_line_opening_id_membership_id UNIQUE (opening_id, membership_id),
    CONSTRAINT ck_opening_line_state CHECK (state IN ('entered', 'waiting', 'disputed', 'confirmed')),
    CONSTRAINT ck_opening_line_not_negative CHECK (savings >= 0),
    CONSTRAINT fk_opening_line_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT fk_opening_line_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_opening_line_entered_by FOREIGN KEY(entered_by) REFERENCES person (id),
    CONSTRAINT fk_opening_line_witness_id FOREIGN KEY(witness_id) REFERENCES person (id),
    CONSTRAINT fk_opening_line_said_by FOREIGN KEY(said_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_opening_line_membership_id ON opening_line (membership_id);

CREATE TABLE opening_correction (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    opening_id INTEGER NOT NULL,
    membership_id INTEGER,
    was TEXT NOT NULL,
    wanted TEXT NOT NULL,
    note_id INTEGER NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    said_by INTEGER,
    signed_by INTEGER,
    decided_by INTEGER,
    entry_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_opening_correction_state CHECK (state IN ('waiting', 'confirmed', 'booked', 'declined')),
    CONSTRAINT fk_opening_correction_opening_id FOREIGN KEY(opening_id) REFERENCES opening (id),
    CONSTRAINT fk_opening_correction_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_opening_correction_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_opening_correction_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_said_by FOREIGN KEY(said_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_signed_by FOREIGN KEY(signed_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_decided_by FOREIGN KEY(decided_by) REFERENCES person (id),
    CONSTRAINT fk_opening_correction_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
) STRICT;

CREATE INDEX ix_opening_correction_entry_id ON opening_correction (entry_id);

CREATE INDEX ix_opening_correction_membership_id ON opening_correction (membership_id);

CREATE UNIQUE INDEX uq_opening_correction_open ON opening_correction (opening_id) WHERE state IN ('waiting', 'confirmed');

CREATE TABLE nomination (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    proposal_id INTEGER NOT NULL,
    office TEXT NOT NULL,
    membership_id INTEGER NOT NULL,
    named_by INTEGER NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT uq_nomination_proposal_id_office_membership_id UNIQUE (proposal_id, office, membership_id),
    CONSTRAINT ck_nomination_office CHECK (office IN ('chair', 'secretary', 'treasurer', 'representative', 'second_representative')),
    CONSTRAINT ck_nomination_state CHECK (state IN ('asked', 'accepted', 'declined')),
    CONSTRAINT fk_nomination_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id),
    CONSTRAINT fk_nomination_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_nomination_named_by FOREIGN KEY(named_by) REFERENCES person (id)
) STRICT;

CREATE TABLE sealed_ballot (
    proposal_id INTEGER NOT NULL,
    ballot BLOB NOT NULL,
    choice BLOB NOT NULL,
    CONSTRAINT pk_sealed_ballot PRIMARY KEY (proposal_id, ballot),
    CONSTRAINT fk_sealed_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
) STRICT;

CREATE TABLE counted_ballot (
    proposal_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    choice TEXT NOT NULL,
    CONSTRAINT pk_counted_ballot PRIMARY KEY (proposal_id, number),
    CONSTRAINT fk_counted_ballot_proposal_id FOREIGN KEY(proposal_id) REFERENCES proposal (id)
) STRICT;

ALTER TABLE joining ADD COLUMN asking_id INTEGER REFERENCES account (id);

CREATE TABLE office_term_anew (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    office TEXT NOT NULL,
    membership_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    command_id INTEGER,
    ends_on TEXT,
    told_on TEXT,
    CONSTRAINT ck_office_term_office CHECK (office IN ('chair', 'secretary', 'treasurer', 'representative', 'second_representative')),
    CONSTRAINT fk_office_term_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_office_term_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_office_term_command_id FOREIGN KEY(command_id) REFERENCES command (id)
) STRICT;

INSERT INTO office_term_anew (id, group_id, office, membership_id, since, until, command_id)
SELECT id, group_id, office, membership_id, since, until, command_id FROM office_term;

DROP TABLE office_term;

ALTER TABLE office_term_anew RENAME TO office_term;

CREATE INDEX ix_office_term_membership_id ON office_term (membership_id);

CREATE UNIQUE INDEX uq_office_term_current ON office_term (group_id, office) WHERE until IS NULL;

CREATE INDEX ix_office_term_told ON office_term (told_on, group_id) WHERE until IS NULL AND told_on IS NOT NULL;

ALTER TABLE outbox ADD COLUMN fleeting INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE payout (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    set_off INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT DEFAULT 'due' NOT NULL,
    way TEXT,
    paid_by INTEGER,
    paid_at INTEGER,
    received_by INTEGER,
    received_at INTEGER,
    entry_id INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_payout_positive CHECK (amount > 0),
    CONSTRAINT ck_payout_way CHECK (way IN ('cash', 'transfer')),
    CONSTRAINT ck_payout_kind CHECK (kind IN ('surplus', 'leaving')),
    CONSTRAINT ck_payout_state CHECK (state IN ('due', 'paid', 'received', 'dropped', 'reversed')),
    CONSTRAINT fk_payout_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_payout_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_payout_paid_by FOREIGN KEY(paid_by) REFERENCES person (id),
    CONSTRAINT fk_payout_received_by FOREIGN KEY(received_by) REFERENCES person (id),
    CONSTRAINT fk_payout_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
) STRICT;

CREATE INDEX ix_payout_entry_id ON payout (entry_id);

CREATE INDEX ix_payout_group_id_state_id ON payout (group_id, state, id);

CREATE INDEX ix_payout_membership_id ON payout (membership_id);

CREATE INDEX ix_payout_open ON payout (group_id, id) WHERE state IN ('due', 'paid');

CREATE TABLE death (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL,
    membership_id INTEGER NOT NULL,
    note_id INTEGER NOT NULL,
    said_by INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    state TEXT DEFAULT 'said' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER,
    revision INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_death_state CHECK (state IN ('said', 'confirmed', 'declined')),
    CONSTRAINT fk_death_group_id FOREIGN KEY(group_id) REFERENCES groups (id),
    CONSTRAINT fk_death_membership_id FOREIGN KEY(membership_id) REFERENCES membership (id),
    CONSTRAINT fk_death_note_id FOREIGN KEY(note_id) REFERENCES note (id),
    CONSTRAINT fk_death_said_by FOREIGN KEY(said_by) REFERENCES person (id),
    CONSTRAINT fk_death_decided_by FOREIGN KEY(decided_by) REFERENCES person (id)
) STRICT;

CREATE INDEX ix_death_group_id_state ON death (group_id, state);

CREATE UNIQUE INDEX uq_death_standing ON death (membership_id) WHERE state IN ('said', 'confirmed');
