use crewline::domain::{BuiltInRole, ConversationId, Permissions, SmsAccess, SmsDashboard};

use super::{address, rows};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    sending_assigns_the_sender_in_the_same_transaction_and_tells_nobody,
    a_blank_or_too_long_text_is_refused_and_what_was_typed_is_kept,
    from_a_client_record_one_may_answer_what_the_dashboard_does_not_show,
    two_who_send_at_once_are_both_assigned_and_both_texts_are_there,
);

async fn send(actor: &Actor, id: ConversationId, body: &str) -> Answered {
    actor.post_form(&format!("{}/messages", address(id)), &[("body", body)]).await
}

async fn sending_assigns_the_sender_in_the_same_transaction_and_tells_nobody(backend: Backend) {
    let app = TestApp::start(backend).await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let told = app.count("notifications");
    let owner = app.sign_in(app.owner()).await;
    let sent = send(&owner, id, "On our way").await;
    assert_eq!((sent.status, sent.location), (303, Some(address(id))));
    let mine = format!("assignments where conversation_id = {id} and user_id = {} and reason = 'replied'", app.owner());
    assert_eq!(app.count(&mine), 1);
    assert_eq!(app.count("notifications"), told, "nobody is told");
    assert_eq!(app.count("jobs"), 1, "the text waits for its gateway, before the answer");

    send(&owner, id, "Nearly there").await;
    assert_eq!(app.count(&mine), 1, "assigned once");
    assert_eq!(app.count("timeline where kind = 'assigned'"), 1);
    app.text_in("+13035550101", "Great").await;
    let of_boss = format!("notifications where user_id = {boss}");
    assert_eq!(app.count(&of_boss), 1, "only the assigned are told now");
}

async fn a_blank_or_too_long_text_is_refused_and_what_was_typed_is_kept(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let long = "é".repeat(1601);
    for body in ["", "  \r\n\t ", "\u{0}", long.as_str()] {
        let refused = send(&owner, id, body).await;
        assert_eq!(refused.status, 422, "{} characters", body.chars().count());
        assert_eq!(refused.texts("[role=alert]").len(), 1);
    }
    assert_eq!(send(&owner, id, &long).await.texts("textarea"), [long.as_str()]);
    let fields: [(&str, &str); 0] = [];
    assert!([400, 422].contains(&owner.post_form(&format!("{}/messages", address(id)), &fields).await.status));
    assert_eq!((app.count("messages where direction = 'out'"), app.count("assignments")), (0, 0));

    let longest = "é".repeat(1600);
    assert_eq!(send(&owner, id, &longest).await.status, 303);
    assert_eq!(send(&owner, id, "a\r\nb\u{0}c").await.status, 303);
    let thread = owner.get(&address(id)).await;
    assert!(thread.body.contains(&longest) && thread.body.contains("a\nbc"));
}

async fn from_a_client_record_one_may_answer_what_the_dashboard_does_not_show(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let carl = app.user("Carl Crew", BuiltInRole::FieldEmployee);
    let pat = app.user_with(
        "Pat Poster",
        Permissions {
            sms_dashboard: SmsDashboard::None,
            sms_access: SmsAccess::Create,
            ..BuiltInRole::SalesPerson.permissions()
        },
    );
    app.client("Maria", "+13035550101", &[sally, carl, pat]);
    let id = app.text_in("+13035550101", "Hi").await;
    let stranger = app.text_in("+13035550102", "Hi").await;
    let (sales, field, poster) = (app.sign_in(sally).await, app.sign_in(carl).await, app.sign_in(pat).await);
    for actor in [&sales, &field, &poster] {
        assert_eq!(actor.get(&address(id)).await.status, 404, "not on the dashboard");
        assert_eq!(send(actor, stranger, "Hi").await.status, 404);
    }
    assert_eq!(send(&field, id, "Hi").await.status, 403, "reads, but may not send");
    assert!(rows(&sales.get("/conversations").await).is_empty());
    let taken = sales.post_form(&format!("{}/assignments", address(id)), &[("user_id", &sally.to_string())]).await;
    assert_eq!(taken.status, 403, "assigning is for the dashboard");
    assert_eq!(send(&sales, id, " ").await.status, 422, "invalid input is told to who may send");

    let sent = send(&sales, id, "Hi Maria").await;
    assert_eq!((sent.status, sent.location), (303, Some(address(id))), "assigned now, so it is on the dashboard");
    assert_eq!(sales.get(&address(id)).await.status, 200);
    let sent = send(&poster, id, "Me too").await;
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/conversations")), "they still do not see it");
    assert_eq!(app.count(&format!("assignments where conversation_id = {id}")), 2);
}

async fn two_who_send_at_once_are_both_assigned_and_both_texts_are_there(backend: Backend) {
    let app = TestApp::start(backend).await;
    let boss = app.user("Bea Boss", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    let (owner, boss) = (app.sign_in(app.owner()).await, app.sign_in(boss).await);
    let sent = tokio::join!(
        send(&owner, id, "One"),
        send(&boss, id, "Two"),
        send(&owner, id, "Three"),
        send(&boss, id, "Four"),
        send(&owner, id, "Five"),
        send(&boss, id, "Six")
    );
    let statuses = [sent.0.status, sent.1.status, sent.2.status, sent.3.status, sent.4.status, sent.5.status];
    assert_eq!(statuses, [303; 6]);
    assert_eq!((app.count("messages where direction = 'out'"), app.count("assignments")), (6, 2));
    assert_eq!(app.count("timeline where kind = 'assigned'"), 2);
}
