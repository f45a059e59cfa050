use super::address;
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    stop_blocks_what_waits_and_locks_the_composer_until_start,
    a_yes_opts_in_only_who_has_opted_out,
    a_wish_to_stop_in_other_words_is_flagged_for_a_person,
);

async fn stop_blocks_what_waits_and_locks_the_composer_until_start(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let send = format!("{}/messages", address(id));
    assert_eq!(owner.post_form(&send, &[("body", "Too late")]).await.status, 303);
    app.text_in("+13035550101", "  Stop. ").await;
    assert_eq!(app.count("messages where status = 'blocked'"), 1, "what waited does not leave any more");
    app.drain().await;
    assert_eq!(app.count("messages where status = 'blocked'"), 1);

    let thread = owner.get(&address(id)).await;
    assert_eq!(thread.attributes("textarea[disabled]", "aria-label"), ["Message"]);
    assert!(thread.text().contains("Opted out of texts with STOP"));
    let why = thread.texts("#composer-why").concat();
    assert!(
        why.contains("opted out with STOP on ") && why.contains("until they text START"),
        "why and since when: {why}"
    );
    let refused = owner.post_form(&send, &[("body", "But")]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains(&why), "the same sentence");
    let new = owner.post_form("/conversations", &[("to", "+13035550101"), ("body", "But")]).await;
    assert_eq!((new.status, new.texts("[role=alert]")), (403, vec![why]), "and for a new text");
    assert_eq!(app.count("messages where direction = 'out'"), 1);

    app.text_in("+13035550101", "STOP").await;
    assert_eq!(app.count("opt_outs"), 1);
    app.text_in("+13035550101", "START").await;
    assert_eq!(app.count("opt_outs"), 0);
    assert_eq!(owner.post_form(&send, &[("body", "Welcome back")]).await.status, 303);
    assert_eq!(app.count("messages where status = 'waiting'"), 1);
}

async fn a_yes_opts_in_only_who_has_opted_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.text_in("+13035550101", "YES").await;
    assert_eq!(app.count("timeline"), 0);
    app.text_in("+13035550101", "Unsubscribe").await;
    assert_eq!(app.count("opt_outs"), 1);
    app.text_in("+13035550101", "yes").await;
    assert_eq!((app.count("opt_outs"), app.count("timeline")), (0, 2));
}

async fn a_wish_to_stop_in_other_words_is_flagged_for_a_person(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Please stop texting me").await;
    assert_eq!(app.count("opt_outs"), 0);
    assert_eq!(app.count("conversations where attention"), 1);
    let owner = app.sign_in(app.owner()).await;
    assert!(owner.get(&address(id)).await.text().contains("Reads like a wish to stop"));
    let help = app.text_in("+13035550102", "HELP").await;
    assert!(owner.get(&address(help)).await.texts("article")[0].contains("HELP"), "shown to staff");
}
