//! The long-form documentation, as rustdoc, so that its links are checked.

#[doc = include_str!("ARCHITECTURE.md")]
pub mod architecture {}

#[doc = include_str!("CHANGELOG.md")]
pub mod changelog {}
