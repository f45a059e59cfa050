//! `/clients` and what hangs below it.

mod blocking;
mod linking;
mod second_door;
mod sms_tab;
mod texting;

use crewline::domain::{ClientId, ConversationId};

/// A conversation in a record.
fn thread(client: ClientId, conversation: ConversationId) -> String {
    format!("/clients/{client}/sms/{conversation}")
}

fn tab(client: ClientId) -> String {
    format!("/clients/{client}/sms")
}
