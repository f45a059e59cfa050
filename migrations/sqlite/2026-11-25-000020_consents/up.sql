-- What each phone agreed to and withdrew, in the order in which we learned it. Lines are added and never changed.
CREATE TABLE consents (
    id INTEGER NOT NULL CONSTRAINT consents_pkey PRIMARY KEY AUTOINCREMENT,
    phone TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    user_id BIGINT CONSTRAINT consents_user_fkey REFERENCES users (id),
    conversation_id BIGINT CONSTRAINT consents_conversation_fkey REFERENCES conversations (id) ON DELETE SET NULL,
    message_id BIGINT CONSTRAINT consents_message_fkey REFERENCES messages (id) ON DELETE SET NULL,
    note TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX consents_phone_idx ON consents (phone, id);

-- Only who opted out themselves can undo it themselves.
ALTER TABLE opt_outs ADD COLUMN source TEXT NOT NULL DEFAULT 'text';
UPDATE opt_outs SET source = 'gateway' WHERE message_id IS NULL;
INSERT INTO consents (phone, kind, source, conversation_id, message_id, note, at)
    SELECT opt_outs.phone, 'opted_out', opt_outs.source, messages.conversation_id, opt_outs.message_id, '', opt_outs.since
    FROM opt_outs LEFT JOIN messages ON messages.id = opt_outs.message_id ORDER BY opt_outs.since, opt_outs.phone;

-- What a person answered to a text that reads like a wish to stop.
CREATE TABLE flag_answers (
    message_id BIGINT NOT NULL CONSTRAINT flag_answers_pkey PRIMARY KEY CONSTRAINT flag_answers_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    answer TEXT NOT NULL,
    user_id BIGINT NOT NULL CONSTRAINT flag_answers_user_fkey REFERENCES users (id),
    at TIMESTAMP NOT NULL
);

-- A text that failed, and the one that was sent in its place: at most one each.
CREATE TABLE retries (
    message_id BIGINT NOT NULL CONSTRAINT retries_pkey PRIMARY KEY CONSTRAINT retries_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    retried_as BIGINT NOT NULL CONSTRAINT retries_retried_as_key UNIQUE CONSTRAINT retries_retried_as_fkey REFERENCES messages (id) ON DELETE CASCADE
);

-- Few texts wait at any time: those of a phone are found without reading its whole thread.
CREATE INDEX messages_waiting_idx ON messages (conversation_id) WHERE status = 'waiting';
