//! What the addresses are asked about: one of each thing, none of them the asker's.

use std::sync::atomic::{AtomicI64, Ordering};

use crewline::domain::BuiltInRole;
use serde_json::{Value, json};

use crate::support::app::{PASSWORD, TestApp};
use crate::support::company::OWNER;

pub struct Subject {
    number: i64,
    conversation: i64,
    client: i64,
    role: i64,
    phone: String,
    number_id: i64,
    /// Our phone.
    ours: String,
    owner: i64,
}

pub enum Body {
    Form(Vec<(&'static str, String)>),
    Json(Value),
    File(String),
}

impl Subject {
    pub async fn new(app: &TestApp) -> Subject {
        static NUMBERS: AtomicI64 = AtomicI64::new(0);
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let phone = format!("+1303{:07}", 5_550_000 + number);
        let owner = app.owner();
        let client = app.client(&format!("Client {number}"), &phone, &[owner]);
        let conversation = app.text_in(&phone, "Is the roof done?").await;
        app.assign(conversation, owner);
        Subject {
            number,
            conversation,
            client,
            role: app.role(&format!("Role {number}"), BuiltInRole::FieldEmployee.permissions()),
            phone,
            number_id: app.number_in("numbers", "min(id)"),
            ours: app.number(),
            owner,
        }
    }

    /// The path with ids of these things.
    pub fn fill(&self, path: &str) -> String {
        let path = path.replace("{user_id}", &self.owner.to_string());
        let id = match path.split('/').nth(1) {
            _ if path.starts_with("/settings/roles/") => self.role,
            Some("clients") => self.client,
            Some("conversations") => self.conversation,
            _ => 1,
        };
        path.replace("{conversation_id}", &self.conversation.to_string()).replace("{id}", &id.to_string())
    }

    /// What makes the Owner succeed.
    pub fn body(&self, path: &str) -> Body {
        let form = |fields: &[(&'static str, &str)]| {
            Body::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
        };
        match path {
            "/sign-in" => form(&[("email", "owner@crew.example"), ("password", PASSWORD)]),
            "/conversations" => Body::Form(vec![
                ("to", self.phone.clone()),
                ("number_id", self.number_id.to_string()),
                ("body", "Hello".to_owned()),
            ]),
            "/conversations/{id}/messages" => form(&[("body", "Hello")]),
            "/conversations/{id}/assignments" => Body::Form(vec![("user_id", self.owner.to_string())]),
            "/push/subscriptions" => {
                Body::Json(json!({ "endpoint": format!("https://fcm.googleapis.com/{}", self.number) }))
            }
            "/push/subscriptions/removal" => Body::Json(json!({ "endpoint": "https://fcm.googleapis.com/x" })),
            "/settings/profile" => form(&[("name", OWNER)]),
            "/settings/roles" => Body::Form(vec![("name", format!("Another role {}", self.number))]),
            "/settings/roles/{id}" => form(&[("see_reports", "yes"), ("confirm", "yes")]),
            "/simulator/texts" => form(&[("from", "+13035550199"), ("to", &self.ours), ("body", "Hi")]),
            _ => form(&[]),
        }
    }
}
