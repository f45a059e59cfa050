//! The inbox: the list, one thread, what is known of the client.

mod assigned;
mod card;
mod composer;
mod link;
mod list;
mod list_query;
mod message;
mod pages;
mod row;
mod thread;
mod timeline;

pub use assigned::{Assigned, Candidate, Chip, Unpickable};
pub use card::{Card, CardClient};
pub use composer::{Composer, ComposerState, SavedReplies, SavedReply};
pub use link::{FoundClient, LinkPage, LinkedClient};
pub use list::List;
pub use list_query::ListQuery;
pub use message::{Failure, Message};
pub use pages::{Addressee, ConversationPage, ConversationsPage, NewTextPage};
pub use row::Row;
pub use thread::{Linking, Thread};
pub use timeline::{Entry, Happening};
