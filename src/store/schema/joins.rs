//! Which tables belong together.

use super::*;

diesel::joinable!(users -> roles (role_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(audit_log -> users (actor_user_id));
diesel::joinable!(clients -> lead_statuses (lead_status_id));
diesel::joinable!(client_phones -> clients (client_id));
diesel::joinable!(client_activity -> clients (client_id));
diesel::joinable!(client_activity -> users (actor_user_id));
diesel::joinable!(invites -> roles (role_id));
diesel::joinable!(password_resets -> users (user_id));
diesel::joinable!(client_positions -> clients (client_id));
diesel::joinable!(client_positions -> positions (position_id));
diesel::joinable!(client_positions -> users (user_id));
diesel::joinable!(numbers -> gateways (gateway_id));
diesel::joinable!(conversations -> numbers (number_id));
diesel::joinable!(conversation_clients -> conversations (conversation_id));
diesel::joinable!(conversation_clients -> clients (client_id));
diesel::joinable!(messages -> conversations (conversation_id));
diesel::joinable!(messages -> users (sender_user_id));
diesel::joinable!(messages -> gateways (gateway_id));
diesel::joinable!(message_media -> messages (message_id));
diesel::joinable!(delivery_events -> gateways (gateway_id));
diesel::joinable!(delivery_events -> messages (message_id));
diesel::joinable!(assignments -> conversations (conversation_id));
diesel::joinable!(timeline -> conversations (conversation_id));
diesel::joinable!(unreads -> conversations (conversation_id));
diesel::joinable!(unreads -> users (user_id));
diesel::joinable!(unreads -> messages (first_message_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(flag_answers -> users (user_id));
diesel::joinable!(opt_outs -> messages (message_id));
diesel::joinable!(notifications -> conversations (conversation_id));
diesel::joinable!(notifications -> messages (message_id));
diesel::joinable!(push_subscriptions -> users (user_id));
diesel::joinable!(push_subscriptions -> sessions (session_id));

diesel::allow_tables_to_appear_in_same_query!(
    assignments,
    audit_log,
    automation_assignees,
    automation_conditions,
    automation_log,
    automation_runs,
    automation_steps,
    automations,
    client_activity,
    client_phones,
    client_positions,
    clients,
    company,
    consents,
    conversation_clients,
    conversations,
    delivery_events,
    flag_answers,
    gateways,
    hand_overs,
    introductions,
    invites,
    jobs,
    lead_statuses,
    message_media,
    message_templates,
    messages,
    notifications,
    numbers,
    opt_outs,
    password_resets,
    positions,
    push_subscriptions,
    retries,
    roles,
    scheduled_texts,
    sessions,
    sign_in_failures,
    timeline,
    unreads,
    users,
);
