CREATE TABLE company (
    id BIGINT NOT NULL CONSTRAINT company_pkey PRIMARY KEY CONSTRAINT company_is_one CHECK (id = 1),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    plan TEXT NOT NULL,
    notification_privacy TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE roles (
    id INTEGER NOT NULL CONSTRAINT roles_pkey PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT roles_name_key UNIQUE,
    built_in TEXT CONSTRAINT roles_built_in_key UNIQUE,
    sms_dashboard TEXT NOT NULL CONSTRAINT roles_sms_dashboard_check CHECK (sms_dashboard IN ('all', 'assigned', 'none')),
    sms_access TEXT NOT NULL CONSTRAINT roles_sms_access_check CHECK (sms_access IN ('none', 'read', 'create', 'delete')),
    client_scope TEXT NOT NULL CONSTRAINT roles_client_scope_check CHECK (client_scope IN ('all', 'assigned', 'none')),
    client_access TEXT NOT NULL CONSTRAINT roles_client_access_check CHECK (client_access IN ('none', 'read', 'edit', 'create', 'delete')),
    may_assign BOOLEAN NOT NULL,
    manage_automations BOOLEAN NOT NULL,
    manage_users BOOLEAN NOT NULL,
    manage_company BOOLEAN NOT NULL,
    see_reports BOOLEAN NOT NULL,
    see_audit BOOLEAN NOT NULL
);

CREATE TABLE users (
    id INTEGER NOT NULL CONSTRAINT users_pkey PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL CONSTRAINT users_email_key UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role_id BIGINT NOT NULL CONSTRAINT users_role_fkey REFERENCES roles (id),
    active BOOLEAN NOT NULL,
    conversation_view TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX users_role_idx ON users (role_id);

CREATE TABLE sessions (
    id INTEGER NOT NULL CONSTRAINT sessions_pkey PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT NOT NULL CONSTRAINT sessions_token_hash_key UNIQUE,
    user_id BIGINT NOT NULL CONSTRAINT sessions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_user_idx ON sessions (user_id);

CREATE TABLE sign_in_failures (
    id INTEGER NOT NULL CONSTRAINT sign_in_failures_pkey PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_failures_account_idx ON sign_in_failures (account, failed_at);
CREATE INDEX sign_in_failures_address_idx ON sign_in_failures (address, failed_at);

CREATE TABLE audit_log (
    id INTEGER NOT NULL CONSTRAINT audit_log_pkey PRIMARY KEY AUTOINCREMENT,
    at TIMESTAMP NOT NULL,
    actor_user_id BIGINT CONSTRAINT audit_log_actor_fkey REFERENCES users (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX audit_log_at_idx ON audit_log (at, id);
