//! The settings: what people set for themselves, and what admins set for everybody.

mod audit;
mod company;
mod lead_statuses;
mod mine;
mod numbers;
mod positions;

pub use audit::{AuditFilter, AuditLine, AuditPage};
pub use company::CompanyPage;
pub use lead_statuses::{LeadStatusFields, LeadStatusRow, LeadStatusesPage};
pub use mine::{Device, DevicesPage, ProfilePage};
pub use numbers::{Hooks, NumberRow, NumbersPage};
pub use positions::{PositionRow, PositionsPage};
