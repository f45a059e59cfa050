//! The use cases, one verb per file. One call is one write transaction.
//!
//! Each decides with `assignment_policy`, changes through `store`, and leaves effects only as jobs and announcements.
//! Must not know: HTTP, pages, the network, the clock.

mod accept_invite;
mod add_user;
mod administering;
mod answer_flag;
mod assign;
mod block_phone;
mod bring_conversations;
mod by;
mod change_password;
mod change_user;
mod client_changes;
mod client_details;
mod close;
pub mod consent;
mod create_client;
mod create_role;
mod delete_client;
pub mod demo;
mod end_session;
mod error;
pub mod facts;
mod found_company;
pub mod hand_over;
pub mod imports;
mod invite;
mod job;
mod label_number;
pub mod lead_statuses;
mod link_client;
mod list_entry;
mod locked;
mod mark_read;
mod note_consent;
pub mod outgoing;
pub mod passwords;
mod phones;
pub mod positions;
pub mod preview_change;
pub mod push_text;
mod receive_text;
mod record_delivery;
mod register_gateways;
mod remove_role;
mod rename;
mod reset_password;
mod retry_text;
mod role_rules;
mod send_text;
mod set_up;
mod sign_in;
mod start_conversation;
mod subscribe_device;
mod unassign;
mod update_client;
mod update_company;
mod update_role;

pub use accept_invite::{NewStaff, accept_invite, open_invite};
pub use add_user::{NewPerson, add_user};
pub use administering::administrable;
pub use answer_flag::answer_flag;
pub use assign::assign;
pub use block_phone::{block_phone, unblock_phone};
pub use by::By;
pub use change_password::change_password;
pub use change_user::{Change, ProposedUser, change_user, propose_user};
pub use client_details::ClientDetails;
pub use close::{close, reopen};
pub use create_client::create_client;
pub use create_role::{NewRole, create_role};
pub use delete_client::delete_client;
pub use end_session::{end_other_sessions, end_session};
pub use error::Error;
pub use invite::{Invited, invite, renew_invite, withdraw_invite};
pub use job::Job;
pub use label_number::label_number;
pub use link_client::{link_client, unlink_client};
pub use locked::why_locked;
pub use mark_read::mark_read;
pub use note_consent::{
    ConsentDeed, LONGEST_CONSENT_NOTE, may_undo_opt_out, note_consent_of_client, note_consent_of_conversation,
};
pub use preview_change::{preview_change, preview_user};
pub use receive_text::{Received, receive_text};
pub use record_delivery::record_delivery;
pub use register_gateways::register_gateway;
pub use remove_role::{check_removal, remove_role};
pub use rename::rename;
pub use reset_password::{make_reset_link, open_reset, reset_password};
pub use retry_text::retry_text;
pub use role_rules::LONGEST_ROLE_NAME;
pub use send_text::{open_for, send_text};
pub use set_up::{found_if_none, set_up};
pub use sign_in::{MayTry, may_try, note_failure, note_success, sign_out};
pub use start_conversation::{NewText, start_conversation, text_client};
pub use subscribe_device::{remove_device, subscribe_device, test_device};
pub use unassign::unassign;
pub use update_client::{change_client, details_of, update_client};
pub use update_company::{CompanyChange, update_company};
pub use update_role::{Proposed, RoleChange, propose_role, update_role, version_of};

/// What every use case answers.
pub type Done<T> = Result<T, Error>;
