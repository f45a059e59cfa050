use serde_json::json;

use super::site::Site;
use crate::support::browser::Browser;
use crate::support::notifications::Notifications;

#[tokio::test]
async fn a_push_becomes_a_notification_and_a_click_on_it_moves_the_tab() {
    let site = Site::start();
    let person = Browser::open(&site.url).await;
    let notifications = Notifications::allow(&person).await;
    let push = json!({ "title": "Jam", "body": "Plum 😀", "tag": "jar-7", "url": "/jars?of=plum" });
    notifications.deliver(&push.to_string()).await;

    let shown = json!([{ "title": "Jam", "body": "Plum 😀", "tag": "jar-7", "data": { "url": "/jars?of=plum" } }]);
    assert_eq!(json!(notifications.shown().await), shown);
    assert_eq!(notifications.click("jar-8").await, "no notification has the tag jar-8");
    assert_eq!(notifications.click("jar-7").await, "done");
    person.arrives_at("/jars").await;
    person.sees("Here are the jars").await;
}
