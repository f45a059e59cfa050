use chrono_tz::Tz;

use crate::domain::{DeliveryStatus, Direction, OutsideAddress};
use crate::store::gateways::Number;
use crate::store::thread::{self, Message};
use crate::store::{DbConnection, Stored, conversations};
use crate::web::site::{Site, time_label, zone};
use crate::web::view::PhoneBubble;

/// What the client's phone shows of its texts with one of our numbers, oldest first.
pub fn bubbles(
    site: &Site,
    c: &mut DbConnection,
    number: &Number,
    client: &OutsideAddress,
    shown: i64,
) -> Stored<Vec<PhoneBubble>> {
    let Some(id) = conversations::between(c, number.id, client.as_str())? else {
        return Ok(Vec::new());
    };
    let zone = zone(c)?;
    let texts = thread::page(c, id, None, shown)?.messages;
    Ok(texts.into_iter().filter(arrived).map(|text| bubble(site, text, zone)).collect())
}

/// A phone shows what it sent and what reached it.
fn arrived(text: &Message) -> bool {
    let reached = [DeliveryStatus::Sent, DeliveryStatus::Delivered, DeliveryStatus::Read];
    text.direction == Direction::In || reached.contains(&text.status)
}

fn bubble(site: &Site, text: Message, zone: Tz) -> PhoneBubble {
    PhoneBubble {
        id: text.id,
        mine: text.direction == Direction::In,
        time: time_label(site.now(), text.at, zone),
        body: text.body,
    }
}
