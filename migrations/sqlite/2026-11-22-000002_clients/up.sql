CREATE TABLE lead_statuses (
    id INTEGER NOT NULL CONSTRAINT lead_statuses_pkey PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT lead_statuses_name_key UNIQUE,
    ordinal BIGINT NOT NULL,
    colour TEXT NOT NULL,
    lost BOOLEAN NOT NULL
);

CREATE TABLE positions (
    id INTEGER NOT NULL CONSTRAINT positions_pkey PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT positions_name_key UNIQUE,
    ordinal BIGINT NOT NULL
);

CREATE TABLE clients (
    id INTEGER NOT NULL CONSTRAINT clients_pkey PRIMARY KEY AUTOINCREMENT,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    time_zone TEXT,
    lead_status_id BIGINT NOT NULL CONSTRAINT clients_lead_status_fkey REFERENCES lead_statuses (id),
    notes TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX clients_lead_status_idx ON clients (lead_status_id, id);

CREATE TABLE client_phones (
    id INTEGER NOT NULL CONSTRAINT client_phones_pkey PRIMARY KEY AUTOINCREMENT,
    client_id BIGINT NOT NULL CONSTRAINT client_phones_client_fkey REFERENCES clients (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    phone TEXT NOT NULL,
    texting BOOLEAN NOT NULL,
    CONSTRAINT client_phones_phone_key UNIQUE (client_id, phone)
);
CREATE INDEX client_phones_phone_idx ON client_phones (phone);

CREATE TABLE client_positions (
    client_id BIGINT NOT NULL CONSTRAINT client_positions_client_fkey REFERENCES clients (id) ON DELETE CASCADE,
    position_id BIGINT NOT NULL CONSTRAINT client_positions_position_fkey REFERENCES positions (id),
    user_id BIGINT NOT NULL CONSTRAINT client_positions_user_fkey REFERENCES users (id),
    CONSTRAINT client_positions_pkey PRIMARY KEY (client_id, position_id)
);
CREATE INDEX client_positions_user_idx ON client_positions (user_id, client_id);
