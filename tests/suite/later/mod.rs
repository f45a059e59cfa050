//! Texts that are sent later, and the hours in which one is warned before one texts.

mod due;
mod list;
mod quiet;
mod replies;
mod scheduling;
mod threads;

use crewline::domain::{ConversationId, ScheduledTextId};

use crate::support::app::{Actor, Answered, Backend, Plan, TestApp};
use crate::support::rows;

/// A Tuesday, 11:00 on the company's clock in Denver.
const TUESDAY: &str = "2026-11-24T18:00:00";

fn on_tuesday(backend: Backend) -> Plan {
    TestApp::planned(backend).at(TUESDAY)
}

fn address(id: ConversationId) -> String {
    format!("/conversations/{id}")
}

/// "See you soon", at this time on the client's clock.
async fn schedule(actor: &Actor, id: ConversationId, at: &str) -> Answered {
    actor.post_form(&format!("{}/scheduled", address(id)), &[("body", "See you soon"), ("send_at", at)]).await
}

/// The same, not sent if they reply before.
async fn schedule_unless_they_reply(actor: &Actor, id: ConversationId, at: &str) -> Answered {
    let fields = [("body", "Any questions?"), ("send_at", at), ("cancel_if_reply", "yes")];
    actor.post_form(&format!("{}/scheduled", address(id)), &fields).await
}

fn newest(app: &TestApp) -> ScheduledTextId {
    app.number_in("scheduled_texts", "max(id)")
}

/// Where one of them is cancelled or sent.
fn of(id: ConversationId, scheduled: ScheduledTextId, verb: &str) -> String {
    format!("{}/scheduled/{scheduled}/{verb}", address(id))
}

fn in_state(app: &TestApp, state: &str) -> i64 {
    app.count(&format!("scheduled_texts where state = '{state}'"))
}

fn sent(app: &TestApp) -> i64 {
    app.count("messages where direction = 'out'")
}

/// What waits below a thread, as a person reads it.
fn waiting(page: &Answered) -> Vec<String> {
    page.texts("article[data-scheduled-id]")
}

fn put(app: &TestApp, sql: &str) {
    app.write(|tx| Ok(rows::run(tx, sql)?));
}
