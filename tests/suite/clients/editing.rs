use crewline::domain::{BuiltInRole, ClientAccess, ClientScope, Permissions, SmsAccess};

use super::{activity, address, position, rows};
use crate::support::app::{Answered, Backend, TestApp, for_both};

for_both!(
    fields_that_are_not_sent_stay_as_they_are,
    the_form_that_was_not_changed_changes_nothing,
    what_a_colleague_changed_meanwhile_is_not_overwritten_unread,
    a_changed_phone_keeps_the_old_conversation_and_brings_the_new_one,
    a_new_name_is_found_in_conversations,
    what_is_refused_keeps_what_was_typed,
    deleting_keeps_conversations_and_takes_the_record_from_every_list,
    nobody_reaches_another_record_by_its_id,
);

async fn fields_that_are_not_sent_stay_as_they_are(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[app.owner()]);
    owner.post_form(&address(id), &[("phone_2", "+13035550102"), ("company", "Acme"), ("notes", "Dog")]).await;
    let saved =
        owner.post_form(&address(id), &[("lead_source", "Radio"), ("created_at", "2001-01-01"), ("id", "9")]).await;
    assert_eq!((saved.status, saved.location), (303, Some(address(id))));
    let kept = "first_name = 'Maria' and company = 'Acme' and notes = 'Dog' and lead_source = 'Radio'";
    assert_eq!(app.count(&format!("clients where id = {id} and {kept} and created_at > '2020-01-01'")), 1);
    assert_eq!(app.count(&format!("client_phones where client_id = {id}")), 2);
    assert_eq!(app.count(&format!("client_positions where client_id = {id}")), 1);
    assert_eq!(activity(&owner.get(&address(id)).await)[0], "Olivia Owner edited the record lead source");
    // One phone alone is changed in its place
    owner.post_form(&address(id), &[("phone_1", "+13035550199")]).await;
    assert_eq!(app.count("client_phones where phone = '+13035550199' and texting = true"), 1);
    assert_eq!(app.count("client_phones where phone = '+13035550102' and texting = false"), 1);
    owner.post_form(&address(id), &[("texting", "2")]).await;
    assert_eq!(app.count("client_phones where phone = '+13035550102' and texting = true"), 1);
    assert_eq!(app.count(&format!("client_phones where client_id = {id} and texting = true")), 1);
    owner.post_form(&address(id), &[("phone_1", ""), ("phone_2", "")]).await;
    assert_eq!(app.count(&format!("client_phones where client_id = {id}")), 0);
}

/// All fields of the form as a browser would send them.
fn sent(form: &Answered) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for kind in ["input:not([type=radio])", "input[type=radio][checked]"] {
        let selector = format!("form[action^='/clients/']:not([action$=removal]) {kind}");
        fields.extend(form.attributes(&selector, "name").into_iter().zip(form.attributes(&selector, "value")));
    }
    for name in form.attributes("main select", "name") {
        let chosen = form.attributes(&format!("select[name={name}] option[selected]"), "value").pop();
        let written = form.texts(&format!("select[name={name}] option[selected]")).pop();
        fields.push((name, chosen.filter(|value| !value.is_empty()).or(written).unwrap_or_default()));
    }
    fields.push(("notes".to_owned(), form.texts("textarea[name=notes]").concat()));
    fields
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn the_form_that_was_not_changed_changes_nothing(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    // A phone that is only believed in full, one from abroad, and an appointment in another zone
    let id = app.client("Maria", "+15555550147", &[app.owner()]);
    let more = [("phone_2", "+442079460018"), ("time_zone", "Asia/Tokyo"), ("appointment_at", "2026-11-30T08:15")];
    assert_eq!(owner.post_form(&address(id), &more).await.status, 303);
    let lines = app.count("client_activity");
    let form = owner.get(&format!("/clients/{id}/edit")).await;
    let fields = sent(&form);
    for (name, value) in [("first_name", "Maria"), ("phone_1", "+15555550147"), ("time_zone", "Asia/Tokyo")] {
        assert!(fields.contains(&(name.to_owned(), value.to_owned())), "{name}: {fields:?}");
    }
    let saved = owner.post_form(&address(id), &pairs(&fields)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(app.count("client_activity"), lines, "{:?}", activity(&owner.get(&address(id)).await));
}

async fn what_a_colleague_changed_meanwhile_is_not_overwritten_unread(backend: Backend) {
    let app = TestApp::start(backend).await;
    let bob = app.sign_in(app.user("Bob Manager", BuiltInRole::BusinessManager)).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let mut mine = sent(&owner.get(&format!("/clients/{id}/edit")).await);
    assert!(mine.iter().any(|(name, _)| name == "seen"), "the form says what it showed");
    assert_eq!(bob.post_form(&address(id), &[("email", "maria@example.com")]).await.status, 303);
    mine.retain(|(name, _)| name != "notes");
    mine.push(("notes".to_owned(), "Mine".to_owned()));
    let refused = owner.post_form(&address(id), &pairs(&mine)).await;
    assert_eq!(refused.status, 422);
    let alert = refused.texts("[role=alert]").concat();
    assert!(alert.contains("Bob Manager changed this client meanwhile (e-mail). Nothing was saved"), "{alert}");
    assert_eq!(refused.texts("textarea[name=notes]"), ["Mine"], "what was typed is kept");
    assert_eq!(app.count("clients where email = 'maria@example.com' and notes = ''"), 1);
    // Whoever read that may go on
    assert_eq!(owner.post_form(&address(id), &pairs(&sent(&refused))).await.status, 303);
    assert_eq!(app.count("clients where email = '' and notes = 'Mine'"), 1);
    // A note alone is kept apart in the same way, and a form without the field is not asked
    let seen = owner.get(&address(id)).await.attributes("form input[name=seen]", "value")[0].clone();
    bob.post_form(&address(id), &[("notes", "Bob's")]).await;
    assert_eq!(owner.post_form(&address(id), &[("seen", &seen), ("notes", "Over")]).await.status, 422);
    assert_eq!(owner.post_form(&address(id), &[("notes", "Over")]).await.status, 303);
}

async fn a_changed_phone_keeps_the_old_conversation_and_brings_the_new_one(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let old = app.text_in("+13035550101", "From the old phone").await;
    let new = app.text_in("+13035550199", "From the new one").await;
    let on_record = async || {
        let mut links = owner.get(&address(id)).await.attributes("[aria-labelledby=conversations-title] a", "href");
        links.sort();
        links
    };
    let door = |conversation| format!("/clients/{id}/sms/{conversation}");
    assert_eq!(on_record().await, [door(old)]);
    assert_eq!(owner.post_form(&address(id), &[("phone_1", "(303) 555-0199")]).await.status, 303);
    assert_eq!(on_record().await, [door(old), door(new)]);
    let page = owner.get(&address(id)).await;
    let told = ["Olivia Owner linked a conversation (303) 555-0199", "Olivia Owner changed the phones (303) 555-0199"];
    assert_eq!(activity(&page)[..2], told);
    let former = page.texts("[aria-labelledby=conversations-title] li");
    assert_eq!(former.iter().filter(|one| one.contains("Former phone")).count(), 1, "{former:?}");
    assert!(owner.get(&format!("/conversations/{new}")).await.texts("h2").concat().contains("Maria Client"));
}

async fn a_new_name_is_found_in_conversations(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let conversation = app.text_in("+13035550101", "Hi").await;
    let found =
        async |query: &str| owner.get(&format!("/conversations?q={query}")).await.attributes("li.row a", "href").len();
    assert_eq!((found("maria").await, found("josefina").await), (1, 0));
    owner.post_form(&address(id), &[("first_name", "Josefina")]).await;
    assert_eq!((found("maria").await, found("josefina").await), (0, 1));
    assert!(owner.get(&format!("/conversations/{conversation}")).await.texts("h2").concat().contains("Josefina"));
}

async fn what_is_refused_keeps_what_was_typed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[app.owner()]);
    let held = format!("position_{}", position(&app, 0));
    let typed =
        [("company", "Typed Ltd"), ("phone_2", "12"), ("phone_kind_2", "office"), ("texting", "2"), (&held, "")];
    let refused = owner.post_form(&address(id), &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]").concat().starts_with("Phone 2:"));
    assert_eq!(refused.attributes("input[name=company]", "value"), ["Typed Ltd"]);
    assert_eq!(refused.attributes("input[name=first_name]", "value"), ["Maria"], "the rest as it is stored");
    assert_eq!(refused.attributes("input[name=phone_2]", "value"), ["12"]);
    assert_eq!(refused.attributes("select[name=phone_kind_2] option[selected]", "value"), ["office"]);
    assert_eq!(refused.attributes("input[name=texting][checked]", "value"), ["2"]);
    assert!(refused.attributes(&format!("select[name={held}] option[selected]"), "value").is_empty());
    assert_eq!(app.count("clients where company = 'Typed Ltd'"), 0);
    let notes = "ü".repeat(10_001);
    assert_eq!(owner.post_form(&address(id), &[("notes", &notes)]).await.status, 422);
    let most = "😀".repeat(10_000);
    assert_eq!(owner.post_form(&address(id), &[("notes", &most)]).await.status, 303);
}

async fn deleting_keeps_conversations_and_takes_the_record_from_every_list(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[app.owner()]);
    let conversation = app.text_in("+13035550101", "Hi").await;
    app.assign(conversation, app.owner());
    let form = owner.get(&format!("/clients/{id}/edit")).await;
    assert!(form.text().contains("Its conversation stays, with all texts"), "{}", form.text());
    assert_eq!(rows(&owner.get("/clients?q=maria").await), [id]);
    let gone = owner.post(&format!("/clients/{id}/removal")).await;
    assert_eq!((gone.status, gone.location.as_deref()), (303, Some("/clients")));
    assert!(rows(&owner.get("/clients?q=maria").await).is_empty() && rows(&owner.get("/clients").await).is_empty());
    for address in [address(id), format!("/clients/{id}/edit")] {
        assert_eq!(owner.get(&address).await.status, 404);
    }
    assert_eq!(owner.post(&format!("/clients/{id}/removal")).await.status, 404);
    let thread = owner.get(&format!("/conversations/{conversation}")).await;
    assert!(thread.text().contains("Unknown caller") && thread.texts("h2").concat().contains("(303) 555-0101"));
    assert_eq!(app.count(&format!("assignments where conversation_id = {conversation}")), 1);
    assert!(owner.get("/conversations?q=maria").await.attributes("li.row a", "href").is_empty());
    for table in ["client_phones", "client_positions", "client_activity", "conversation_clients"] {
        assert_eq!(app.count(table), 0, "{table}");
    }
    assert_eq!(app.count(&format!("audit_log where action = 'client.deleted' and subject = 'client {id}'")), 1);
}

async fn nobody_reaches_another_record_by_its_id(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions {
        client_scope: ClientScope::Assigned,
        client_access: ClientAccess::Delete,
        sms_access: SmsAccess::Delete,
        ..Permissions::NOTHING
    };
    let me = app.user_with("Eve Elsewhere", may);
    let mine = app.client("Mine", "+13035550101", &[me]);
    let secret = app.client("Secret", "+13035550102", &[app.owner()]);
    let actor = app.sign_in(me).await;
    assert_eq!(actor.get(&address(mine)).await.status, 200, "their own they open");
    let first = position(&app, 0).to_string();
    let me_id = me.to_string();
    for id in [secret, 99_999, -1] {
        for page in [address(id), format!("/clients/{id}/edit"), format!("/clients/{id}?before=5")] {
            let answered = actor.get(&page).await;
            assert_eq!(answered.status, 404, "{page}");
            assert!(!answered.body.contains("Secret"), "{page}");
        }
        let take = [("position_id", first.as_str()), ("user_id", me_id.as_str())];
        assert_eq!(
            actor.post_form(&format!("/clients/{id}/positions"), &take).await.status,
            404,
            "not even a position"
        );
        assert_eq!(actor.post_form(&address(id), &[(&format!("position_{first}"), &me_id)]).await.status, 404);
        assert_eq!(actor.post(&format!("/clients/{id}/removal")).await.status, 404);
    }
    // An id in the body of what they may change is not read
    let secret_id = secret.to_string();
    let named = [("id", secret_id.as_str()), ("client_id", &secret_id), ("company", "Mine Ltd")];
    assert_eq!(actor.post_form(&address(mine), &named).await.status, 303);
    assert_eq!(app.count(&format!("clients where id = {secret} and company = '' and first_name = 'Secret'")), 1);
    // Nor does a cursor in the middle of somebody else's rows show them
    assert_eq!(rows(&actor.get(&format!("/clients?before={}", secret + 1)).await), [mine]);
}
