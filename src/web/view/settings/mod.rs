//! The settings: what people set for themselves, and what admins set for everybody.

mod foreseen;
mod mine;
mod people;
mod role_previews;
mod role_words;
mod roles;

pub use foreseen::{Change, Conversations, Foreseen, Group, Person};
pub use mine::{Browser, Device, DevicesPage, ProfilePage};
pub use people::{
    Holding, InviteRow, InvitesPage, LinkMadePage, NewInvitePage, Progress, UserPage, UserRow, UsersPage,
};
pub use role_previews::{Changed, Moved, RolePreviewPage, RoleRemovalPage};
pub use role_words::{in_short, value};
pub use roles::{Choice, Holders, RolePage, RoleRow, RolesPage};
