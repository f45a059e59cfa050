//! The settings: what people set for themselves, and what admins set for everybody.

mod mine;
mod people;

pub use mine::{Browser, Device, DevicesPage, ProfilePage};
pub use people::{
    Holding, InviteRow, InvitesPage, LinkMadePage, NewInvitePage, Progress, UserPage, UserRow, UsersPage,
};
