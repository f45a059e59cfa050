use crewline::domain::{BuiltInRole, PhoneKind};
use crewline::store::client_phones::{self, ClientPhone};

use super::{tab, thread};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_text_from_the_record_opens_a_conversation_and_the_next_one_goes_on_with_it,
    what_cannot_be_texted_from_a_record_is_refused_and_what_was_typed_is_kept,
);

async fn a_text_from_the_record_opens_a_conversation_and_the_next_one_goes_on_with_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[sally]);
    let phone = |kind, phone: &str, texting| ClientPhone { kind, phone: phone.to_owned(), texting };
    let phones = [phone(PhoneKind::Home, "+13035550102", false), phone(PhoneKind::Mobile, "+13035550101", true)];
    app.write(|tx| Ok(client_phones::replace(tx, maria, &phones)?));
    let sales = app.sign_in(sally).await;
    let form = sales.get(&tab(maria)).await;
    assert_eq!(form.attributes("select[name=phone] option", "value"), ["+13035550101", "+13035550102"]);
    assert_eq!(form.attributes("[name=number_id]", "value").len(), 1);

    let sent = sales.post_form(&tab(maria), &[("body", "Hello Maria")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let id = app.number_in("conversations", "max(id)");
    assert_eq!(sent.location, Some(thread(maria, id)));
    assert_eq!(app.count("conversations where phone = '+13035550101'"), 1, "the one for texting");
    assert_eq!(app.count(&format!("assignments where user_id = {sally} and reason = 'replied'")), 1);
    assert_eq!(app.count("jobs"), 1, "the text waits for its gateway");
    assert_eq!(sales.get(&format!("/conversations/{id}")).await.status, 200, "it is on their dashboard");

    let again = sales.post_form(&tab(maria), &[("phone", "+13035550101"), ("body", "Are you there?")]).await;
    assert_eq!(again.location, Some(thread(maria, id)));
    let home = sales.post_form(&tab(maria), &[("phone", "+13035550102"), ("body", "To your home")]).await;
    assert_eq!(home.status, 303);
    assert_eq!((app.count("conversations"), app.count("messages")), (2, 3));

    // A conversation that was unlinked by hand comes back with a text from the record
    app.write(|tx| Ok(crewline::store::conversations::unlink(tx, id, maria)?));
    assert_eq!(sales.get(&thread(maria, id)).await.status, 404);
    let back = sales.post_form(&tab(maria), &[("phone", "+13035550101"), ("body", "Once more")]).await;
    assert_eq!(back.location, Some(thread(maria, id)));
    assert_eq!(sales.get(&thread(maria, id)).await.status, 200);
}

async fn what_cannot_be_texted_from_a_record_is_refused_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (sally, carl) =
        (app.user("Sally Sales", BuiltInRole::SalesPerson), app.user("Carl Crew", BuiltInRole::FieldEmployee));
    let maria = app.client("Maria", "+13035550101", &[sally, carl]);
    let (sales, field) = (app.sign_in(sally).await, app.sign_in(carl).await);
    let long = "x".repeat(1601);
    let ours = app.number();
    for (phone, number, body) in [
        ("+13035550101", "1", " "),
        ("+13035550101", "1", long.as_str()),
        ("+13035550101", "99", "Hi"),
        ("+13035550199", "1", "Somebody else's phone"),
        ("nonsense", "1", "Hi"),
        ("", "1", "Hi"),
        (ours.as_str(), "1", "Hi"),
    ] {
        let form = [("phone", phone), ("number_id", number), ("body", body)];
        let refused = sales.post_form(&tab(maria), &form).await;
        assert_eq!(refused.status, 422, "{phone} {number}");
        assert_eq!(refused.texts("[role=alert]").len(), 1, "{phone} {number}");
        assert_eq!(refused.texts("h1"), ["Maria Client"]);
        assert_eq!(refused.texts("textarea")[0], body.trim(), "{phone} {number}");
    }
    assert!(field.get(&tab(maria)).await.texts("textarea").is_empty(), "who only reads has no form");
    assert_eq!(field.post_form(&tab(maria), &[("body", "Hi")]).await.status, 403);
    assert_eq!(field.post_form(&tab(maria), &[("body", " ")]).await.status, 403);
    app.text_in("+13035550101", "STOP").await;
    assert_eq!(sales.post_form(&tab(maria), &[("body", "Hi")]).await.status, 403);
    assert_eq!((app.count("messages where direction = 'out'"), app.count("assignments")), (0, 0));

    app.write(|tx| Ok(client_phones::replace(tx, maria, &[])?));
    let page = sales.get(&tab(maria)).await;
    assert!(page.text().contains("This record has no phone to text"));
    assert_eq!(sales.post_form(&tab(maria), &[("body", "Hi")]).await.status, 422);
}
