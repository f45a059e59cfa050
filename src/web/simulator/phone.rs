use actix_web::web::Data;
use serde::Deserialize;

use super::bubbles::bubbles;
use super::numbers;
use super::outside::outside;
use crate::domain::OutsideAddress;
use crate::store::DbConnection;
use crate::store::gateways::Number;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::{Section, SimulatorPage};

/// The client that is there when nobody was chosen.
const SOMEBODY: &str = "(303) 555-0142";

const SHOWN: i64 = 50;
const MOST: i64 = 500;

#[derive(Default, Deserialize)]
pub struct Asked {
    from: Option<String>,
    to: Option<String>,
    /// A refresh asks for as many as are on the screen.
    rows: Option<i64>,
}

/// `GET /simulator?from=…&to=…`.
pub async fn show(site: Data<Site>, me: CurrentUser, asked: Query<Asked>) -> Result<Page, Error> {
    let asked = asked.into_inner();
    let held = Held {
        from: asked.from.unwrap_or_else(|| SOMEBODY.to_owned()),
        to: asked.to.unwrap_or_default(),
        body: String::new(),
        shown: asked.rows.unwrap_or(SHOWN).clamp(SHOWN, MOST),
        error: None,
    };
    page(&site, me, held).await
}

/// What somebody has in their hand: the phone, and perhaps what was wrong with the text.
pub struct Held {
    pub from: String,
    pub to: String,
    pub body: String,
    pub shown: i64,
    pub error: Option<String>,
}

impl Held {
    pub fn refused(from: String, to: String, body: String, error: String) -> Self {
        Self { from, to, body, shown: SHOWN, error: Some(error) }
    }
}

/// 422 where something is wrong, with all that was typed.
pub async fn page(site: &Data<Site>, me: CurrentUser, held: Held) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| draw(&shared, c, &me, held)).await?;
    Ok(match page.error {
        None => Page::ok(page),
        Some(_) => Page::unprocessable(page),
    })
}

/// The address of one phone.
pub fn address(from: &str, to: &str) -> String {
    let query = serde_urlencoded::to_string([("from", from), ("to", to)]);
    format!("/simulator?{}", query.unwrap_or_default())
}

fn draw(site: &Site, c: &mut DbConnection, me: &CurrentUser, held: Held) -> Result<SimulatorPage, Error> {
    let numbers = numbers(c, me)?;
    let chosen = numbers.iter().find(|number| number.phone == held.to).or(numbers.first());
    let client = outside(&held.from);
    let bubbles = match (&client, chosen) {
        (Ok(client), Some(number)) => bubbles(site, c, number, client, held.shown)?,
        _ => Vec::new(),
    };
    let to = chosen.map(|number| number.phone.clone()).unwrap_or_default();
    Ok(SimulatorPage {
        shell: site.shell(c, me, Section::Simulator)?,
        refresh: address(&held.from, &to),
        numbers: numbers.iter().map(|number| (number.phone.clone(), label(number))).collect(),
        from: held.from,
        to,
        body: held.body,
        error: held.error.or(client.err()),
        bubbles,
    })
}

fn label(number: &Number) -> String {
    let phone = OutsideAddress::from_gateway(&number.phone).display();
    match number.label.trim() {
        "" => phone,
        label if label == phone => phone,
        label => format!("{label} · {phone}"),
    }
}
