//! Texts that wait, and the hours in which one is warned.

use chrono::Duration;
use crewline::services;

use super::album::{Album, COMPANY, LOOKS, find};
use crate::support::app::{Backend, TestApp};
use crate::support::rows;

#[tokio::test]
async fn texts_that_wait_fit_their_screen_with_few_and_with_far_too_many() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let (karen, maria) = (find(&app, "Karen Fields").await, find(&app, "Maria Delgado").await);
    let crowded = find(&app, "Maximiliana").await;
    let dana = app.user_named("Dana Whitaker");
    let owner = app.sign_in(dana).await;
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(dana)).await;
    album.picture("scheduled", "/conversations/scheduled", &format!("Scheduled texts · {COMPANY}")).await;
    album
        .picture("conversation-waiting", &format!("/conversations/{karen}"), &format!("Karen Fields · {COMPANY}"))
        .await;
    for (words, look) in LOOKS {
        album.browser.look(look).await;
        if !look.dark {
            album.browser.visit(&format!("/conversations/{maria}")).await;
            album.browser.click_button("Not now: Send later").await;
            album.browser.sees("Cancel if they reply").await;
        }
        album.keep("conversation-send-later", words).await;
    }

    // Far away, at night, with texts that are too long and one that was not sent
    assert_eq!(
        owner.post_form("/settings/company", &[("quiet_from", "00:00"), ("quiet_to", "00:01")]).await.status,
        303
    );
    app.write(|tx| Ok(rows::run(tx, "update clients set time_zone = 'Asia/Kathmandu'")?));
    let long = "A very long text that says everything twice. ".repeat(35);
    for days in [2, 2, 4, 40] {
        let at = (app.now() + Duration::days(days)).format("%Y-%m-%dT%H:%M").to_string();
        let fields = [("body", long.as_str()), ("send_at", at.as_str()), ("cancel_if_reply", "yes")];
        assert_eq!(owner.post_form(&format!("/conversations/{crowded}/scheduled"), &fields).await.status, 303);
    }
    let (last, late) = (app.number_in("scheduled_texts", "max(id)"), app.now() + Duration::days(50));
    app.write(|tx| services::come_due(tx, last, late));
    let name = "Maximiliana Konstantina von Hohenstein-Papadopoulos-Featherstonehaugh";
    album
        .picture("conversation-waiting-crowded", &format!("/conversations/{crowded}"), &format!("{name} · {COMPANY}"))
        .await;
    album.picture("scheduled-crowded", "/conversations/scheduled", &format!("Scheduled texts · {COMPANY}")).await;
    let new = "/conversations/new?to=Maria+Delgado";
    album.picture("new-text-quiet", new, &format!("New text · {COMPANY}")).await;
    album.complaints(0).await;
    app.write(|tx| Ok(rows::run(tx, "delete from scheduled_texts")?));
    album.picture("scheduled-empty", "/conversations/scheduled", &format!("Scheduled texts · {COMPANY}")).await;
    album.complaints(0).await;
}
