//! Client records.

mod head;
mod imports;
mod show;

pub use head::{RecordHead, RecordTab};
pub use imports::{ImportHead, ImportLine, ImportPage, ImportsPage, MappedColumn, MappingPage, PreviewRow};
pub use show::RecordPage;
