-- What texts and assigns by itself. One that was deleted stays, archived: the log and the bubbles name it.
CREATE TABLE automations (
    id INTEGER NOT NULL CONSTRAINT automations_pkey PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    archived_at TIMESTAMP,
    number_id BIGINT CONSTRAINT automations_number_fkey REFERENCES numbers (id),
    trigger_kind TEXT NOT NULL,
    to_status_id BIGINT CONSTRAINT automations_to_status_fkey REFERENCES lead_statuses (id),
    from_status_id BIGINT CONSTRAINT automations_from_status_fkey REFERENCES lead_statuses (id),
    wait_count BIGINT NOT NULL,
    wait_unit TEXT NOT NULL,
    before BOOLEAN NOT NULL,
    keyword TEXT NOT NULL,
    stop_on_reply BOOLEAN NOT NULL,
    -- How far the sweep for triggers of time has come.
    swept_until TIMESTAMP NOT NULL,
    swept_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX automations_trigger_idx ON automations (active, trigger_kind);

CREATE TABLE automation_conditions (
    id INTEGER NOT NULL CONSTRAINT automation_conditions_pkey PRIMARY KEY AUTOINCREMENT,
    automation_id BIGINT NOT NULL CONSTRAINT automation_conditions_automation_fkey REFERENCES automations (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    lead_status_id BIGINT CONSTRAINT automation_conditions_status_fkey REFERENCES lead_statuses (id),
    position_id BIGINT CONSTRAINT automation_conditions_position_fkey REFERENCES positions (id),
    value TEXT NOT NULL
);
CREATE INDEX automation_conditions_automation_idx ON automation_conditions (automation_id, id);

CREATE TABLE automation_steps (
    id INTEGER NOT NULL CONSTRAINT automation_steps_pkey PRIMARY KEY AUTOINCREMENT,
    automation_id BIGINT NOT NULL CONSTRAINT automation_steps_automation_fkey REFERENCES automations (id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL,
    wait_count BIGINT NOT NULL,
    wait_unit TEXT NOT NULL,
    body TEXT NOT NULL,
    push BOOLEAN NOT NULL,
    CONSTRAINT automation_steps_ordinal_key UNIQUE (automation_id, ordinal)
);

-- Whom a step assigns once its text was accepted: the holder of a position, or somebody by name.
CREATE TABLE automation_assignees (
    id INTEGER NOT NULL CONSTRAINT automation_assignees_pkey PRIMARY KEY AUTOINCREMENT,
    step_id BIGINT NOT NULL CONSTRAINT automation_assignees_step_fkey REFERENCES automation_steps (id) ON DELETE CASCADE,
    position_id BIGINT CONSTRAINT automation_assignees_position_fkey REFERENCES positions (id),
    user_id BIGINT CONSTRAINT automation_assignees_user_fkey REFERENCES users (id)
);
CREATE INDEX automation_assignees_step_idx ON automation_assignees (step_id, id);
CREATE INDEX automation_assignees_user_idx ON automation_assignees (user_id);

-- One occurrence of a trigger, once, whatever restarts or duplicate events.
CREATE TABLE automation_runs (
    id INTEGER NOT NULL CONSTRAINT automation_runs_pkey PRIMARY KEY AUTOINCREMENT,
    automation_id BIGINT NOT NULL CONSTRAINT automation_runs_automation_fkey REFERENCES automations (id),
    occurrence TEXT NOT NULL,
    client_id BIGINT CONSTRAINT automation_runs_client_fkey REFERENCES clients (id) ON DELETE SET NULL,
    conversation_id BIGINT CONSTRAINT automation_runs_conversation_fkey REFERENCES conversations (id),
    state TEXT NOT NULL,
    step BIGINT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- Its place in the row of its number, once it has one.
    slot_at TIMESTAMP,
    -- For which appointment; one that was moved meanwhile is another occurrence.
    appointment_at TIMESTAMP,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    CONSTRAINT automation_runs_occurrence_key UNIQUE (automation_id, occurrence)
);
CREATE INDEX automation_runs_automation_idx ON automation_runs (automation_id, state, id);
CREATE INDEX automation_runs_conversation_idx ON automation_runs (conversation_id, state);
CREATE INDEX automation_runs_client_idx ON automation_runs (client_id, state);

-- Append-only: every run and every skip, with its reason.
CREATE TABLE automation_log (
    id INTEGER NOT NULL CONSTRAINT automation_log_pkey PRIMARY KEY AUTOINCREMENT,
    automation_id BIGINT NOT NULL CONSTRAINT automation_log_automation_fkey REFERENCES automations (id),
    run_id BIGINT NOT NULL CONSTRAINT automation_log_run_fkey REFERENCES automation_runs (id),
    step BIGINT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT,
    detail TEXT NOT NULL,
    message_id BIGINT CONSTRAINT automation_log_message_fkey REFERENCES messages (id) ON DELETE SET NULL,
    user_id BIGINT CONSTRAINT automation_log_user_fkey REFERENCES users (id),
    at TIMESTAMP NOT NULL
);
CREATE INDEX automation_log_automation_idx ON automation_log (automation_id, id);
CREATE INDEX automation_log_event_idx ON automation_log (automation_id, event, id);
CREATE INDEX automation_log_run_idx ON automation_log (run_id, id);

-- Phones that were told once who writes and how to opt out.
CREATE TABLE introductions (
    phone TEXT NOT NULL CONSTRAINT introductions_pkey PRIMARY KEY,
    message_id BIGINT CONSTRAINT introductions_message_fkey REFERENCES messages (id) ON DELETE SET NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX introductions_message_idx ON introductions (message_id);

ALTER TABLE messages ADD COLUMN automation_run_id BIGINT CONSTRAINT messages_automation_run_fkey REFERENCES automation_runs (id);
ALTER TABLE messages ADD COLUMN automation_step BIGINT;
CREATE INDEX messages_automation_run_idx ON messages (automation_run_id);

ALTER TABLE assignments ADD COLUMN automation_id BIGINT CONSTRAINT assignments_automation_fkey REFERENCES automations (id);
ALTER TABLE timeline ADD COLUMN automation_id BIGINT CONSTRAINT timeline_automation_fkey REFERENCES automations (id);
ALTER TABLE notifications ADD COLUMN automation_id BIGINT CONSTRAINT notifications_automation_fkey REFERENCES automations (id);
-- How many more conversations one notification tells of.
ALTER TABLE notifications ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;

-- When the next automated text may leave from this number.
ALTER TABLE numbers ADD COLUMN automated_until TIMESTAMP;

-- Since when the client waits for a person of ours, and since when we wait for the client. Automated texts change neither.
ALTER TABLE conversations ADD COLUMN client_waits_since TIMESTAMP;
ALTER TABLE conversations ADD COLUMN we_wait_since TIMESTAMP;
UPDATE conversations SET client_waits_since = last_message_at WHERE last_direction = 'in' AND last_preview <> '';
UPDATE conversations SET we_wait_since = last_message_at WHERE last_direction = 'out';
CREATE INDEX conversations_client_waits_idx ON conversations (client_waits_since, id);
CREATE INDEX conversations_we_wait_idx ON conversations (we_wait_since, id);
CREATE INDEX clients_appointment_idx ON clients (appointment_at, id);
