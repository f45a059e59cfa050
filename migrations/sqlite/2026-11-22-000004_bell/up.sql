CREATE TABLE notifications (
    id INTEGER NOT NULL CONSTRAINT notifications_pkey PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL CONSTRAINT notifications_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    conversation_id BIGINT NOT NULL CONSTRAINT notifications_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    message_id BIGINT CONSTRAINT notifications_message_fkey REFERENCES messages (id) ON DELETE CASCADE,
    actor_user_id BIGINT CONSTRAINT notifications_actor_fkey REFERENCES users (id),
    seen BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT notifications_message_key UNIQUE (user_id, message_id)
);
CREATE INDEX notifications_user_idx ON notifications (user_id, id);
CREATE INDEX notifications_unseen_idx ON notifications (user_id, seen, id);
CREATE INDEX notifications_conversation_idx ON notifications (conversation_id, user_id, seen);

-- Rows go with the session they were made in: a signed-out browser never rings.
CREATE TABLE push_subscriptions (
    id INTEGER NOT NULL CONSTRAINT push_subscriptions_pkey PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL CONSTRAINT push_subscriptions_user_fkey REFERENCES users (id) ON DELETE CASCADE,
    session_id BIGINT NOT NULL CONSTRAINT push_subscriptions_session_fkey REFERENCES sessions (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL CONSTRAINT push_subscriptions_endpoint_key UNIQUE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_success_at TIMESTAMP,
    last_error TEXT,
    last_error_at TIMESTAMP
);
CREATE INDEX push_subscriptions_user_idx ON push_subscriptions (user_id, id);
CREATE INDEX push_subscriptions_session_idx ON push_subscriptions (session_id);
