//! The data, on SQLite and PostgreSQL: Diesel, and only here.
//!
//! One file per noun. Reads take a connection, changes take a [`Writer`]; both come from [`Db`].
//! Must not know: policy, gateways, pages. It answers rows; who may see them is decided above.

pub mod assignments;
pub mod audit;
pub mod automation_facts;
pub mod automation_log;
pub mod automation_runs;
pub mod automations;
pub mod client_activity;
pub mod client_conversations;
pub mod client_export;
pub mod client_finder;
pub mod client_intake;
pub mod client_list;
pub mod client_phones;
pub mod client_positions;
pub mod clients;
pub mod company;
mod connection;
pub mod conversation_facts;
pub mod conversation_list;
pub mod conversations;
mod db;
pub mod delivery_events;
mod dialect;
mod error;
pub mod gateways;
pub mod hand_overs;
pub mod held_positions;
pub mod import_keys;
pub mod import_rows;
pub mod imports;
pub mod introductions;
pub mod invites;
pub mod jobs;
pub mod lead_statuses;
pub mod merge_facts;
pub mod message_templates;
pub mod messages;
pub mod migrations;
pub mod notifications;
pub mod opt_outs;
pub mod password_resets;
pub mod positions;
pub mod push_subscriptions;
pub mod roles;
mod schema;
pub mod sessions;
pub mod sign_in_failures;
pub mod staff_list;
mod text_columns;
pub mod thread;
pub mod timeline;
pub mod unreads;
pub mod users;

pub use connection::{ConnectError, DatabaseUrl, DbConnection, InvalidDatabaseUrl};
pub use db::{AfterCommit, Db, Effects, Writer};
pub use error::{StoreError, Unique};

/// What every function here answers.
pub type Stored<T> = Result<T, StoreError>;
