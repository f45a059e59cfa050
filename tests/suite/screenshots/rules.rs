//! The rules of texting: consent, texts that ask to stop, texts that failed, composers that are locked.

use crewline::store::conversations;

use super::album::{Album, COMPANY, LOOKS, find};
use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn consent_and_what_went_wrong_with_texts_fit_their_screen() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let with = |phone: &str| app.numbers(&format!("select id as number from conversations where phone = '{phone}'"))[0];
    let (fiona, flagged) = (find(&app, "Fiona").await, with("+13035550132"));
    let record = app.read(|c| conversations::linked_clients(c, fiona))[0].id;
    let luis = with("+13035550122");
    let retried = app
        .numbers("select conversation_id as number from messages join retries on retries.message_id = messages.id")[0];
    let kept = with("+13035550144");

    let owner = app.sign_in(app.user_named("Dana Whitaker")).await;
    let crowded = find(&app, "Maximiliana").await;
    for number in 0..40 {
        let note = format!("{number} {}", "Ein sehr langer Vermerk ohne Ende ".repeat(12));
        let fields = [("deed", "given"), ("note", note.as_str())];
        assert_eq!(owner.post_form(&format!("/conversations/{crowded}/consent"), &fields).await.status, 303);
    }

    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.user_named("Dana Whitaker"))).await;
    for (name, id) in [
        ("rules-locked-by-hand", fiona),
        ("rules-flagged", flagged),
        ("rules-failed", luis),
        ("rules-retried", retried),
        ("rules-kept", kept),
    ] {
        let newest = "#conversation .entries > :last-child";
        album.picture_scrolled(name, &format!("/conversations/{id}"), newest).await;
    }
    let fiona_name = app.read(|c| conversations::linked_clients(c, fiona))[0].name.clone();
    let title = format!("Consent · {fiona_name} · {COMPANY}");
    album.picture("consent-of-client", &format!("/clients/{record}/consent"), &title).await;
    album.picture("record-consent", &format!("/clients/{record}"), &format!("{fiona_name} · {COMPANY}")).await;
    let title = format!("Consent · (303) 555-0142 · {COMPANY}");
    let nobody = with("+13035550142");
    album.picture("consent-empty", &format!("/conversations/{nobody}/consent"), &title).await;
    let long = "Maximiliana Konstantina von Hohenstein-Papadopoulos-Featherstonehaugh";
    let title = format!("Consent · {long} · {COMPANY}");
    album.picture("consent-crowded", &format!("/conversations/{crowded}/consent"), &title).await;
    album.picture_of_the_end("consent-crowded-end", &format!("/conversations/{crowded}/consent")).await;
    album.picture("conversation-consents", &format!("/conversations/{crowded}"), &format!("{long} · {COMPANY}")).await;
    album.complaints(0).await;

    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.user_named("Bob Lindqvist"))).await;
    album.picture_scrolled("notifications-failed", "/notifications", "li[data-kind=failed]").await;
    album.complaints(0).await;
}

impl Album {
    async fn picture_scrolled(&self, name: &str, path: &str, to: &str) {
        for (words, look) in LOOKS {
            self.browser.look(look).await;
            self.browser.visit(path).await;
            let scroll = format!("document.querySelector('{to}').scrollIntoView({{ block: 'end' }})");
            self.browser.driver.execute(&scroll, vec![]).await.expect("it is on the page");
            self.keep(name, words).await;
        }
    }
}
