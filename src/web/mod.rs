//! Pages and addresses: extract, one service call or one read, answer.
//!
//! `routes` is the map of the site. Extractors load and authorise; what one may not see is 404.
//! Must not know: Diesel, the policy's rules, gateways' dialects beyond handing them on.

mod assets;
mod automations;
mod client_address;
mod clients;
mod consent;
mod conversations;
mod csrf;
mod current_user;
mod error;
mod events;
mod format;
mod forms;
mod headers;
mod health;
mod hooks;
mod htmx;
mod in_turn;
mod link_token;
mod links;
mod live_since;
mod local_time;
mod notifications;
mod page;
mod push;
mod query;
mod routes;
mod said;
mod saved_replies;
mod session_store;
mod sessions;
mod settings;
mod setup;
mod simulator;
mod site;
mod view;

pub use assets::Assets;
pub use client_address::TrustedProxies;
pub use headers::PublicOrigin;
pub use push::PushDesk;
pub use routes::{Middlewares, serve};
pub use site::{Clock, SetupToken, Site, TwilioHook};
