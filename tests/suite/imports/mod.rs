//! Files of clients: brought, looked at, run, undone; and the file of all clients that goes out.

mod exporting;
mod forgetting;
mod large;
mod mapping;
mod permission;
mod reading;
mod running;
mod undoing;

use reqwest::Method;

use crate::support::actor::Answered;
use crate::support::app::{Actor, TestApp};

const BOUNDARY: &str = "the-edge-of-the-form";

/// Sends a file as a browser does.
pub async fn upload(actor: &Actor, name: &str, bytes: &[u8]) -> Answered {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
    let request = actor.request(Method::POST, "/clients/imports");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    actor.send(request.header("content-type", kind).body(body)).await
}

/// The address of a new import of this text.
pub async fn uploaded(actor: &Actor, text: &str) -> String {
    let answered = upload(actor, "leads.csv", text.as_bytes()).await;
    assert_eq!(answered.status, 303, "{}", answered.text());
    answered.location.expect("where it can be seen")
}

/// Checked with the columns as guessed.
pub async fn checked(app: &TestApp, actor: &Actor, text: &str, fields: &[(&str, &str)]) -> String {
    let place = uploaded(actor, text).await;
    let mapped = actor.post_form(&format!("{place}/mapping"), fields).await;
    assert_eq!((mapped.status, mapped.location.as_deref()), (303, Some(place.as_str())), "{}", mapped.text());
    app.drain().await;
    place
}

/// Checked, run, and done.
pub async fn imported(app: &TestApp, actor: &Actor, text: &str, fields: &[(&str, &str)]) -> String {
    let place = checked(app, actor, text, fields).await;
    let run = actor.post(&format!("{place}/run")).await;
    assert_eq!((run.status, run.location.as_deref()), (303, Some(place.as_str())), "{}", run.text());
    app.drain().await;
    assert_eq!(actor.get(&place).await.texts("h1"), ["Imported"]);
    place
}

/// "2 added", "1 skipped", …, as the page counts them.
fn tiles(page: &Answered) -> Vec<String> {
    page.texts("nav.tiles a")
}

/// Each row: what will become or became of it, and why.
fn rows(page: &Answered) -> Vec<(String, String)> {
    let html = page.html();
    let select = |selector: &str| scraper::Selector::parse(selector).expect("a selector");
    let text = |row: &scraper::ElementRef<'_>, selector: &str| {
        let found = row.select(&select(selector)).next();
        found.map(|element| element.text().collect::<String>().trim().to_owned()).unwrap_or_default()
    };
    html.select(&select("li[data-line]")).map(|row| (text(&row, ".tag"), text(&row, ".import-row-reason"))).collect()
}

/// A line for each client: names, address, status, phones, who holds what. In the order of ids.
fn records(app: &TestApp) -> Vec<String> {
    app.read(|c| {
        crate::support::rows::lines(
            c,
            "select c.first_name || '|' || c.last_name || '|' || c.company || '|' || c.email || '|' || c.address || '|' || \
             c.notes || '|' || c.lead_source || '|' || coalesce(c.time_zone, '-') || '|' || \
             coalesce(cast(c.appointment_at as text), '-') || '|' || s.name || '|' || c.search_terms as line \
             from clients c join lead_statuses s on s.id = c.lead_status_id order by c.id",
        )
    })
}

/// Every column that says what records say, with the ids of their rows.
fn everything(app: &TestApp) -> Vec<String> {
    let mut all = records(app);
    for sql in [
        "select cast(id as text) || '|' || cast(client_id as text) || '|' || kind || '|' || phone || '|' || \
         case when texting then 'texting' else '' end as line from client_phones order by id",
        "select cast(client_id as text) || '|' || cast(position_id as text) || '|' || cast(user_id as text) as line \
         from client_positions order by client_id, position_id",
        "select cast(conversation_id as text) || '|' || cast(client_id as text) as line \
         from conversation_clients order by conversation_id, client_id",
        "select cast(id as text) || '|' || search_terms as line from conversations order by id",
        "select cast(id as text) || '|' || cast(created_at as text) as line from clients order by id",
    ] {
        all.push(sql.to_owned());
        all.extend(app.read(|c| crate::support::rows::lines(c, sql)));
    }
    all
}
