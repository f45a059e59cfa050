//! A client texts in, the right people learn of it, one is asked to answer and does, and is released again.

use crewline::domain::BuiltInRole;

use super::person::Person;
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::browser::Look;
use crate::support::eventually;

const CLIENT: &str = "(303) 555-0147";
const RED_CROSS: &str =
    "const cross = [...arguments[0].querySelectorAll('use')].find((u) => u.href.baseVal.endsWith('#x'));
    if (!cross?.checkVisibility({ opacityProperty: true })) return false;
    const [red, green, blue] = getComputedStyle(cross.closest('span')).backgroundColor.match(/\\d+/g);
    return red > 150 && green < 120 && blue < 120";

for_both!(a_text_is_answered_by_whom_the_owner_asks_and_every_page_tells_it_by_itself);
for_both!(the_same_goes_without_scripts_by_loading_pages_again);

async fn a_text_is_answered_by_whom_the_owner_asks_and_every_page_tells_it_by_itself(backend: Backend) {
    journey(backend, Look::DESK).await;
}

async fn the_same_goes_without_scripts_by_loading_pages_again(backend: Backend) {
    journey(backend, Look::DESK.without_scripts()).await;
}

async fn journey(backend: Backend, look: Look) {
    let app = TestApp::planned(backend).working().start().await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let (owner, sales, client) = tokio::join!(
        Person::at(&app, app.owner(), look),
        Person::at(&app, michael, look),
        Person::at(&app, app.owner(), look),
    );
    owner.sees("No conversations yet").await;
    sales.sees("Nothing is assigned to you").await;
    owner.sees_no("link", "Notifications 1").await;

    // The client writes: the owner is told, because nobody is assigned
    client.goes_to("/simulator").await;
    client.fill("The client's phone", CLIENT).await;
    client.fill("Text", "Is the roof done? 😀").await;
    client.click_button("Send as the client").await;
    client.sees("Is the roof done? 😀").await;
    owner.learns_of_the_link(CLIENT).await;
    owner.learns_of_the_link("Notifications 1 unread").await;
    sales.sees("Nothing is assigned to you").await;

    // The owner asks Michael to answer
    owner.click_link(CLIENT).await;
    owner.sees_a("field", "Message").await;
    let thread = owner.path().await;
    assert_eq!(owner.attributes("article[data-message-id]", "data-direction").await, ["in"]);
    owner.click_button("Assign someone").await;
    owner.click_button("Michael Scott").await;
    owner.sees_a("button", "Remove Michael Scott").await;
    assert_eq!(owner.path().await, thread);
    sales.learns_of_the_link(CLIENT).await;
    sales.learns_of_the_link("Notifications 1 unread").await;
    sales.click_link("Notifications").await;
    sales.sees("Olivia Owner assigned you (303) 555-0147").await;
    assert_eq!(sales.attributes("li[data-notification-id]", "data-kind").await, ["assigned"]);

    // Michael answers
    sales.goes_to("/conversations").await;
    sales.click_link(CLIENT).await;
    sales.sees("Is the roof done? 😀").await;
    sales.fill("Message", "Tomorrow at nine ☀️").await;
    sales.click_button("Send").await;
    sales.sees_a("button", "Remove Michael Scott").await;
    sales.learns("Tomorrow at nine ☀️").await;
    eventually("an empty box", async || sales.value_of("Message").await.is_empty().then_some(())).await;
    client.learns("Tomorrow at nine ☀️").await;
    owner.learns("Tomorrow at nine ☀️").await;
    owner.learns_of_the_button("Remove Michael Scott").await;
    owner.learns("Delivered").await;
    assert_eq!(owner.attributes("article[data-message-id]", "data-direction").await, ["in", "out"]);

    // The owner releases him: the red × shows where the pointer rests
    assert!(!shows_the_cross(&owner).await, "the × is there before anybody points at the chip");
    owner.hover_button("Remove Michael Scott").await;
    eventually("the red ×", async || shows_the_cross(&owner).await.then_some(())).await;
    owner.click_button("Remove Michael Scott").await;
    owner.sees("Nobody yet").await;
    assert_eq!(owner.path().await, thread);
    if look.scripts {
        // The open thread gives way to the list, which is empty
        sales.learns("Nothing is assigned to you").await;
        sales.learns("No conversation open").await;
        sales.learns_of_the_link("Notifications 1 unread").await;
    } else {
        sales.learns("There is nothing at this address").await;
        sales.goes_to("/conversations").await;
        sales.sees("Nothing is assigned to you").await;
    }
    sales.sees_no("link", CLIENT).await;
    sales.goes_to("/notifications").await;
    sales.sees("Removed by Olivia Owner").await;
    sales.does_not_see("Is the roof done?").await;
    sales.does_not_see(CLIENT).await;
}

async fn shows_the_cross(owner: &Person) -> bool {
    let chip = owner.find("button", "Remove Michael Scott").await.expect("a page").expect("the chip is there");
    let seen = owner.driver.execute(RED_CROSS, vec![chip.to_json().expect("an element")]).await;
    seen.is_ok_and(|seen| seen.json() == true)
}
