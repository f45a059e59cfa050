//! Client records.

mod head;
mod show;

pub use head::{RecordHead, RecordTab};
pub use show::RecordPage;
