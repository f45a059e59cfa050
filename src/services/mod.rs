//! The use cases, one verb per file. One call is one write transaction.
//!
//! Each decides with `assignment_policy`, changes through `store`, and leaves effects only as jobs and announcements.
//! Must not know: HTTP, pages, the network, the clock.

mod add_user;
mod assign;
mod by;
mod client_details;
mod close;
mod create_client;
mod delete_client;
pub mod demo;
mod error;
pub mod facts;
mod failure_words;
mod found_company;
pub mod imports;
mod job;
mod mark_read;
pub mod outgoing;
pub mod passwords;
mod phones;
pub mod push_text;
mod receive_text;
mod record_delivery;
mod register_gateways;
mod send_text;
mod set_up;
mod sign_in;
mod start_conversation;
mod subscribe_device;
mod unassign;
mod update_client;
mod update_user;

pub use add_user::{NewPerson, add_user};
pub use assign::assign;
pub use by::By;
pub use client_details::ClientDetails;
pub use close::{close, reopen};
pub use create_client::create_client;
pub use delete_client::delete_client;
pub use error::Error;
pub use failure_words::failure_words;
pub use job::Job;
pub use mark_read::mark_read;
pub use receive_text::{Received, receive_text};
pub use record_delivery::record_delivery;
pub use register_gateways::register_gateway;
pub use send_text::{open_for, send_text, why_locked};
pub use set_up::{found_if_none, set_up};
pub use sign_in::{MayTry, may_try, note_failure, note_success};
pub use start_conversation::{NewText, start_conversation};
pub use subscribe_device::{remove_device, subscribe_device, test_device};
pub use unassign::unassign;
pub use update_client::{details_of, update_client};
pub use update_user::{rename, set_active};

/// What every use case answers.
pub type Done<T> = Result<T, Error>;
