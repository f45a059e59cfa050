//! The settings: what people set for themselves, and what admins set for everybody.

mod audit;
mod company;
mod foreseen;
mod lead_statuses;
mod mine;
mod numbers;
mod people;
mod positions;
mod role_previews;
mod role_words;
mod roles;
mod templates;

pub use audit::{AuditFilter, AuditLine, AuditPage};
pub use company::CompanyPage;
pub use foreseen::{Change, Conversations, Foreseen, Group, Person};
pub use lead_statuses::{LeadStatusFields, LeadStatusRow, LeadStatusesPage};
pub use mine::{Browser, Device, DevicesPage, ProfilePage};
pub use numbers::{Hooks, NumberRow, NumbersPage};
pub use people::{
    Holding, InviteRow, InvitesPage, LinkMadePage, NewInvitePage, Progress, UserPage, UserPreviewPage, UserRow,
    UsersPage,
};
pub use positions::{PositionRow, PositionsPage};
pub use role_previews::{Changed, Moved, RolePreviewPage, RoleRemovalPage};
pub use role_words::{in_short, value};
pub use roles::{Choice, Holders, RolePage, RoleRow, RolesPage};
pub use templates::{Preview, TemplatePage, TemplateRow, TemplatesPage};
