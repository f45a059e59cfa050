//! Saved replies.

diesel::table! {
    message_templates (id) {
        id -> BigInt,
        name -> Text,
        body -> Text,
        created_by -> Nullable<BigInt>,
        updated_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}
