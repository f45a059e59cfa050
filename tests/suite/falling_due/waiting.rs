use chrono::{Duration, NaiveDateTime};
use crewline::domain::ConversationId;
use crewline::store::automation_facts;

use super::{KAREN, at_noon};
use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(
    the_client_waits_from_the_first_text_on_that_nobody_answered,
    we_wait_from_our_last_text_on,
    orders_to_the_carrier_are_neither_question_nor_answer,
    nobody_waits_where_the_phone_is_blocked,
);

/// Since when the client waits, and since when we do.
fn waiting(app: &TestApp, id: ConversationId) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let waiting = app.read(|c| automation_facts::waiting(c, id)).expect("it is there");
    (waiting.client_waits_since, waiting.we_wait_since)
}

async fn answer(actor: &Actor, id: ConversationId) {
    let answer = actor.post_form(&format!("/conversations/{id}/messages"), &[("body", "On our way")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

async fn the_client_waits_from_the_first_text_on_that_nobody_answered(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let first = app.now();
    let id = app.text_in(KAREN, "Is the roof done?").await;
    assert_eq!(waiting(&app, id), (Some(first), None));
    app.advance(Duration::minutes(5));
    app.text_in(KAREN, "Hello?").await;
    assert_eq!(waiting(&app, id), (Some(first), None), "they wait since the first one");
    answer(&owner, id).await;
    assert_eq!(waiting(&app, id), (None, Some(app.now())));
    app.advance(Duration::minutes(5));
    app.text_in(KAREN, "Thanks").await;
    assert_eq!(waiting(&app, id), (Some(app.now()), None));
}

async fn we_wait_from_our_last_text_on(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let number = app.number_in("numbers", "min(id)").to_string();
    let new = [("to", KAREN), ("number_id", number.as_str()), ("body", "Your roof is done")];
    assert_eq!(owner.post_form("/conversations", &new).await.status, 303);
    let id = app.number_in("conversations", "id");
    assert_eq!(waiting(&app, id), (None, Some(app.now())));
    app.advance(Duration::hours(1));
    answer(&owner, id).await;
    assert_eq!(waiting(&app, id), (None, Some(app.now())));
}

async fn orders_to_the_carrier_are_neither_question_nor_answer(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(KAREN, "HELP").await;
    assert_eq!(waiting(&app, id), (None, None));
    answer(&owner, id).await;
    let asked = app.now();
    app.advance(Duration::minutes(5));
    for order in ["STOP", "START", "INFO"] {
        app.text_in(KAREN, order).await;
        assert_eq!(waiting(&app, id), (None, Some(asked)), "{order}");
    }
    app.text_in(KAREN, "Stop by at nine").await;
    assert_eq!(waiting(&app, id), (Some(app.now()), None), "that is no order");
}

async fn nobody_waits_where_the_phone_is_blocked(backend: Backend) {
    let app = at_noon(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in(KAREN, "Win a prize").await;
    assert!(waiting(&app, id).0.is_some());
    assert_eq!(owner.post(&format!("/conversations/{id}/block")).await.status, 303);
    assert_eq!(waiting(&app, id), (None, None));
    app.text_in(KAREN, "Win two prizes").await;
    assert_eq!(waiting(&app, id), (None, None));
    assert_eq!(owner.post(&format!("/conversations/{id}/block/removal")).await.status, 303);
    assert_eq!(waiting(&app, id), (None, None), "what came meanwhile is no question");
    app.text_in(KAREN, "It is Karen").await;
    assert_eq!(waiting(&app, id), (Some(app.now()), None));
}
