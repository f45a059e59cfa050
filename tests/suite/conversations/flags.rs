//! Texts that read like a wish to stop: a person answers, and it stays visible who said what.

use crewline::domain::{BuiltInRole, Permissions, SmsAccess};

use super::{address, rows};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    a_flagged_text_opts_the_phone_out_once_a_person_says_so,
    a_flagged_text_is_no_wish_to_stop_once_a_person_says_so,
    only_who_may_send_answers_and_only_what_is_flagged,
    a_question_for_help_is_shown_and_nothing_is_answered_by_itself,
    keywords_of_a_blocked_phone_are_obeyed,
);

const CLIENT: &str = "+13035550101";

async fn flagged(app: &TestApp) -> (i64, String) {
    let id = app.text_in(CLIENT, "Please stop texting me").await;
    (id, format!("{}/messages/{}/flag", address(id), app.number_in("messages", "max(id)")))
}

async fn needs_attention(owner: &Actor) -> Vec<i64> {
    rows(&owner.get("/conversations?filter=attention").await)
}

fn buttons(page: &Answered) -> Vec<String> {
    page.texts("article button")
}

async fn a_flagged_text_opts_the_phone_out_once_a_person_says_so(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (id, place) = flagged(&app).await;
    let other = app.text_in_to("+13035559999", CLIENT, "Hello").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(buttons(&owner.get(&address(id)).await), ["Opt this phone out", "Keep texting"]);
    assert_eq!(needs_attention(&owner).await, [id]);
    owner.post_form(&format!("{}/messages", address(other)), &[("body", "It waits")]).await;
    for _ in 0..2 {
        let answered = owner.post_form(&place, &[("answer", "opt_out")]).await;
        assert_eq!((answered.status, answered.location), (303, Some(address(id))));
        assert_eq!(app.count("opt_outs where source = 'staff'"), 1);
        assert_eq!(app.count("consents where kind = 'consent_withdrawn' and message_id is not null"), 1);
        assert_eq!(app.count("consents"), 1, "answering twice is answering once");
        assert_eq!(app.count("audit_log where action = 'phone.opted_out'"), 1);
    }
    assert_eq!(app.count("messages where status = 'blocked'"), 1, "what waited anywhere does not leave");
    assert!(needs_attention(&owner).await.is_empty());
    let page = owner.get(&address(id)).await;
    assert!(buttons(&page).is_empty());
    assert!(page.texts("article")[0].contains("Olivia Owner opted this phone out"), "{}", page.text());
    let why = page.texts("#composer-why").concat();
    assert!(why.starts_with("This phone was opted out by hand on "), "{why}");
    assert_eq!(owner.post_form(&format!("{}/messages", address(other)), &[("body", "But")]).await.status, 403);
    let later = owner.post_form(&place, &[("answer", "keep_texting")]).await;
    assert_eq!((later.status, app.count("opt_outs")), (303, 1), "the first answer counts");
}

async fn a_flagged_text_is_no_wish_to_stop_once_a_person_says_so(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (id, place) = flagged(&app).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.post_form(&place, &[("answer", "keep_texting")]).await.status, 303);
    assert_eq!((app.count("opt_outs"), app.count("consents")), (0, 0));
    assert_eq!(app.count("audit_log where action = 'phone.kept_texting'"), 1);
    assert!(needs_attention(&owner).await.is_empty());
    let page = owner.get(&address(id)).await;
    assert!(page.texts("article")[0].contains("Olivia Owner looked at this and keeps texting"));
    assert!(buttons(&page).is_empty());
    assert_eq!(owner.post_form(&format!("{}/messages", address(id)), &[("body", "OK")]).await.status, 303);
}

async fn only_who_may_send_answers_and_only_what_is_flagged(backend: Backend) {
    let app = TestApp::start(backend).await;
    let reads = Permissions { sms_access: SmsAccess::Read, ..BuiltInRole::BusinessManager.permissions() };
    let reader = app.sign_in(app.user_with("Rita Reader", reads)).await;
    let sales = app.sign_in(app.user("Sally Sales", BuiltInRole::SalesPerson)).await;
    let owner = app.sign_in(app.owner()).await;
    let (id, place) = flagged(&app).await;
    let other = app.text_in("+13035550102", "Hello").await;
    let plain = app.number_in("messages", "max(id)");
    let answer = [("answer", "opt_out")];
    assert!(buttons(&reader.get(&address(id)).await).is_empty());
    assert_eq!(reader.post_form(&place, &answer).await.status, 403);
    assert_eq!(sales.post_form(&place, &answer).await.status, 404, "does not see it");
    assert_eq!(owner.post_form(&place.replace(&address(id), &address(other)), &answer).await.status, 404);
    assert_eq!(owner.post_form(&format!("{}/messages/{plain}/flag", address(other)), &answer).await.status, 404);
    assert_eq!(owner.post_form(&place, &[("answer", "perhaps")]).await.status, 422);
    assert_eq!((app.count("opt_outs"), app.count("flag_answers")), (0, 0));
    assert_eq!(owner.post_form(&place, &answer).await.status, 303, "and so it was there");
}

async fn a_question_for_help_is_shown_and_nothing_is_answered_by_itself(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Help!").await;
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&address(id)).await;
    assert!(thread.texts("article")[0].contains("Asks for help."), "{}", thread.text());
    for body in ["STOP", "INFO", "YES"] {
        app.text_in(CLIENT, body).await;
    }
    let texts = owner.get(&address(id)).await.texts("article");
    assert!(texts[2].contains("Asks for help.") && !texts[1].contains("Asks for help."), "{texts:?}");
    app.drain().await;
    assert_eq!(app.count("consents"), 2, "out with STOP, in with YES");
    assert_eq!(app.count("messages where direction = 'out'"), 0, "the gateway confirms, so we do not");
}

async fn keywords_of_a_blocked_phone_are_obeyed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Cheap pills").await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.post(&format!("{}/block", address(id))).await.status, 303);
    let told = app.count("notifications");
    app.text_in(CLIENT, "STOP").await;
    assert_eq!((app.count("opt_outs"), app.count("consents where kind = 'opted_out'")), (1, 1));
    app.text_in(CLIENT, "YES").await;
    assert_eq!((app.count("opt_outs"), app.count("consents where kind = 'opted_in'")), (0, 1));
    assert_eq!(app.count("notifications"), told, "and nobody is told");
}
