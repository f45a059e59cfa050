use super::{ACCOUNT, CLIENT, NUMBER, TOKEN, app, hook, hook_signed, text, text_arrives};
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::judges;

for_both!(
    a_text_signed_by_the_sdk_is_stored_once_however_often_it_is_sent,
    what_is_not_signed_for_us_is_refused_and_nothing_is_stored,
    whatever_a_text_is_made_of_it_is_stored,
    a_text_to_a_number_we_did_not_know_is_stored_too,
    on_starter_a_text_is_stored_and_stop_applies,
);

async fn a_text_signed_by_the_sdk_is_stored_once_however_often_it_is_sent(backend: Backend) {
    let app = app(backend).await;
    let fields = text("SM1", CLIENT, "Is the roof done? Äöü & 100 % +1");
    let url = format!("{}/hooks/twilio/sms", app.url());
    let signature = judges::twilio_signature(TOKEN, &url, &fields);
    let send = || hook_signed(&app, "/hooks/twilio/sms", &fields, Some(&signature));
    assert_eq!(send().await.status, 200);
    let at_once = tokio::join!(send(), send(), send(), send());
    assert_eq!([at_once.0.status, at_once.1.status, at_once.2.status, at_once.3.status], [200; 4]);
    assert_eq!((app.count("conversations"), app.count("messages")), (1, 1));
    assert_eq!(app.count("notifications"), 1, "told once");
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get("/conversations/1").await;
    assert_eq!(thread.attributes("article", "data-direction"), ["in"]);
    assert!(thread.text().contains("Is the roof done? Äöü & 100 % +1"));

    let first = text("SM2", "+13035550199", "First of all");
    let signature = judges::twilio_signature(TOKEN, &url, &first);
    let send = || hook_signed(&app, "/hooks/twilio/sms", &first, Some(&signature));
    let at_once = tokio::join!(send(), send(), send(), send(), send(), send());
    let statuses = [&at_once.0, &at_once.1, &at_once.2, &at_once.3, &at_once.4, &at_once.5].map(|one| one.status);
    assert_eq!(statuses, [200; 6]);
    assert_eq!((app.count("conversations"), app.count("messages")), (2, 2), "also when all come at once");
}

async fn what_is_not_signed_for_us_is_refused_and_nothing_is_stored(backend: Backend) {
    let app = app(backend).await;
    let path = "/hooks/twilio/sms";
    let url = format!("{}{path}", app.url());
    let fields = text("SM1", CLIENT, "Hi");
    let changed = text("SM1", CLIENT, "Hi!");
    let right = judges::twilio_signature(TOKEN, &url, &fields);
    let other_token = judges::twilio_signature("another token", &url, &fields);
    let other_url = judges::twilio_signature(TOKEN, &format!("{url}?x=1"), &fields);
    for (fields, signature) in [
        (&fields, None),
        (&fields, Some("")),
        (&fields, Some("bm9uc2Vuc2U=")),
        (&fields, Some(other_token.as_str())),
        (&fields, Some(other_url.as_str())),
        (&changed, Some(right.as_str())),
    ] {
        assert_eq!(hook_signed(&app, path, fields, signature).await.status, 403, "{signature:?}");
    }
    let mut foreign = text("SM1", CLIENT, "Hi");
    foreign[3] = ("AccountSid", "AC99999999999999999999999999999999");
    assert_eq!(hook(&app, path, &foreign).await.status, 403, "well signed, for another account");
    assert_eq!(app.count("messages") + app.count("conversations") + app.count("notifications"), 0);

    assert_eq!(hook_signed(&app, path, &fields, Some(&right)).await.status, 200, "the check itself works");
    assert_eq!(app.count("messages"), 1);
}

async fn whatever_a_text_is_made_of_it_is_stored(backend: Backend) {
    let app = app(backend).await;
    let emoji = "😀".repeat(1600);
    text_arrives(&app, &text("SM1", CLIENT, &emoji)).await;
    assert!(thread_of(&app).await.body.contains(&emoji), "all 1,600 of them");

    let mut unknown = text("SM2", CLIENT, "An unknown field");
    unknown.push(("Novelty", "{\"a\": [1, 2]}"));
    text_arrives(&app, &unknown).await;
    let mut repeated = text("SM3", CLIENT, "Repeated keys");
    repeated.extend([("Body", "another body"), ("Novelty", "1"), ("Novelty", "1"), ("Novelty", "2")]);
    text_arrives(&app, &repeated).await;
    text_arrives(&app, &text("SM4", CLIENT, "With\u{0}NUL")).await;
    text_arrives(&app, &text("SM5", CLIENT, "")).await;
    let mut pictures = text("MM6", CLIENT, "");
    pictures.extend([
        ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM6/Media/ME1"),
        ("MediaContentType0", "image/jpeg"),
        ("MediaUrl1", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM6/Media/ME2"),
        ("MediaContentType1", "image/png"),
    ]);
    text_arrives(&app, &pictures).await;
    assert_eq!((app.count("conversations"), app.count("messages"), app.count("message_media")), (1, 6, 2));
    let thread = thread_of(&app).await;
    for words in ["An unknown field", "Repeated keys", "WithNUL"] {
        assert!(thread.text().contains(words), "{words}");
    }

    text_arrives(&app, &text("SM7", "72404", "Your code is 1234")).await;
    text_arrives(&app, &text("SM8", "BANK", "Your code is 1234")).await;
    let owner = app.sign_in(app.owner()).await;
    let list = owner.get("/conversations").await.text();
    assert!(list.contains("72404") && list.contains("BANK"), "{list}");
    assert_eq!(app.count("conversations"), 3);
}

async fn thread_of(app: &TestApp) -> crate::support::app::Answered {
    app.sign_in(app.owner()).await.get("/conversations/1").await
}

async fn a_text_to_a_number_we_did_not_know_is_stored_too(backend: Backend) {
    let app = app(backend).await;
    let mut fields = text("SM1", CLIENT, "To your other number");
    fields[5] = ("To", "+17205550999");
    text_arrives(&app, &fields).await;
    assert_eq!((app.count("messages"), app.count("numbers")), (1, 2));
    fields[5] = ("To", NUMBER);
    fields[1] = ("MessageSid", "SM2");
    text_arrives(&app, &fields).await;
    assert_eq!(app.count("conversations"), 2, "one per number of ours");
}

async fn on_starter_a_text_is_stored_and_stop_applies(backend: Backend) {
    let app = app(backend).await;
    app.set_plan(crewline::domain::Plan::Starter);
    text_arrives(&app, &text("SM1", CLIENT, "Hi")).await;
    text_arrives(&app, &text("SM2", CLIENT, "STOP")).await;
    assert_eq!((app.count("messages"), app.count("opt_outs"), app.count("notifications")), (2, 1, 0));
}

#[tokio::test]
async fn hooks_that_say_too_little_are_refused_and_other_gateways_have_none() {
    let app = app(Backend::Sqlite).await;
    let incomplete = [("MessageSid", "SM1"), ("AccountSid", ACCOUNT)];
    assert_eq!(hook(&app, "/hooks/twilio/sms", &incomplete).await.status, 400);
    assert_eq!(app.count("messages"), 0);
    let simulator = TestApp::start(Backend::Sqlite).await;
    let answered = hook(&simulator, "/hooks/twilio/sms", &text("SM1", CLIENT, "Hi")).await;
    assert_eq!(answered.status, 404, "Twilio is not configured");
}
