//! Client records.

mod form;
mod head;
mod imports;
mod list;
mod list_query;
mod show;
mod sms;
mod texting;

pub use form::{ClientForm, ClientFormPage, Edited, PhoneField, PositionChoice, Resembling};
pub use head::{RecordHead, RecordTab};
pub use imports::{ImportHead, ImportLine, ImportPage, ImportsPage, MappedColumn, MappingPage, PreviewRow};
pub use list::{ClientRow, ClientsPage};
pub use list_query::ClientsQuery;
pub use show::{Happened, Phone, RecordConversation, RecordPage};
pub use sms::{RecordThreadPage, RecordThreads, RecordThreadsPage, ThreadList, ThreadRow};
pub use texting::{TextForm, Texting};
