CREATE TABLE gateways (
    id INTEGER NOT NULL CONSTRAINT gateways_pkey PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CONSTRAINT gateways_kind_key UNIQUE,
    active BOOLEAN NOT NULL
);

CREATE TABLE numbers (
    id INTEGER NOT NULL CONSTRAINT numbers_pkey PRIMARY KEY AUTOINCREMENT,
    gateway_id BIGINT NOT NULL CONSTRAINT numbers_gateway_fkey REFERENCES gateways (id),
    phone TEXT NOT NULL CONSTRAINT numbers_phone_key UNIQUE,
    label TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    caught_up_until TIMESTAMP NOT NULL
);
CREATE INDEX numbers_gateway_idx ON numbers (gateway_id);

-- Carries what the list shows, so that one index range is one page of it.
CREATE TABLE conversations (
    id INTEGER NOT NULL CONSTRAINT conversations_pkey PRIMARY KEY AUTOINCREMENT,
    number_id BIGINT NOT NULL CONSTRAINT conversations_number_fkey REFERENCES numbers (id),
    phone TEXT NOT NULL,
    search_terms TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    unassigned BOOLEAN NOT NULL,
    attention BOOLEAN NOT NULL,
    blocked BOOLEAN NOT NULL,
    last_message_at TIMESTAMP NOT NULL,
    last_preview TEXT NOT NULL,
    last_direction TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT conversations_phone_key UNIQUE (number_id, phone)
);
CREATE INDEX conversations_recent_idx ON conversations (last_message_at, id);
CREATE INDEX conversations_closed_idx ON conversations (closed, last_message_at, id);
CREATE INDEX conversations_unassigned_idx ON conversations (unassigned, last_message_at, id);
CREATE INDEX conversations_attention_idx ON conversations (attention, last_message_at, id);
CREATE INDEX conversations_by_phone_idx ON conversations (phone);

CREATE TABLE conversation_clients (
    conversation_id BIGINT NOT NULL CONSTRAINT conversation_clients_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    client_id BIGINT NOT NULL CONSTRAINT conversation_clients_client_fkey REFERENCES clients (id) ON DELETE CASCADE,
    CONSTRAINT conversation_clients_pkey PRIMARY KEY (conversation_id, client_id)
);
CREATE INDEX conversation_clients_client_idx ON conversation_clients (client_id, conversation_id);

CREATE TABLE messages (
    id INTEGER NOT NULL CONSTRAINT messages_pkey PRIMARY KEY AUTOINCREMENT,
    conversation_id BIGINT NOT NULL CONSTRAINT messages_conversation_fkey REFERENCES conversations (id),
    direction TEXT NOT NULL CONSTRAINT messages_direction_check CHECK (direction IN ('in', 'out')),
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    error_code TEXT,
    sender_user_id BIGINT CONSTRAINT messages_sender_fkey REFERENCES users (id),
    gateway_id BIGINT NOT NULL CONSTRAINT messages_gateway_fkey REFERENCES gateways (id),
    provider_message_id TEXT,
    flagged BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT messages_provider_message_key UNIQUE (gateway_id, provider_message_id)
);
CREATE INDEX messages_conversation_idx ON messages (conversation_id, id);

CREATE TABLE message_media (
    id INTEGER NOT NULL CONSTRAINT message_media_pkey PRIMARY KEY AUTOINCREMENT,
    message_id BIGINT NOT NULL CONSTRAINT message_media_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL
);
CREATE INDEX message_media_message_idx ON message_media (message_id, id);

-- Reports may come before we know the message: then message_id is empty until we do.
CREATE TABLE delivery_events (
    id INTEGER NOT NULL CONSTRAINT delivery_events_pkey PRIMARY KEY AUTOINCREMENT,
    gateway_id BIGINT NOT NULL CONSTRAINT delivery_events_gateway_fkey REFERENCES gateways (id),
    provider_message_id TEXT NOT NULL,
    message_id BIGINT CONSTRAINT delivery_events_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    error_code TEXT,
    received_at TIMESTAMP NOT NULL
);
CREATE INDEX delivery_events_provider_idx ON delivery_events (gateway_id, provider_message_id);
CREATE INDEX delivery_events_message_idx ON delivery_events (message_id, id);

-- Carries the conversation's last activity, so that "Assigned" is one index range per user.
CREATE TABLE assignments (
    conversation_id BIGINT NOT NULL CONSTRAINT assignments_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL CONSTRAINT assignments_user_fkey REFERENCES users (id),
    reason TEXT NOT NULL,
    assigned_by BIGINT CONSTRAINT assignments_assigned_by_fkey REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    last_message_at TIMESTAMP NOT NULL,
    CONSTRAINT assignments_pkey PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX assignments_inbox_idx ON assignments (user_id, last_message_at, conversation_id);

CREATE TABLE timeline (
    id INTEGER NOT NULL CONSTRAINT timeline_pkey PRIMARY KEY AUTOINCREMENT,
    conversation_id BIGINT NOT NULL CONSTRAINT timeline_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    actor_user_id BIGINT CONSTRAINT timeline_actor_fkey REFERENCES users (id),
    subject_user_id BIGINT CONSTRAINT timeline_subject_fkey REFERENCES users (id),
    reason TEXT,
    at TIMESTAMP NOT NULL
);
CREATE INDEX timeline_conversation_idx ON timeline (conversation_id, at, id);

-- A row is an unread conversation of one user; reading it deletes the row.
CREATE TABLE unreads (
    conversation_id BIGINT NOT NULL CONSTRAINT unreads_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL CONSTRAINT unreads_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    first_message_id BIGINT NOT NULL CONSTRAINT unreads_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    last_message_at TIMESTAMP NOT NULL,
    CONSTRAINT unreads_pkey PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX unreads_inbox_idx ON unreads (user_id, last_message_at, conversation_id);

CREATE TABLE opt_outs (
    phone TEXT NOT NULL CONSTRAINT opt_outs_pkey PRIMARY KEY,
    message_id BIGINT CONSTRAINT opt_outs_message_fkey REFERENCES messages (id) ON DELETE SET NULL,
    since TIMESTAMP NOT NULL
);
