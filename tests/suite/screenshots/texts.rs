//! The second door: the tab SMS of a record, whose conversation it is, a blocked phone.

use crewline::domain::{BuiltInRole, Permissions, SmsDashboard};
use crewline::store::{client_phones, client_positions, conversations};

use super::album::{Album, COMPANY, find};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn the_texts_of_a_record_and_whose_they_are_fit_their_screen() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let maria = find(&app, "Maria Delgado").await;
    let record = app.read(|c| conversations::linked_clients(c, maria))[0].id;
    let crowded = find(&app, "Maximiliana").await;
    let crowded_record = app.read(|c| conversations::linked_clients(c, crowded))[0].id;
    let stranger = app.numbers("select id as number from conversations where phone = '+13035550142'")[0];
    let spam = app.numbers("select id as number from conversations where blocked")[0];
    for number in 1..=28 {
        let name = format!("Bartholomew Featherstonehaugh-Cholmondeley {number}");
        app.assign(crowded, app.user(&name, BuiltInRole::SalesPerson));
    }
    let phone = app.read(|c| conversations::find(c, crowded)).expect("it is there").phone;
    for number in 0..30 {
        app.text_in_to(&format!("+172055501{number:02}"), &phone, &"A long text. ".repeat(20)).await;
    }
    for number in 0..30 {
        let name = format!("Maximilian{} ", "o".repeat(100));
        app.client(&name, &format!("+13035552{number:03}"), &[]);
    }

    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.user_named("Dana Whitaker"))).await;
    let title = format!("Maria Delgado · {COMPANY}");
    album.picture("record-sms-only", &format!("/clients/{record}/sms"), &title).await;
    album.picture("record-sms-thread", &format!("/clients/{record}/sms/{maria}"), &title).await;
    let long = format!("Maximiliana Konstantina von Hohenstein-Papadopoulos-Featherstonehaugh · {COMPANY}");
    album.picture("record-sms-crowded", &format!("/clients/{crowded_record}/sms"), &long).await;
    album.picture("record-thread-crowded", &format!("/clients/{crowded_record}/sms/{crowded}"), &long).await;
    album
        .picture("conversation-blocked", &format!("/conversations/{spam}"), &format!("(303) 555-0145 · {COMPANY}"))
        .await;
    album
        .picture("conversation-unknown", &format!("/conversations/{stranger}"), &format!("(303) 555-0142 · {COMPANY}"))
        .await;
    album.browser.click_button("More").await;
    album.browser.sees_a("link", "Link to client").await;
    album.keep("conversation-menu", "1440-dark").await;
    let title = format!("Whose conversation · {COMPANY}");
    album.picture("link-empty", &format!("/conversations/{stranger}/clients"), &title).await;
    album.picture("link-found", &format!("/conversations/{stranger}/clients?q=max"), &title).await;
    album.picture("link-nobody", &format!("/conversations/{stranger}/clients?q=zzz"), &title).await;
    album.picture("link-linked", &format!("/conversations/{crowded}/clients"), &title).await;
    let bare = app.client("Nobody", "+13035550999", &[]);
    let title = format!("Nobody Client · {COMPANY}");
    album.picture("record-sms-empty", &format!("/clients/{bare}/sms"), &title).await;
    app.write(|tx| Ok(client_phones::replace(tx, bare, &[])?));
    album.picture("record-sms-no-phone", &format!("/clients/{bare}/sms"), &title).await;
    album.complaints(0).await;

    // Somebody without a dashboard is warned beside the composer
    let may = Permissions { sms_dashboard: SmsDashboard::None, ..BuiltInRole::SalesPerson.permissions() };
    let nora = app.user_with("Nora Nodash", may);
    let position = app.number_in("positions", "max(id)");
    app.write(|tx| Ok(client_positions::hold(tx, record, position, nora)?));
    let album = Album::open(app.url()).await;
    album.browser.visit("/sign-in").await;
    album.browser.fill("E-mail", &app.email(nora)).await;
    album.browser.fill("Password", crate::support::app::PASSWORD).await;
    album.browser.click_button("Sign in").await;
    album.browser.sees_a("link", "Clients").await;
    album
        .picture("record-sms-warned", &format!("/clients/{record}/sms/{maria}"), &format!("Maria Delgado · {COMPANY}"))
        .await;
    album.complaints(0).await;
}
