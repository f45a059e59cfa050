//! Twilio's dialect, which others speak too under their own base URL (SignalWire's `/api/laml`).
//!
//! Out: [`TwilioGateway`]. In: [`is_signed`] decides whether a hook is theirs, then [`parse_inbound`] or
//! [`parse_status`] reads it. It must not know routes, the database or which account a hook should be for:
//! the parsers hand the account back and the caller compares.

mod account;
mod answers;
mod client;
mod form;
mod inbound;
mod listing;
mod number;
mod signature;
mod status;

pub use account::{InvalidTwilioAccount, TwilioAccount};
pub use client::TwilioGateway;
pub use form::BadHook;
pub use inbound::parse_inbound;
pub use signature::{SignatureHeaders, is_signed};
pub use status::parse_status;
