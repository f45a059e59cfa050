//! The tables, once for both databases. Written after `migrations/`; the parity test holds the two together.

mod automation_tables;
mod consent_tables;
mod import_tables;
mod joins;
mod scheduled_tables;
mod template_tables;

pub use automation_tables::*;
pub use consent_tables::*;
pub use import_tables::*;
pub use scheduled_tables::*;
pub use template_tables::*;

diesel::table! {
    company (id) {
        id -> BigInt,
        name -> Text,
        time_zone -> Text,
        plan -> Text,
        notification_privacy -> Text,
        created_at -> Timestamp,
        sms_off_since -> Nullable<Timestamp>,
        quiet_from -> BigInt,
        quiet_to -> BigInt,
        quiet_sunday_from -> BigInt,
        quiet_sunday_to -> BigInt,
    }
}

diesel::table! {
    roles (id) {
        id -> BigInt,
        name -> Text,
        built_in -> Nullable<Text>,
        sms_dashboard -> Text,
        sms_access -> Text,
        client_scope -> Text,
        client_access -> Text,
        may_assign -> Bool,
        manage_automations -> Bool,
        manage_users -> Bool,
        manage_company -> Bool,
        see_reports -> Bool,
        see_audit -> Bool,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        role_id -> BigInt,
        active -> Bool,
        conversation_view -> Text,
        created_at -> Timestamp,
        search_terms -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        user_id -> BigInt,
        state -> Text,
        user_agent -> Text,
        address -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sign_in_failures (id) {
        id -> BigInt,
        account -> Text,
        address -> Text,
        failed_at -> Timestamp,
    }
}

diesel::table! {
    audit_log (id) {
        id -> BigInt,
        at -> Timestamp,
        actor_user_id -> Nullable<BigInt>,
        action -> Text,
        subject -> Text,
        detail -> Text,
        address -> Text,
    }
}

diesel::table! {
    invites (id) {
        id -> BigInt,
        token_hash -> Text,
        email -> Text,
        name -> Text,
        role_id -> BigInt,
        invited_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    password_resets (user_id) {
        user_id -> BigInt,
        token_hash -> Text,
        expires_at -> Timestamp,
        made_by -> Nullable<BigInt>,
    }
}

diesel::table! {
    hand_overs (id) {
        id -> BigInt,
        user_id -> BigInt,
        to_user_id -> Nullable<BigInt>,
        by_user_id -> BigInt,
        conversations -> BigInt,
        positions -> BigInt,
        told -> Bool,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    lead_statuses (id) {
        id -> BigInt,
        name -> Text,
        ordinal -> BigInt,
        colour -> Text,
        lost -> Bool,
    }
}

diesel::table! {
    positions (id) {
        id -> BigInt,
        name -> Text,
        ordinal -> BigInt,
        merge_name -> Text,
    }
}

diesel::table! {
    clients (id) {
        id -> BigInt,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        address -> Text,
        time_zone -> Nullable<Text>,
        lead_status_id -> BigInt,
        notes -> Text,
        created_at -> Timestamp,
        company -> Text,
        lead_source -> Text,
        appointment_at -> Nullable<Timestamp>,
        search_terms -> Text,
        opted_out -> Bool,
    }
}

diesel::table! {
    client_activity (id) {
        id -> BigInt,
        client_id -> BigInt,
        kind -> Text,
        actor_user_id -> Nullable<BigInt>,
        detail -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    client_phones (id) {
        id -> BigInt,
        client_id -> BigInt,
        kind -> Text,
        phone -> Text,
        texting -> Bool,
    }
}

diesel::table! {
    client_positions (client_id, position_id) {
        client_id -> BigInt,
        position_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    gateways (id) {
        id -> BigInt,
        kind -> Text,
        active -> Bool,
    }
}

diesel::table! {
    numbers (id) {
        id -> BigInt,
        gateway_id -> BigInt,
        phone -> Text,
        label -> Text,
        active -> Bool,
        caught_up_until -> Timestamp,
        automated_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    conversations (id) {
        id -> BigInt,
        number_id -> BigInt,
        phone -> Text,
        search_terms -> Text,
        closed -> Bool,
        unassigned -> Bool,
        attention -> Bool,
        blocked -> Bool,
        last_message_at -> Timestamp,
        last_preview -> Text,
        last_direction -> Text,
        created_at -> Timestamp,
        client_waits_since -> Nullable<Timestamp>,
        we_wait_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    conversation_clients (conversation_id, client_id) {
        conversation_id -> BigInt,
        client_id -> BigInt,
    }
}

diesel::table! {
    messages (id) {
        id -> BigInt,
        conversation_id -> BigInt,
        direction -> Text,
        body -> Text,
        status -> Text,
        error_code -> Nullable<Text>,
        sender_user_id -> Nullable<BigInt>,
        gateway_id -> BigInt,
        provider_message_id -> Nullable<Text>,
        flagged -> Bool,
        created_at -> Timestamp,
        automation_run_id -> Nullable<BigInt>,
        automation_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    message_media (id) {
        id -> BigInt,
        message_id -> BigInt,
        url -> Text,
        content_type -> Text,
    }
}

diesel::table! {
    delivery_events (id) {
        id -> BigInt,
        gateway_id -> BigInt,
        provider_message_id -> Text,
        message_id -> Nullable<BigInt>,
        status -> Text,
        error_code -> Nullable<Text>,
        received_at -> Timestamp,
    }
}

diesel::table! {
    assignments (conversation_id, user_id) {
        conversation_id -> BigInt,
        user_id -> BigInt,
        reason -> Text,
        assigned_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        last_message_at -> Timestamp,
        automation_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    timeline (id) {
        id -> BigInt,
        conversation_id -> BigInt,
        kind -> Text,
        actor_user_id -> Nullable<BigInt>,
        subject_user_id -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        at -> Timestamp,
        automation_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    unreads (conversation_id, user_id) {
        conversation_id -> BigInt,
        user_id -> BigInt,
        first_message_id -> BigInt,
        last_message_at -> Timestamp,
    }
}

diesel::table! {
    notifications (id) {
        id -> BigInt,
        user_id -> BigInt,
        kind -> Text,
        reason -> Text,
        conversation_id -> BigInt,
        message_id -> Nullable<BigInt>,
        actor_user_id -> Nullable<BigInt>,
        seen -> Bool,
        created_at -> Timestamp,
        automation_id -> Nullable<BigInt>,
        joined -> BigInt,
    }
}

diesel::table! {
    push_subscriptions (id) {
        id -> BigInt,
        user_id -> BigInt,
        session_id -> BigInt,
        endpoint -> Text,
        p256dh -> Text,
        auth -> Text,
        user_agent -> Text,
        created_at -> Timestamp,
        last_success_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        last_error_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        dedupe_key -> Nullable<Text>,
        run_at -> Timestamp,
        attempts -> BigInt,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        dead -> Bool,
        created_at -> Timestamp,
    }
}
