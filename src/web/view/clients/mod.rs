//! Client records.

mod head;
mod list;
mod list_query;
mod show;

pub use head::{RecordHead, RecordTab};
pub use list::{ClientRow, ClientsPage};
pub use list_query::ClientsQuery;
pub use show::RecordPage;
