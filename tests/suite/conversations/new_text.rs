use crewline::domain::BuiltInRole;

use super::{address, rows};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_new_text_opens_a_conversation_and_the_next_one_goes_on_with_it,
    what_cannot_be_texted_is_refused_and_what_was_typed_is_kept,
);

async fn a_new_text_opens_a_conversation_and_the_next_one_goes_on_with_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550101", &[]);
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let sales = app.sign_in(sally).await;
    let form = sales.get("/conversations/new").await;
    assert_eq!(form.status, 200);
    let number = form.attributes("[name=number_id]", "value").pop().expect("our number");
    let text =
        |to: &str, body: &str| vec![("to", to.to_owned()), ("number_id", number.clone()), ("body", body.to_owned())];

    let fields = text("(303) 555-0101", "Hello Maria");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let opened = sales.post_form("/conversations", &fields).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let id = rows(&sales.get("/conversations").await)[0];
    assert_eq!(opened.location, Some(address(id)));
    assert!(sales.get(&address(id)).await.text().contains("Maria Client"), "linked to who has this phone");
    assert_eq!(app.count(&format!("assignments where user_id = {sally} and reason = 'replied'")), 1);

    let again = sales.post_form("/conversations", &[("to", "+1 303-555-0101"), ("body", "Are you there?")]).await;
    assert_eq!(again.location, Some(address(id)));
    assert_eq!(app.text_in("+13035550101", "Yes").await, id);
    assert_eq!((app.count("conversations"), app.count("messages")), (1, 3));
}

async fn what_cannot_be_texted_is_refused_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let long = "x".repeat(1601);
    let ours = app.number();
    for (to, number, body) in [
        ("", "1", "Hi"),
        ("12", "1", "Hi"),
        ("not a phone", "1", "Hi"),
        ("+13035550101", "1", " "),
        ("+13035550101", "1", long.as_str()),
        ("+13035550101", "99", "Hi"),
        (ours.as_str(), "1", "Hi"),
    ] {
        let refused = owner.post_form("/conversations", &[("to", to), ("number_id", number), ("body", body)]).await;
        assert_eq!(refused.status, 422, "{to} {number}");
        assert_eq!(refused.texts("[role=alert]").len(), 1);
        assert_eq!(refused.attributes("input[name=to]", "value"), [to]);
        assert_eq!(refused.texts("textarea")[0], body.trim(), "{to}");
    }
    assert_eq!((app.count("conversations"), app.count("messages")), (0, 0));

    let carl = app.sign_in(app.user("Carl Crew", BuiltInRole::FieldEmployee)).await;
    assert_eq!(carl.post_form("/conversations", &[("to", "+13035550101"), ("body", "Hi")]).await.status, 404);
    assert_eq!(carl.get("/conversations/new").await.status, 404);

    app.text_in("+13035550103", "STOP").await;
    let stopped = owner.post_form("/conversations", &[("to", "+13035550103"), ("body", "Hi")]).await;
    assert_eq!(stopped.status, 403);
}
