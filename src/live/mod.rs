//! Live pages: tells open tabs that something changed, and never what.
//!
//! Every visible tab holds one `EventStream`; `Hub::publish` is called after a commit and posts
//! to the streams of those who may know. A tab that cannot keep up gets one `resync` in place
//! of all it missed. The page then asks for a fragment, where permissions are checked again.
//!
//! Must not know: HTTP, the database, who may see what (the topic names the people).

mod event;
mod hub;
mod mailbox;
mod stream;

pub use crate::domain::Topic;
pub use event::{Event, EventName};
pub use hub::Hub;
pub use stream::EventStream;
