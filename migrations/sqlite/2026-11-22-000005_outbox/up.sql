CREATE TABLE jobs (
    id INTEGER NOT NULL CONSTRAINT jobs_pkey PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    dedupe_key TEXT CONSTRAINT jobs_dedupe_key UNIQUE,
    run_at TIMESTAMP NOT NULL,
    attempts BIGINT NOT NULL,
    leased_until TIMESTAMP,
    last_error TEXT,
    dead BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX jobs_due_idx ON jobs (dead, run_at, id);
