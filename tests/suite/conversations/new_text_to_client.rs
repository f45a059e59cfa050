use crewline::domain::BuiltInRole;

use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_client_is_addressed_by_name_and_of_several_one_is_chosen,
    only_clients_whose_record_is_open_to_the_sender_are_meant,
);

async fn a_client_is_addressed_by_name_and_of_several_one_is_chosen(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.client("Maria", "+13035550101", &[]);
    let (first, second) = (app.client("Ann", "+13035550102", &[]), app.client("Ann", "+13035550103", &[]));
    let owner = app.sign_in(app.owner()).await;
    let sent = owner.post_form("/conversations", &[("to", " maria client "), ("body", "Hello")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(app.count("conversations where phone = '+13035550101'"), 1);

    let which = owner.post_form("/conversations", &[("to", "Ann Client"), ("body", "Hi Ann")]).await;
    assert_eq!(which.status, 422);
    assert_eq!(which.texts("[role=alert]"), ["Choose whom you mean."]);
    assert_eq!(which.attributes("input[name=client_id]", "value"), [first.to_string(), second.to_string()]);
    assert_eq!(which.attributes("input[name=to]", "value"), ["Ann Client"]);
    assert_eq!(which.texts("textarea"), ["Hi Ann"]);
    let chosen = [("to", "Ann Client"), ("client_id", &second.to_string()), ("body", "Hi Ann")];
    assert_eq!(owner.post_form("/conversations", &chosen).await.status, 303);
    assert_eq!(app.count("conversations where phone = '+13035550103'"), 1);

    // What is only the beginning of a name asks, and never guesses
    let begun = owner.post_form("/conversations", &[("to", "Mari"), ("body", "Hi")]).await;
    assert_eq!((begun.status, begun.attributes("input[name=client_id]", "value").len()), (422, 1));
    let nobody = owner.post_form("/conversations", &[("to", "Zorro"), ("body", "Hi")]).await;
    assert_eq!(nobody.texts("[role=alert]"), ["No client of that name has a phone. Enter the phone."]);
    let offered = owner.get("/conversations/new?to=mari").await;
    assert_eq!(offered.attributes("datalist option", "value"), ["(303) 555-0101"]);
}

async fn only_clients_whose_record_is_open_to_the_sender_are_meant(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.client("Maria", "+13035550101", &[sally]);
    let secret = app.client("Secret", "+13035550102", &[]);
    let sales = app.sign_in(sally).await;
    let form = |to: &'static str| [("to", to), ("body", "Hi")];
    assert_eq!(sales.post_form("/conversations", &form("Maria Client")).await.status, 303);
    let refused = sales.post_form("/conversations", &form("Secret Client")).await;
    assert_eq!((refused.status, refused.attributes("input[name=client_id]", "value").len()), (422, 0));
    let claimed = [("to", "Client"), ("client_id", &secret.to_string()), ("body", "Hi")];
    assert_eq!(sales.post_form("/conversations", &claimed).await.status, 422);
    assert!(sales.get("/conversations/new?to=client").await.attributes("datalist option", "value").len() == 1);
    assert_eq!(app.count("conversations"), 1);
}
