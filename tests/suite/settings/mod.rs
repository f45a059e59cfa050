//! `/settings` and what hangs below it.

mod role_previews;
mod role_removal;
mod roles;
