//! What the addresses are asked about: one of each thing, none of them the asker's.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::Duration;
use crewline::domain::{BuiltInRole, SmsText, Trigger};
use crewline::services::{self, outgoing};
use crewline::store::scheduled_texts::{self, NewScheduledText};
use crewline::store::{lead_statuses, message_templates, positions, users};
use serde_json::{Value, json};

use crate::support::app::{PASSWORD, TestApp};
use crate::support::company::OWNER;
use crate::{automations, imports};

pub struct Subject {
    number: i64,
    conversation: i64,
    /// A text of it that the address is about.
    message: i64,
    /// A text of the Owner's that waits there.
    scheduled: i64,
    client: i64,
    role: i64,
    position: i64,
    lead_status: i64,
    import: i64,
    template: i64,
    automation: i64,
    phone: String,
    /// As a field for date and time writes it.
    tomorrow: String,
    number_id: i64,
    /// Our phone.
    ours: String,
    owner: i64,
    staff: Staff,
}

/// What is about the people who work here.
#[derive(Default)]
struct Staff {
    user: i64,
    invite: i64,
    /// A browser that the Owner is signed in with.
    session: i64,
    /// Of a link that is valid.
    token: String,
}

impl Staff {
    /// Made for the addresses that are about people only: it takes time.
    async fn new(app: &TestApp, number: i64, path: &str) -> Staff {
        let about_people =
            ["/settings/users", "/settings/invites", "/settings/profile/", "/invites", "/password-resets"];
        if !about_people.iter().any(|start| path.starts_with(start)) {
            return Staff::default();
        }
        let user = app.user(&format!("Ulla {number}"), BuiltInRole::FieldEmployee);
        let admin = app.sign_in(app.owner()).await;
        let role = app.number_in("roles where built_in = 'field_employee'", "id").to_string();
        let email = format!("invited{number}@crew.example");
        let fields = [("name", "Ivo Invited"), ("email", email.as_str()), ("role_id", role.as_str())];
        let invited = admin.post_form("/settings/invites", &fields).await;
        let reset = admin.post(&format!("/settings/users/{user}/password-reset")).await;
        let shown = if path.starts_with("/invites") { invited } else { reset };
        Staff {
            user,
            invite: app.number_in("invites", "max(id)"),
            session: app.number_in(&format!("sessions where user_id = {}", app.owner()), "max(id)"),
            token: shown.texts("code").concat().rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// A position and a lead status that nobody has; made for the addresses that take them only, the lists are short.
fn list_entries(app: &TestApp, number: i64, path: &str) -> (i64, i64) {
    let about_lists = ["/settings/positions/", "/settings/lead-statuses/", "/clients/{id}/"];
    if !about_lists.iter().any(|start| path.starts_with(start)) {
        return (0, 0);
    }
    let name = format!("List entry {number}");
    app.write(|tx| Ok((positions::insert(tx, &name, 90)?, lead_statuses::insert(tx, &name, 90, "blue", false)?)))
}

/// A saved reply, for the addresses that take one.
fn template(app: &TestApp, number: i64, path: &str) -> i64 {
    if !path.starts_with("/settings/templates/") && !path.ends_with("/draft") {
        return 0;
    }
    let now = app.now();
    app.write(|tx| Ok(message_templates::insert(tx, &format!("Template {number}"), "Hi", None, now)?))
}

/// A text that waits, for the addresses that are about one.
fn scheduled(app: &TestApp, conversation: i64, path: &str) -> i64 {
    if !path.contains("{sid}") {
        return 0;
    }
    let (author, now) = (app.owner(), app.now());
    let (body, send_at) = ("See you", now + Duration::days(1));
    let new = NewScheduledText { conversation_id: conversation, author, body, send_at, cancel_if_reply: false };
    app.write(|tx| Ok(scheduled_texts::insert(tx, &new, now)?))
}

/// An automation that is off; made for the addresses that take one only.
fn automation(app: &TestApp, number: i64, path: &str) -> i64 {
    if !path.starts_with("/automations/{id}") {
        return 0;
    }
    let name = format!("Automation {number}");
    automations::insert_text(app, &name, Trigger::ClientCreated, "Welcome")
}

/// A file as a browser sends it.
const LEADS: &str = "--crew\ncontent-disposition: form-data; name=\"file\"; filename=\"leads.csv\"\n\
                     content-type: text/csv\n\nName,Phone\nKaren,3035550177\n--crew--\n";

/// An import at the step before the one that the address takes; made for these addresses only.
async fn import(app: &TestApp, number: i64, path: &str) -> i64 {
    if !path.starts_with("/clients/imports/") {
        return 0;
    }
    let owner = app.sign_in(app.owner()).await;
    let text = format!("Name,E-mail\nKaren,karen{number}@crew.example\nBo,nowhere\n");
    let place = match path {
        "/clients/imports/{id}/undo" => imports::imported(app, &owner, &text, &[]).await,
        "/clients/imports/{id}/run" | "/clients/imports/{id}/problems.csv" => {
            imports::checked(app, &owner, &text, &[]).await
        }
        _ => imports::uploaded(&owner, &text).await,
    };
    place.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an import has an id")
}

/// A text that reads like a wish to stop, or one that failed; made for the addresses that take them only.
async fn message(app: &TestApp, conversation: i64, phone: &str, path: &str) -> i64 {
    if path.ends_with("/flag") {
        app.text_in(phone, "Please stop texting me").await;
    }
    if path.ends_with("/retry") {
        let (owner, now) = (app.owner(), app.now());
        let text = SmsText::parse("The crew comes at 8").expect("a text");
        app.write(|tx| {
            let sender = users::find(tx, owner)?.expect("they are here");
            let text = services::send_text(tx, &sender, conversation, &text, now)?;
            outgoing::refused(tx, text, Some("30003"), now)
        });
    }
    app.number_in("messages", "max(id)")
}

pub enum Body {
    Form(Vec<(&'static str, String)>),
    Json(Value),
    File(String),
}

impl Subject {
    pub async fn new(app: &TestApp, path: &str) -> Subject {
        static NUMBERS: AtomicI64 = AtomicI64::new(0);
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let phone = format!("+1303{:07}", 5_550_000 + number);
        let owner = app.owner();
        let client = app.client(&format!("Client {number}"), &phone, &[owner]);
        let conversation = app.text_in(&phone, "Is the roof done?").await;
        app.assign(conversation, owner);
        let scheduled = scheduled(app, conversation, path);
        let (position, lead_status) = list_entries(app, number, path);
        Subject {
            number,
            conversation,
            message: message(app, conversation, &phone, path).await,
            scheduled,
            client,
            role: app.role(&format!("Role {number}"), BuiltInRole::FieldEmployee.permissions()),
            position,
            lead_status,
            import: import(app, number, path).await,
            template: template(app, number, path),
            automation: automation(app, number, path),
            phone,
            tomorrow: (app.now() + Duration::days(1)).format("%Y-%m-%dT%H:%M").to_string(),
            number_id: app.number_in("numbers", "min(id)"),
            ours: app.number(),
            owner,
            staff: Staff::new(app, number, path).await,
        }
    }

    /// The path with ids of these things.
    pub fn fill(&self, path: &str) -> String {
        let path = path.replace("{user_id}", &self.owner.to_string());
        let id = match path.split('/').nth(1) {
            _ if path.starts_with("/automations/") => self.automation,
            _ if path.starts_with("/clients/imports/") => self.import,
            _ if path.starts_with("/settings/lead-statuses/") => self.lead_status,
            _ if path.starts_with("/settings/numbers/") => self.number_id,
            _ if path.starts_with("/settings/positions/") => self.position,
            _ if path.starts_with("/settings/roles/") => self.role,
            _ if path.starts_with("/settings/templates/") => self.template,
            _ if path.starts_with("/settings/users/") => self.staff.user,
            _ if path.starts_with("/settings/invites/") => self.staff.invite,
            _ if path.starts_with("/settings/profile/sessions/") => self.staff.session,
            Some("clients") => self.client,
            Some("conversations") => self.conversation,
            _ => 1,
        };
        let path = path.replace("{message_id}", &self.message.to_string());
        let path = path.replace("{sid}", &self.scheduled.to_string());
        let path = path.replace("{token}", &self.staff.token).replace("{client_id}", &self.client.to_string());
        path.replace("{conversation_id}", &self.conversation.to_string()).replace("{id}", &id.to_string())
    }

    /// What makes the Owner succeed.
    pub fn body(&self, path: &str) -> Body {
        let form = |fields: &[(&'static str, &str)]| {
            Body::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
        };
        match path {
            "/automations/new" => Body::Form(vec![
                ("name", format!("Another {}", self.number)),
                ("trigger", "client_created".to_owned()),
                ("step_1_body", "Welcome".to_owned()),
            ]),
            "/sign-in" => form(&[("email", "owner@crew.example"), ("password", PASSWORD)]),
            "/conversations" => Body::Form(vec![
                ("to", self.phone.clone()),
                ("number_id", self.number_id.to_string()),
                ("body", "Hello".to_owned()),
            ]),
            "/clients/{id}/consent" => Body::Form(vec![
                ("phone", self.phone.clone()),
                ("deed", "given".to_owned()),
                ("note", "On the phone".to_owned()),
            ]),
            "/conversations/{id}/consent" => form(&[("deed", "given"), ("note", "On the phone")]),
            "/conversations/{id}/messages/{message_id}/flag" => form(&[("answer", "keep_texting")]),
            "/conversations/{id}/scheduled" => {
                Body::Form(vec![("body", "Hello".to_owned()), ("send_at", self.tomorrow.clone())])
            }
            "/conversations/{id}/messages" => form(&[("body", "Hello")]),
            "/clients" => Body::Form(vec![("first_name", format!("New {}", self.number))]),
            "/clients/{id}/lead-status" => Body::Form(vec![("lead_status_id", self.lead_status.to_string())]),
            "/clients/{id}/positions" => {
                Body::Form(vec![("position_id", self.position.to_string()), ("user_id", self.owner.to_string())])
            }
            "/clients/{id}/sms" => form(&[("body", "Hello")]),
            "/clients/imports" => Body::File(LEADS.to_owned()),
            "/conversations/{id}/clients" => Body::Form(vec![("client_id", self.client.to_string())]),
            "/conversations/{id}/assignments" => Body::Form(vec![("user_id", self.owner.to_string())]),
            "/push/subscriptions" => {
                Body::Json(json!({ "endpoint": format!("https://fcm.googleapis.com/{}", self.number) }))
            }
            "/push/subscriptions/removal" => Body::Json(json!({ "endpoint": "https://fcm.googleapis.com/x" })),
            "/settings/profile" => form(&[("name", OWNER)]),
            "/settings/profile/password" => form(&[("current_password", PASSWORD), ("password", PASSWORD)]),
            "/settings/users/{id}" => form(&[("active", "no")]),
            "/settings/invites" => Body::Form(vec![
                ("name", "Nina New".to_owned()),
                ("email", format!("new{}@crew.example", self.number)),
                ("role_id", self.role.to_string()),
            ]),
            "/invites/{token}" | "/password-resets/{token}" => form(&[("password", PASSWORD)]),
            "/settings/lead-statuses" | "/settings/positions" => {
                Body::Form(vec![("name", format!("Another {}", self.number)), ("colour", "teal".to_owned())])
            }
            "/settings/lead-statuses/{id}" | "/settings/positions/{id}" => {
                Body::Form(vec![("name", format!("Renamed {}", self.number))])
            }
            "/settings/lead-statuses/{id}/move" | "/settings/positions/{id}/move" => form(&[("direction", "up")]),
            "/settings/numbers/{id}" => form(&[("label", "Front desk")]),
            "/settings/templates" => {
                Body::Form(vec![("name", format!("Another {}", self.number)), ("body", "Hi".to_owned())])
            }
            "/settings/templates/{id}" | "/settings/templates/preview" => form(&[("body", "Hello")]),
            "/conversations/draft" | "/conversations/{id}/draft" | "/clients/{id}/sms/draft" => {
                form(&[("template_id", &self.template.to_string()), ("to", ""), ("body", "Hello")])
            }
            "/settings/roles" => Body::Form(vec![("name", format!("Another role {}", self.number))]),
            "/settings/roles/{id}" => form(&[("see_reports", "yes"), ("confirm", "yes")]),
            "/simulator/texts" => form(&[("from", "+13035550199"), ("to", &self.ours), ("body", "Hi")]),
            _ => form(&[]),
        }
    }
}
