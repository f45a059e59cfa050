-- Texts that people wrote to be sent later. A job brings each to its time; what became of it stands here.
CREATE TABLE scheduled_texts (
    id INTEGER NOT NULL CONSTRAINT scheduled_texts_pkey PRIMARY KEY AUTOINCREMENT,
    conversation_id BIGINT NOT NULL CONSTRAINT scheduled_texts_conversation_fkey REFERENCES conversations (id) ON DELETE CASCADE,
    author_user_id BIGINT NOT NULL CONSTRAINT scheduled_texts_author_fkey REFERENCES users (id),
    body TEXT NOT NULL,
    send_at TIMESTAMP NOT NULL,
    cancel_if_reply BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    message_id BIGINT CONSTRAINT scheduled_texts_message_fkey REFERENCES messages (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX scheduled_texts_thread_idx ON scheduled_texts (conversation_id, state, send_at, id);
CREATE INDEX scheduled_texts_list_idx ON scheduled_texts (state, send_at, id);
CREATE INDEX scheduled_texts_author_idx ON scheduled_texts (author_user_id, state, send_at, id);
CREATE INDEX scheduled_texts_message_idx ON scheduled_texts (message_id);
