//! STOP while much is under way: what has not left does not leave, and START brings the phone back.

use crewline::domain::{DeliveryStatus, Direction, MessageId, NumberId, PhoneNumber, SmsText};
use crewline::gateway::Accepted;
use crewline::services::outgoing::{self, Turn};
use crewline::services::{self, NewText};
use crewline::store::{messages, users};

use super::address;
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    nothing_of_five_hundred_waiting_texts_leaves_after_stop,
    a_stop_between_two_texts_lets_the_first_go_and_holds_the_second,
    a_text_that_certainly_did_not_leave_before_the_stop_is_not_tried_again,
);

const CLIENT: &str = "+13035550101";

/// Queues a text of the Owner from this number of ours.
fn queue(app: &TestApp, number_id: NumberId, body: &str) -> MessageId {
    let (owner, now) = (app.owner(), app.now());
    let to = PhoneNumber::parse(CLIENT, "").expect("a phone");
    let text = SmsText::parse(body).expect("a text");
    app.write(|tx| {
        let sender = users::find(tx, owner)?.expect("they are here");
        services::start_conversation(tx, &sender, &NewText { to: &to, number_id, text: &text }, now)
    });
    app.number_in("messages", "max(id)")
}

async fn nothing_of_five_hundred_waiting_texts_leaves_after_stop(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let other = app.text_in_to("+13035559999", CLIENT, "And here").await;
    let numbers = app.numbers("select number_id as number from conversations order by id");
    for text in 0..500 {
        queue(&app, numbers[text % 2], &format!("Text {text}"));
    }
    let bystander = app.text_in("+13035550102", "Hello").await;
    let owner = app.sign_in(app.owner()).await;
    owner.post_form(&format!("{}/messages", address(bystander)), &[("body", "Somebody else")]).await;
    assert_eq!(app.count("messages where status = 'waiting'"), 501);

    app.text_in(CLIENT, "Stop.").await;
    assert_eq!(app.count("messages where status = 'blocked'"), 500, "over both numbers, with the STOP");
    app.drain().await;
    assert_eq!(app.count("messages where status = 'blocked'"), 500);
    assert_eq!(app.count("messages where provider_message_id is not null and direction = 'out'"), 1, "the bystander's");
    assert_eq!(app.count("jobs"), 0);
    for place in [id, other] {
        let thread = owner.get(&address(place)).await;
        assert_eq!(thread.attributes("textarea[disabled]", "aria-label"), ["Message"]);
        assert!(thread.texts("article[data-status=blocked]")[0].contains("They opted out."), "{}", thread.text());
    }

    app.text_in(CLIENT, "START").await;
    assert_eq!(app.drain().await, 0, "what was blocked does not leave late");
    let sent = owner.post_form(&format!("{}/messages", address(other)), &[("body", "Welcome back")]).await;
    assert_eq!(sent.status, 303);
    app.drain().await;
    assert_eq!(app.count("messages where provider_message_id is not null and direction = 'out'"), 2);
    assert_eq!(app.count("messages where status = 'blocked'"), 500);
}

async fn a_stop_between_two_texts_lets_the_first_go_and_holds_the_second(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.text_in(CLIENT, "Hi").await;
    let number = app.number_in("conversations", "min(number_id)");
    let (first, second) = (queue(&app, number, "First"), queue(&app, number, "Second"));
    let now = app.now();
    assert!(
        matches!(app.write(|tx| outgoing::take_turn(tx, first, now)), Turn::Send { .. }),
        "it is with the gateway now"
    );
    app.text_in(CLIENT, "STOP").await;
    assert!(matches!(app.write(|tx| outgoing::take_turn(tx, second, now)), Turn::Nothing));
    let accepted = Accepted { provider_message_id: "SM1".to_owned(), status: DeliveryStatus::Sent };
    assert!(app.write(|tx| outgoing::accepted(tx, first, &accepted, now)));
    app.drain().await;
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&address(id)).await;
    assert_eq!(thread.attributes("article[data-direction=out]", "data-status"), ["sent", "blocked"]);
    let text = app.read(|c| messages::find(c, second)).expect("it is kept");
    assert_eq!((text.direction, text.provider_message_id), (Direction::Out, None));
}

async fn a_text_that_certainly_did_not_leave_before_the_stop_is_not_tried_again(backend: Backend) {
    let app = TestApp::start(backend).await;
    app.text_in(CLIENT, "Hi").await;
    let text = queue(&app, app.number_in("conversations", "min(number_id)"), "Too late");
    let now = app.now();
    assert!(matches!(app.write(|tx| outgoing::take_turn(tx, text, now)), Turn::Send { .. }));
    app.text_in(CLIENT, "STOP").await;
    app.write(|tx| outgoing::not_sent(tx, text));
    assert_eq!(app.count("messages where status = 'waiting'"), 1, "the gateway did not get it");
    assert_eq!(app.drain().await, 1, "its job comes back");
    assert_eq!(app.count("messages where status = 'blocked'"), 1);
}
