ALTER TABLE clients ADD COLUMN company TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN lead_source TEXT NOT NULL DEFAULT '';
ALTER TABLE clients ADD COLUMN appointment_at TIMESTAMP;
-- What a record is found by, folded; written by the program, these words only for rows that are here already.
ALTER TABLE clients ADD COLUMN search_terms TEXT NOT NULL DEFAULT '';
UPDATE clients SET search_terms = lower(first_name || ' ' || last_name || ' ' || email || ' ' || address);

-- What happened to a record: who changed what, in words.
CREATE TABLE client_activity (
    id INTEGER NOT NULL CONSTRAINT client_activity_pkey PRIMARY KEY AUTOINCREMENT,
    client_id BIGINT NOT NULL CONSTRAINT client_activity_client_fkey REFERENCES clients (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    actor_user_id BIGINT CONSTRAINT client_activity_actor_fkey REFERENCES users (id),
    detail TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX client_activity_client_idx ON client_activity (client_id, id);

CREATE VIRTUAL TABLE client_search USING fts5 (
    search_terms, content = 'clients', content_rowid = 'id', tokenize = 'unicode61', prefix = '2 3 4'
);
INSERT INTO client_search (rowid, search_terms) SELECT id, search_terms FROM clients;
CREATE TRIGGER client_search_insert AFTER INSERT ON clients BEGIN
    INSERT INTO client_search (rowid, search_terms) VALUES (new.id, new.search_terms);
END;
CREATE TRIGGER client_search_update AFTER UPDATE OF search_terms ON clients BEGIN
    INSERT INTO client_search (client_search, rowid, search_terms) VALUES ('delete', old.id, old.search_terms);
    INSERT INTO client_search (rowid, search_terms) VALUES (new.id, new.search_terms);
END;
CREATE TRIGGER client_search_delete AFTER DELETE ON clients BEGIN
    INSERT INTO client_search (client_search, rowid, search_terms) VALUES ('delete', old.id, old.search_terms);
END;
