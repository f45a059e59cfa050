//! Texts that are sent later.

diesel::table! {
    scheduled_texts (id) {
        id -> BigInt,
        conversation_id -> BigInt,
        author_user_id -> BigInt,
        body -> Text,
        send_at -> Timestamp,
        cancel_if_reply -> Bool,
        state -> Text,
        reason -> Nullable<Text>,
        message_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}
