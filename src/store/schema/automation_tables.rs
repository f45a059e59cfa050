//! What texts and assigns by itself.

use super::{clients, conversations, messages, notifications, users};

diesel::table! {
    automations (id) {
        id -> BigInt,
        name -> Text,
        active -> Bool,
        archived_at -> Nullable<Timestamp>,
        number_id -> Nullable<BigInt>,
        trigger_kind -> Text,
        to_status_id -> Nullable<BigInt>,
        from_status_id -> Nullable<BigInt>,
        wait_count -> BigInt,
        wait_unit -> Text,
        before -> Bool,
        keyword -> Text,
        stop_on_reply -> Bool,
        swept_until -> Timestamp,
        swept_id -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    automation_conditions (id) {
        id -> BigInt,
        automation_id -> BigInt,
        kind -> Text,
        lead_status_id -> Nullable<BigInt>,
        position_id -> Nullable<BigInt>,
        value -> Text,
    }
}

diesel::table! {
    automation_steps (id) {
        id -> BigInt,
        automation_id -> BigInt,
        ordinal -> BigInt,
        wait_count -> BigInt,
        wait_unit -> Text,
        body -> Text,
        push -> Bool,
    }
}

diesel::table! {
    automation_assignees (id) {
        id -> BigInt,
        step_id -> BigInt,
        position_id -> Nullable<BigInt>,
        user_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    automation_runs (id) {
        id -> BigInt,
        automation_id -> BigInt,
        occurrence -> Text,
        client_id -> Nullable<BigInt>,
        conversation_id -> Nullable<BigInt>,
        state -> Text,
        step -> BigInt,
        due_at -> Timestamp,
        slot_at -> Nullable<Timestamp>,
        appointment_at -> Nullable<Timestamp>,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    automation_log (id) {
        id -> BigInt,
        automation_id -> BigInt,
        run_id -> BigInt,
        step -> BigInt,
        event -> Text,
        reason -> Nullable<Text>,
        detail -> Text,
        message_id -> Nullable<BigInt>,
        user_id -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

diesel::table! {
    introductions (phone) {
        phone -> Text,
        message_id -> Nullable<BigInt>,
        at -> Timestamp,
    }
}

diesel::joinable!(automation_conditions -> automations (automation_id));
diesel::joinable!(automation_steps -> automations (automation_id));
diesel::joinable!(automation_assignees -> automation_steps (step_id));
diesel::joinable!(automation_runs -> automations (automation_id));
diesel::joinable!(automation_runs -> clients (client_id));
diesel::joinable!(automation_runs -> conversations (conversation_id));
diesel::joinable!(automation_log -> automations (automation_id));
diesel::joinable!(automation_log -> automation_runs (run_id));
diesel::joinable!(automation_log -> users (user_id));
diesel::joinable!(introductions -> messages (message_id));
diesel::joinable!(messages -> automation_runs (automation_run_id));
diesel::joinable!(notifications -> automations (automation_id));
