use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono_tz::Tz;
use serde::Deserialize;

use super::activity::happened;
use super::positions::choices;
use super::record::{head, visible};
use super::typed::zone_of;
use crate::domain::{ClientId, OutsideAddress, SmsAccess};
use crate::store::client_phones::{self, ClientPhone};
use crate::store::conversation_list::{self, Row};
use crate::store::users::User;
use crate::store::{DbConnection, client_activity, lead_statuses, opt_outs};
use crate::web::consent::of_client_address;
use crate::web::conversations::our_number;
use crate::web::current_user::ClientReader;
use crate::web::error::Error;
use crate::web::format;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::{Site, time_label, zone};
use crate::web::view::clients::{Phone, RecordConversation, RecordPage, RecordTab};
use crate::web::view::{Section, TimeLabel};

const LINES: usize = 30;
/// A number of ours and a phone of theirs make one; a record has few.
const CONVERSATIONS: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Older activity than this.
    before: Option<String>,
}

/// `GET /clients/{id}`.
pub async fn show(site: Data<Site>, me: ClientReader, id: Path<ClientId>, asked: Query<Asked>) -> Result<Page, Error> {
    let (shared, id) = (site.clone(), *id);
    let before = asked.before.as_deref().and_then(|before| before.parse().ok());
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, id, before, None)).await?))
}

/// The record again, with why something on it was refused.
pub async fn refused(site: &Data<Site>, me: User, id: ClientId, why: String) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, id, None, Some(why)));
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page.await?))
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    id: ClientId,
    before: Option<i64>,
    error: Option<String>,
) -> Result<RecordPage, Error> {
    let client = visible(connection, me, id)?;
    let (now, company) = (site.now(), zone(connection)?);
    let theirs = zone_of(client.fields.time_zone.as_deref(), company);
    let mut lines = client_activity::page(connection, id, before, LINES as i64 + 1)?;
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let phones = client_phones::of_client(connection, id)?;
    let conversations = conversation_list::of_client(connection, me.id, id, None, CONVERSATIONS)?;
    let may_read = me.may.sms_access >= SmsAccess::Read;
    let statuses = lead_statuses::all(connection)?;
    Ok(RecordPage {
        shell: site.shell(connection, me, Section::Clients)?,
        head: head(me, &client, RecordTab::Record),
        positions: choices(connection, |position| {
            client.positions.iter().find(|held| held.position_id == position).map(|held| held.user_id)
        })?,
        conversations: conversations
            .iter()
            .map(|one| RecordConversation {
                id: one.id,
                phone: OutsideAddress::from_gateway(&one.phone).display(),
                our_number: our_number(Some(one.number.1.clone()), &one.number.0),
                time: time_label(now, one.last_message_at, company),
                closed: one.closed,
                former: !phones.iter().any(|phone| phone.phone == one.phone),
                has_link: may_read,
            })
            .collect(),
        phones: phones.into_iter().map(|one| phone(connection, id, one, &conversations)).collect::<Result<_, _>>()?,
        older: lines.last().filter(|_| more).map(|line| format!("/clients/{id}?before={}", line.id)),
        activity: lines.into_iter().map(|line| happened(line, now, company)).collect(),
        seen: client_activity::newest(connection, id)?,
        time_zone: theirs.name().to_owned(),
        appointment: client.fields.appointment_at.map(|at| appointment(at, theirs)),
        lead_status_id: client.fields.lead_status_id,
        statuses: statuses.into_iter().map(|status| (status.id, status.name)).collect(),
        email: client.fields.email,
        address: client.fields.address,
        lead_source: client.fields.lead_source,
        notes: client.fields.notes,
        error,
    })
}

fn phone(
    connection: &mut DbConnection,
    client: ClientId,
    phone: ClientPhone,
    conversations: &[Row],
) -> Result<Phone, Error> {
    Ok(Phone {
        kind: phone.kind.name(),
        shown: OutsideAddress::from_gateway(&phone.phone).display(),
        opted_out: opt_outs::exists(connection, &phone.phone)?,
        blocked: conversations.iter().any(|one| one.phone == phone.phone && one.blocked),
        consent: of_client_address(client, &phone.phone),
        number: phone.phone,
        texting: phone.texting,
    })
}

/// In full: an appointment is kept to the minute.
fn appointment(at: chrono::NaiveDateTime, zone: Tz) -> TimeLabel {
    let full = format::in_full(at, zone);
    TimeLabel { label: full.clone(), full: format!("{full} {}", zone.name()), iso: format::iso(at) }
}
