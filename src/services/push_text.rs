//! Notifications and the pushes that carry them: whom, when, and with which words.

use chrono::{Duration, NaiveDateTime};

use super::{Job, facts};
use crate::assignment_policy::{can_be_told, sees_on_dashboard};
use crate::domain::{
    ConversationId, NotificationId, NotificationKind, NotificationPrivacy, NotificationReason, OutsideAddress, UserId,
};
use crate::store::notifications::{self, NewNotification, Notification};
use crate::store::{DbConnection, Stored, Writer, assignments, company, conversations, push_subscriptions, users};

/// For so long an assignment can be undone before its push leaves.
pub const UNDO: Duration = Duration::seconds(10);

/// Stores the notification and queues a push to every device of the person, unless they were told of it already.
pub(super) fn notify(
    tx: &mut Writer<'_>,
    new: &NewNotification,
    push_at: NaiveDateTime,
    now: NaiveDateTime,
) -> Stored<()> {
    let Some(notification) = notifications::insert(tx, new, now)? else { return Ok(()) };
    push(tx, new.user_id, notification, push_at, now)
}

/// Queues a push to every device of the person.
pub(super) fn push(
    tx: &mut Writer<'_>,
    user: UserId,
    notification: NotificationId,
    push_at: NaiveDateTime,
    now: NaiveDateTime,
) -> Stored<()> {
    for device in push_subscriptions::of_user(tx, user)? {
        Job::Push { notification, subscription: device.id }.enqueue(tx, push_at, now)?;
    }
    Ok(())
}

/// What a push says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub user: UserId,
    pub kind: NotificationKind,
    pub title: String,
    pub body: String,
    pub conversation: ConversationId,
}

/// The words of a notification's push, or None where it must not be sent any more: the person was deactivated, lost sight of the
/// conversation or the assignment it tells of, the phone was blocked, or the plan has no SMS. The audience itself is not computed anew.
pub fn words(connection: &mut DbConnection, id: NotificationId) -> Stored<Option<Words>> {
    let Some(notification) = notifications::find(connection, id)? else { return Ok(None) };
    let Some(user) = users::find(connection, notification.user_id)? else { return Ok(None) };
    let Some(known) = facts::conversation(connection, notification.conversation_id)? else { return Ok(None) };
    let person = facts::staff_member(&user);
    let company = company::find(connection)?;
    let has_sms = company.as_ref().is_none_or(|company| company.plan.has_sms());
    if !has_sms || !can_be_told(&person) || !sees_on_dashboard(&person, &known.facts) {
        return Ok(None);
    }
    let title = title(connection, notification.conversation_id, &known.row.phone)?;
    let privacy = company.map_or(NotificationPrivacy::Full, |company| company.notification_privacy);
    let body = match notification.kind {
        NotificationKind::Removed => return Ok(None),
        NotificationKind::Assigned => {
            // Removed and assigned again is another assignment, with a notification of its own.
            let since = assignments::since(connection, notification.conversation_id, user.id)?;
            if since.is_none_or(|since| since > notification.created_at) {
                return Ok(None);
            }
            assigned_words(&notification)
        }
        NotificationKind::Inbound if known.facts.blocked => return Ok(None),
        NotificationKind::Inbound => inbound_words(notification.text),
    };
    let (title, body) = discreet(privacy, notification.kind, title, body);
    Ok(Some(Words { user: user.id, kind: notification.kind, title, body, conversation: notification.conversation_id }))
}

/// As much of it as the company wants to be seen on a screen that lies around.
fn discreet(privacy: NotificationPrivacy, kind: NotificationKind, title: String, body: String) -> (String, String) {
    let is_text = kind == NotificationKind::Inbound;
    match privacy {
        NotificationPrivacy::Full => (title, body),
        NotificationPrivacy::Name if is_text => (title, "Sent you a text".to_owned()),
        NotificationPrivacy::Name => (title, body),
        NotificationPrivacy::None if is_text => ("New text".to_owned(), "Open Crewline to read it".to_owned()),
        NotificationPrivacy::None => ("New assignment".to_owned(), "Open Crewline to see it".to_owned()),
    }
}

/// Whom a conversation is with, as every page and push names it.
pub fn title(connection: &mut DbConnection, id: ConversationId, phone: &str) -> Stored<String> {
    let names: Vec<String> =
        conversations::linked_clients(connection, id)?.into_iter().map(|client| client.name).collect();
    Ok(title_of(&names, phone))
}

/// The clients' names, else the phone.
pub fn title_of(clients: &[String], phone: &str) -> String {
    if clients.is_empty() { OutsideAddress::from_gateway(phone).display() } else { clients.join(", ") }
}

/// What a client wrote, or that it was no words.
pub fn inbound_words(text: Option<String>) -> String {
    text.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| "Sent a picture".to_owned())
}

/// "1 other conversation", "4 other conversations".
pub fn other_conversations(count: i64) -> String {
    if count == 1 { "1 other conversation".to_owned() } else { format!("{count} other conversations") }
}

fn assigned_words(notification: &Notification) -> String {
    if let Some(automation) = &notification.automation {
        return match notification.joined {
            0 => format!("{automation} assigned you to this conversation"),
            more => format!("{automation} assigned you to this and {}", other_conversations(more)),
        };
    }
    match &notification.actor {
        Some(actor) if notification.reason == NotificationReason::HandedOver => {
            format!("{actor} handed all conversations of a colleague over to you")
        }
        Some(actor) => format!("{actor} assigned you to this conversation"),
        None => "You were assigned to this conversation".to_owned(),
    }
}
