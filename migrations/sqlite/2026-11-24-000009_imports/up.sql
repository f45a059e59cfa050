-- Files of clients that people bring, and how far each has come.
CREATE TABLE imports (
    id INTEGER NOT NULL CONSTRAINT imports_pkey PRIMARY KEY AUTOINCREMENT,
    file_name TEXT NOT NULL,
    header TEXT NOT NULL,
    mapping TEXT NOT NULL,
    state TEXT NOT NULL,
    reached BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    processed BIGINT NOT NULL,
    adds BIGINT NOT NULL,
    updates BIGINT NOT NULL,
    skips BIGINT NOT NULL,
    bads BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    created_by BIGINT NOT NULL CONSTRAINT imports_created_by_fkey REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    -- Who pressed the last button, and from where: what runs in the background is written to their account.
    acting_user_id BIGINT NOT NULL CONSTRAINT imports_acting_user_fkey REFERENCES users (id),
    acting_address TEXT NOT NULL,
    run_at TIMESTAMP,
    finished_at TIMESTAMP
);

CREATE TABLE import_rows (
    id INTEGER NOT NULL CONSTRAINT import_rows_pkey PRIMARY KEY AUTOINCREMENT,
    import_id BIGINT NOT NULL CONSTRAINT import_rows_import_fkey REFERENCES imports (id) ON DELETE CASCADE,
    line BIGINT NOT NULL,
    cells TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    client_id BIGINT CONSTRAINT import_rows_client_fkey REFERENCES clients (id) ON DELETE SET NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE UNIQUE INDEX import_rows_line_idx ON import_rows (import_id, line);
CREATE INDEX import_rows_outcome_idx ON import_rows (import_id, outcome, line);
CREATE INDEX import_rows_client_idx ON import_rows (client_id);

-- Phones and e-mail addresses of the rows that were checked so far: who stands in a file twice.
CREATE TABLE import_keys (
    import_id BIGINT NOT NULL CONSTRAINT import_keys_import_fkey REFERENCES imports (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    line BIGINT NOT NULL,
    CONSTRAINT import_keys_pkey PRIMARY KEY (import_id, key)
);

-- Who has this e-mail address already; ASCII folds alike on both databases.
CREATE INDEX clients_email_idx ON clients (lower(email), id);
