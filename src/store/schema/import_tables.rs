//! Files of clients.

use super::users;

diesel::table! {
    imports (id) {
        id -> BigInt,
        file_name -> Text,
        header -> Text,
        mapping -> Text,
        state -> Text,
        reached -> BigInt,
        row_count -> BigInt,
        processed -> BigInt,
        adds -> BigInt,
        updates -> BigInt,
        skips -> BigInt,
        bads -> BigInt,
        undone -> BigInt,
        kept -> BigInt,
        created_by -> BigInt,
        created_at -> Timestamp,
        acting_user_id -> BigInt,
        acting_address -> Text,
        run_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        rows_dropped_at -> Nullable<Timestamp>,
        restored -> BigInt,
    }
}

diesel::table! {
    import_rows (id) {
        id -> BigInt,
        import_id -> BigInt,
        line -> BigInt,
        cells -> Text,
        outcome -> Text,
        reason -> Text,
        client_id -> Nullable<BigInt>,
        before -> Text,
        after -> Text,
    }
}

diesel::table! {
    import_keys (import_id, key) {
        import_id -> BigInt,
        key -> Text,
        line -> BigInt,
    }
}

diesel::joinable!(import_rows -> imports (import_id));
diesel::joinable!(imports -> users (created_by));
diesel::allow_tables_to_appear_in_same_query!(import_keys, import_rows, imports, users);
