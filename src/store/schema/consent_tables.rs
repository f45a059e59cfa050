//! Who may be texted, and what people made of texts that did not go well.

diesel::table! {
    consents (id) {
        id -> BigInt,
        phone -> Text,
        kind -> Text,
        source -> Text,
        user_id -> Nullable<BigInt>,
        conversation_id -> Nullable<BigInt>,
        message_id -> Nullable<BigInt>,
        note -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    opt_outs (phone) {
        phone -> Text,
        message_id -> Nullable<BigInt>,
        since -> Timestamp,
        source -> Text,
    }
}

diesel::table! {
    flag_answers (message_id) {
        message_id -> BigInt,
        answer -> Text,
        user_id -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    retries (message_id) {
        message_id -> BigInt,
        retried_as -> BigInt,
    }
}
