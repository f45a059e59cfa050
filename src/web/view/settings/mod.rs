//! The settings: what people set for themselves, and what admins set for everybody.

mod mine;

pub use mine::{Device, DevicesPage, ProfilePage};
