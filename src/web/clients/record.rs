//! What every page of a record begins with: whether one may open it, and its head.

use actix_web::web::Data;

use crate::assignment_policy::{ClientRecord, may_delete_client, may_edit_client, may_read_client};
use crate::domain::{ClientId, SmsAccess, initials};
use crate::services::facts::staff_member;
use crate::store::DbConnection;
use crate::store::clients::{self, Client};
use crate::store::users::User;
use crate::web::error::Error;
use crate::web::site::Site;
use crate::web::view::clients::{RecordHead, RecordTab};

/// The record, if this person may open it; to everybody else there is none.
pub fn visible(connection: &mut DbConnection, me: &User, id: ClientId) -> Result<Client, Error> {
    let client = clients::find(connection, id)?.ok_or(Error::NotFound)?;
    if may_read_client(&staff_member(me), &facts(&client)) { Ok(client) } else { Err(Error::NotFound) }
}

pub fn head(me: &User, client: &Client, tab: RecordTab) -> RecordHead {
    let (person, record, name) = (staff_member(me), facts(client), client.name());
    RecordHead {
        id: client.id,
        initials: initials(&name),
        hue: u8::try_from(client.id.rem_euclid(8)).unwrap_or_default(),
        company: Some(client.fields.company.clone()).filter(|company| !company.is_empty() && *company != name),
        name,
        status: client.lead_status.clone(),
        status_colour: client.status_colour.clone(),
        tab,
        shows_sms: me.may.sms_access >= SmsAccess::Read,
        may_edit: may_edit_client(&person, &record),
        may_delete: may_delete_client(&person, &record),
    }
}

/// Where somebody goes after they changed a record: there, or to the list once it is out of their scope.
pub async fn way_back(site: &Data<Site>, me: User, id: ClientId) -> Result<String, Error> {
    site.read(move |c| match visible(c, &me, id) {
        Ok(_) => Ok(format!("/clients/{id}")),
        Err(Error::NotFound) => Ok("/clients".to_owned()),
        Err(other) => Err(other),
    })
    .await
}

pub fn facts(client: &Client) -> ClientRecord {
    ClientRecord { id: client.id, holders: client.positions.iter().map(|held| held.user_id).collect() }
}
