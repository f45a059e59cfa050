//! `/conversations` and what hangs below it.

mod assignments;
mod closure;
mod list;
mod messages;
mod new_text;
mod new_text_to_client;
mod opting_out;
mod plan;
mod templates;
mod thread;

use crewline::domain::ConversationId;

use crate::support::app::Answered;

fn address(id: ConversationId) -> String {
    format!("/conversations/{id}")
}

/// The conversations of a list, in its order.
fn rows(page: &Answered) -> Vec<ConversationId> {
    let links = page.attributes("[aria-label=Conversations] li a[href]", "href");
    links.iter().filter_map(|link| link.strip_prefix("/conversations/")?.parse().ok()).collect()
}
