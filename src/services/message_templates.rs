//! Saved replies: written once by who manages them, used by everybody who may send.

use chrono::NaiveDateTime;

use super::list_entry::{name_among, room_for_one_more};
use super::{By, Done, Error, merge};
use crate::assignment_policy::may_edit_templates;
use crate::domain::{MergeTemplate, MergeValues, MessageTemplateId, Rendered, SmsText, Topic, fold};
use crate::services::facts::staff_member;
use crate::store::message_templates::{self as store, MessageTemplate};
use crate::store::{DbConnection, Stored, Writer, users};

/// How a saved reply is to be; what is None stays.
#[derive(Debug, Clone, Default)]
pub struct TemplateChange {
    pub name: Option<String>,
    pub body: Option<String>,
}

/// By name, as people sort.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<MessageTemplate>> {
    let mut all = store::all(connection)?;
    all.sort_by_cached_key(|template| fold(&template.name));
    Ok(all)
}

pub fn add(tx: &mut Writer<'_>, by: &By, new: &TemplateChange, now: NaiveDateTime) -> Done<MessageTemplateId> {
    must_edit(tx, by)?;
    let all = store::all(tx)?;
    room_for_one_more(all.len())?;
    let others = all.iter().map(|template| template.name.as_str());
    let name = name_among(new.name.as_deref().unwrap_or_default(), others)?;
    let body = checked(tx, new.body.as_deref().unwrap_or_default())?;
    let id = store::insert(tx, &name, &body, Some(by.user.id), now)?;
    by.record(tx, "message_template.added", format_args!("message_template {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(id)
}

pub fn update(
    tx: &mut Writer<'_>,
    by: &By,
    id: MessageTemplateId,
    change: &TemplateChange,
    now: NaiveDateTime,
) -> Done<()> {
    must_edit(tx, by)?;
    let all = store::all(tx)?;
    let before = all.iter().find(|template| template.id == id).ok_or(Error::NotFound)?;
    let name = match &change.name {
        Some(name) => name_among(name, all.iter().filter(|other| other.id != id).map(|other| other.name.as_str()))?,
        None => before.name.clone(),
    };
    let body = match &change.body {
        Some(body) => checked(tx, body)?,
        None => before.body.clone(),
    };
    let detail = match (name == before.name, body == before.body) {
        (true, true) => return Ok(()),
        (true, false) => format!("{name}: its words"),
        (false, true) => format!("{} → {name}", before.name),
        (false, false) => format!("{} → {name}, and its words", before.name),
    };
    store::update(tx, id, &name, &body, by.user.id, now)?;
    by.record(tx, "message_template.updated", format_args!("message_template {id}"), &detail, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

/// What was sent with it stays sent.
pub fn remove(tx: &mut Writer<'_>, by: &By, id: MessageTemplateId, now: NaiveDateTime) -> Done<()> {
    must_edit(tx, by)?;
    let name = store::find(tx, id)?.ok_or(Error::NotFound)?.name;
    store::delete(tx, id)?;
    by.record(tx, "message_template.removed", format_args!("message_template {id}"), &name, now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}

/// The words of a saved reply for somebody; refused with a sentence if it is gone or no longer makes sense.
pub fn fill(connection: &mut DbConnection, id: MessageTemplateId, values: &MergeValues) -> Done<Rendered> {
    let gone = "This template was deleted meanwhile. Choose another one.";
    let template = store::find(connection, id)?.ok_or_else(|| Error::Invalid(gone.to_owned()))?;
    match MergeTemplate::parse(&template.body, &merge::fields(connection)?) {
        Ok(parsed) => Ok(parsed.render(values)),
        Err(errors) => {
            let words = merge::sentences(&errors);
            Err(Error::Invalid(format!("“{}” cannot be used until it is corrected. {words}", template.name)))
        }
    }
}

/// What may be saved: a text that could be sent, with fields that are known.
pub fn checked(connection: &mut DbConnection, body: &str) -> Done<String> {
    let text = SmsText::parse(body).map_err(|why| Error::Invalid(why.to_string()))?;
    let known = merge::fields(connection)?;
    match MergeTemplate::parse(text.as_str(), &known) {
        Ok(_) => Ok(text.as_str().to_owned()),
        Err(errors) => Err(Error::Invalid(merge::sentences(&errors))),
    }
}

fn must_edit(tx: &mut Writer<'_>, by: &By) -> Done<()> {
    match users::find(tx, by.user.id)? {
        Some(user) if may_edit_templates(&staff_member(&user)) => Ok(()),
        _ => Err(Error::NotFound),
    }
}
