//! Saved replies: texts with merge fields, for everybody who may send.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{message_templates, users};
use super::{DbConnection, Stored, Writer};
use crate::domain::{MessageTemplateId, UserId};

#[derive(Debug, Clone, Queryable)]
pub struct MessageTemplate {
    pub id: MessageTemplateId,
    pub name: String,
    /// With its fields as they were written.
    pub body: String,
    pub updated_at: NaiveDateTime,
    /// Who wrote it last.
    pub updated_by: Option<String>,
}

macro_rules! template_columns {
    () => {
        (
            message_templates::id,
            message_templates::name,
            message_templates::body,
            message_templates::updated_at,
            users::name.nullable(),
        )
    };
}

/// In no order that a person would recognise: names are sorted above.
pub fn all(connection: &mut DbConnection) -> Stored<Vec<MessageTemplate>> {
    Ok(message_templates::table
        .left_join(users::table.on(users::id.nullable().eq(message_templates::updated_by)))
        .order(message_templates::id)
        .select(template_columns!())
        .load(connection)?)
}

pub fn find(connection: &mut DbConnection, id: MessageTemplateId) -> Stored<Option<MessageTemplate>> {
    Ok(message_templates::table
        .left_join(users::table.on(users::id.nullable().eq(message_templates::updated_by)))
        .filter(message_templates::id.eq(id))
        .select(template_columns!())
        .first(connection)
        .optional()?)
}

/// Without a person it comes with the installation.
pub fn insert(
    tx: &mut Writer<'_>,
    name: &str,
    body: &str,
    by: Option<UserId>,
    now: NaiveDateTime,
) -> Stored<MessageTemplateId> {
    Ok(diesel::insert_into(message_templates::table)
        .values((
            message_templates::name.eq(name),
            message_templates::body.eq(body),
            message_templates::created_by.eq(by),
            message_templates::updated_by.eq(by),
            message_templates::created_at.eq(now),
            message_templates::updated_at.eq(now),
        ))
        .returning(message_templates::id)
        .get_result(&mut **tx)?)
}

pub fn update(
    tx: &mut Writer<'_>,
    id: MessageTemplateId,
    name: &str,
    body: &str,
    by: UserId,
    now: NaiveDateTime,
) -> Stored<()> {
    diesel::update(message_templates::table.find(id))
        .set((
            message_templates::name.eq(name),
            message_templates::body.eq(body),
            message_templates::updated_by.eq(by),
            message_templates::updated_at.eq(now),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

pub fn delete(tx: &mut Writer<'_>, id: MessageTemplateId) -> Stored<()> {
    diesel::delete(message_templates::table.find(id)).execute(&mut **tx)?;
    Ok(())
}
