//! The editor's page, as it is stored or as it was filled in.

use serde::Deserialize;

use super::preview::preview;
use crate::assignment_policy::sees_clients;
use crate::domain::{ClientId, ClientScope, MessageTemplateId};
use crate::services::facts::staff_member;
use crate::services::merge;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_list, message_templates};
use crate::web::error::Error;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::TemplatePage;

/// So many clients are offered to try a template on: the newest.
const CLIENTS: i64 = 20;

/// What was filled in; what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Typed {
    pub name: Option<String>,
    pub body: Option<String>,
    /// On whom it is tried.
    pub client_id: Option<String>,
    /// Which template a preview is of; a new one says nothing.
    pub id: Option<String>,
}

pub fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: Option<MessageTemplateId>,
    typed: Typed,
    error: Option<String>,
) -> Result<TemplatePage, Error> {
    let stored = match id {
        Some(id) => Some(message_templates::find(connection, id)?.ok_or(Error::NotFound)?),
        None => None,
    };
    let title = stored.as_ref().map(|template| template.name.clone());
    let (name, body) = stored.map(|template| (template.name, template.body)).unwrap_or_default();
    let body = typed.body.unwrap_or(body);
    let clients = clients(connection, me)?;
    let chosen = typed.client_id.and_then(|id| id.parse::<ClientId>().ok());
    // Only whom they may read is there to be chosen
    let offered = |id: &ClientId| clients.iter().any(|(offered, _)| offered == id);
    let client = chosen.filter(offered).or_else(|| clients.first().map(|(id, _)| *id));
    let mut preview = preview(connection, me, client, &body)?;
    // One thing at a time: what was refused is said above
    if error.is_some() {
        preview.wrong.clear();
    }
    Ok(TemplatePage {
        shell: site.shell(connection, me, Section::Settings)?,
        id,
        title: title.unwrap_or_else(|| "New template".to_owned()),
        name: typed.name.unwrap_or(name),
        preview,
        body,
        clients,
        client,
        fields: merge::fields(connection)?.iter().cloned().collect(),
        error,
    })
}

/// Whom a template can be tried on: the newest whom they may read.
pub fn clients(connection: &mut DbConnection, me: &User) -> Stored<Vec<(ClientId, String)>> {
    if !sees_clients(&staff_member(me)) {
        return Ok(Vec::new());
    }
    let held_by = (me.may.client_scope != ClientScope::All).then_some(me.id);
    let query = client_list::Query { held_by, limit: CLIENTS, ..client_list::Query::default() };
    Ok(client_list::page(connection, &query)?.into_iter().map(|row| (row.id, row.name)).collect())
}
