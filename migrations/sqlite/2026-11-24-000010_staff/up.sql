-- What somebody is found by, folded; written by the program, these words only for rows that are here already.
ALTER TABLE users ADD COLUMN search_terms TEXT NOT NULL DEFAULT '';
UPDATE users SET search_terms = lower(name || ' ' || email);
CREATE INDEX users_name_idx ON users (name, id);

-- Who made the link; theirs open nothing once they are deactivated.
ALTER TABLE password_resets ADD COLUMN made_by BIGINT CONSTRAINT password_resets_made_by_fkey REFERENCES users (id);
CREATE INDEX password_resets_made_by_idx ON password_resets (made_by);
CREATE INDEX invites_invited_by_idx ON invites (invited_by);

-- What becomes of everything that a deactivated user held, and how far it got. To nobody: it is given up.
CREATE TABLE hand_overs (
    id INTEGER NOT NULL CONSTRAINT hand_overs_pkey PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL CONSTRAINT hand_overs_user_key UNIQUE CONSTRAINT hand_overs_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    to_user_id BIGINT CONSTRAINT hand_overs_to_fkey REFERENCES users (id),
    by_user_id BIGINT NOT NULL CONSTRAINT hand_overs_by_fkey REFERENCES users (id),
    conversations BIGINT NOT NULL,
    positions BIGINT NOT NULL,
    told BOOLEAN NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
