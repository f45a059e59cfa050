//! Client records.

mod form;
mod head;
mod list;
mod list_query;
mod show;

pub use form::{ClientForm, ClientFormPage, Edited, PhoneField, PositionChoice, Resembling};
pub use head::{RecordHead, RecordTab};
pub use list::{ClientRow, ClientsPage};
pub use list_query::ClientsQuery;
pub use show::{Happened, Phone, RecordConversation, RecordPage};
