//! People at real browsers, from signing in to the end of what they came for.

mod answering;
mod automations;
mod keyboard;
mod later;
mod live;
mod person;
mod plan;
mod record;
mod ringing;
mod roles;
mod templates;
