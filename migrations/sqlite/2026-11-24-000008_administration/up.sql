-- Somebody who was asked to join; a user only once they have chosen a password.
CREATE TABLE invites (
    id INTEGER NOT NULL CONSTRAINT invites_pkey PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL CONSTRAINT invites_token_hash_key UNIQUE,
    email TEXT NOT NULL CONSTRAINT invites_email_key UNIQUE,
    name TEXT NOT NULL,
    role_id BIGINT NOT NULL CONSTRAINT invites_role_fkey REFERENCES roles (id),
    invited_by BIGINT CONSTRAINT invites_invited_by_fkey REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX invites_role_idx ON invites (role_id);

-- At most one for each user: a new one ends the old one.
CREATE TABLE password_resets (
    user_id BIGINT NOT NULL CONSTRAINT password_resets_pkey PRIMARY KEY CONSTRAINT password_resets_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL CONSTRAINT password_resets_token_hash_key UNIQUE,
    expires_at TIMESTAMP NOT NULL
);

-- Since when texts only wait, on a plan without SMS.
ALTER TABLE company ADD COLUMN sms_off_since TIMESTAMP;

CREATE INDEX audit_log_actor_idx ON audit_log (actor_user_id, id);
CREATE INDEX audit_log_action_idx ON audit_log (action, id);
