-- What texts call a position by; it stays when the position is renamed. Empty: made from the name when it is needed.
ALTER TABLE positions ADD COLUMN merge_name TEXT NOT NULL DEFAULT '';

-- Replies that are written once and used often.
CREATE TABLE message_templates (
    id INTEGER NOT NULL CONSTRAINT message_templates_pkey PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT message_templates_name_key UNIQUE,
    body TEXT NOT NULL,
    created_by BIGINT CONSTRAINT message_templates_created_by_fkey REFERENCES users (id),
    updated_by BIGINT CONSTRAINT message_templates_updated_by_fkey REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
