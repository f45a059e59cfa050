//! Client records.

mod head;
mod show;
mod sms;
mod texting;

pub use head::{RecordHead, RecordTab};
pub use show::RecordPage;
pub use sms::{RecordThreadPage, RecordThreads, RecordThreadsPage, ThreadList, ThreadRow};
pub use texting::{TextForm, Texting};
