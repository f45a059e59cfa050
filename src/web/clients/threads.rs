//! The conversations of a record, one for each phone of theirs and number of ours.

use serde::Deserialize;

use crate::domain::{Direction, OutsideAddress};
use crate::store::clients::Client;
use crate::store::conversation_list::{self, Row};
use crate::store::users::User;
use crate::store::{DbConnection, Stored, client_phones};
use crate::web::conversations::list::{faces, parse_cursor, write_cursor};
use crate::web::conversations::thread::our_number;
use crate::web::site::{time_label, zone};
use crate::web::view::clients::{ThreadList, ThreadRow};

const ROWS: usize = 20;
/// A list that was scrolled far is refreshed as far as this.
const MOST_ROWS: usize = 100;

#[derive(Default, Deserialize)]
pub struct Asked {
    before: Option<String>,
    /// How many rows are on the screen already, when it is refreshed.
    rows: Option<String>,
}

pub fn threads(
    connection: &mut DbConnection,
    me: &User,
    client: &Client,
    asked: &Asked,
    now: chrono::NaiveDateTime,
) -> Stored<ThreadList> {
    let limit = asked.rows.as_deref().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS).clamp(ROWS, MOST_ROWS);
    let before = asked.before.as_deref().and_then(parse_cursor);
    let mut found = conversation_list::of_client(connection, me.id, client.id, before, limit as i64 + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let address = format!("/clients/{}/sms", client.id);
    let next = found.last().filter(|_| more).map(|last| format!("{address}?before={}", write_cursor(last.cursor())));
    let phones = client_phones::of_client(connection, client.id)?;
    let zone = zone(connection)?;
    let row = |row: Row| ThreadRow {
        id: row.id,
        earlier: !phones.iter().any(|phone| phone.phone == row.phone) && is_phone(&row.phone),
        phone: OutsideAddress::from_gateway(&row.phone).display(),
        our_number: our_number(Some(row.number.1), &row.number.0),
        preview: row.preview,
        preview_by: (row.direction == Direction::Out).then(|| "Team".to_owned()),
        time: time_label(now, row.last_message_at, zone),
        unread: row.unread,
        closed: row.closed,
        blocked: row.blocked,
        assigned: faces(&row.assignees),
    };
    Ok(ThreadList {
        client: client.id,
        is_first_page: before.is_none(),
        refresh: match &asked.before {
            Some(before) if parse_cursor(before).is_some() => format!("{address}?before={before}"),
            _ => address,
        },
        rows: found.into_iter().map(row).collect(),
        next,
    })
}

/// A short code never was on the record.
fn is_phone(address: &str) -> bool {
    matches!(OutsideAddress::from_gateway(address), OutsideAddress::Phone(_))
}
