use chrono::Duration;
use crewline::domain::{BuiltInRole, ConversationId, UserId};
use serde_json::json;

use super::{Bell, CLIENT, CLIENT_SHOWN};
use crate::support::actor::Actor;
use crate::support::app::{Backend, for_both};
use crate::support::push_service::FakeBrowser;

for_both!(
    who_is_assigned_by_somebody_else_sees_it_at_once_and_rings_after_ten_seconds,
    an_assignment_that_is_gone_within_ten_seconds_does_not_ring,
    who_is_assigned_once_more_rings_once_and_ten_seconds_after_that,
    who_assigns_themselves_does_not_ring,
);

/// An Owner, a sales person with a device, and a conversation of nobody.
struct Desk {
    bell: Bell,
    owner: Actor,
    sales: UserId,
    sally: Actor,
    phone: FakeBrowser,
    conversation: ConversationId,
}

impl Desk {
    async fn set(backend: Backend) -> Desk {
        let bell = Bell::hung(backend).await;
        let sales = bell.app.user("Sally Sales", BuiltInRole::SalesPerson);
        let (sally, phone) = bell.device_of(sales, "sallys").await;
        let owner = bell.app.sign_in(bell.app.owner()).await;
        let conversation = bell.app.text_in(CLIENT, "Hello").await;
        assert!(bell.rung(&phone).await.is_empty());
        Desk { bell, owner, sales, sally, phone, conversation }
    }

    async fn assign(&self) {
        let (path, user) = (format!("/conversations/{}/assignments", self.conversation), self.sales.to_string());
        assert_eq!(self.owner.post_form(&path, &[("user_id", &user)]).await.status, 303);
    }

    async fn remove(&self) {
        let path = format!("/conversations/{}/assignments/{}/removal", self.conversation, self.sales);
        assert_eq!(self.owner.post(&path).await.status, 303);
    }

    /// How often the phone has rung after so many more seconds.
    async fn rung_after(&self, seconds: i64) -> usize {
        self.bell.app.advance(Duration::seconds(seconds));
        self.bell.rung(&self.phone).await.len()
    }
}

async fn who_is_assigned_by_somebody_else_sees_it_at_once_and_rings_after_ten_seconds(backend: Backend) {
    let desk = Desk::set(backend).await;
    desk.assign().await;
    let listed = desk.sally.get("/notifications").await;
    let about = listed.attributes("li[data-kind=assigned]", "data-conversation-id");
    assert_eq!(about, [desk.conversation.to_string()]);
    assert_eq!(desk.rung_after(0).await, 0);
    assert_eq!(desk.rung_after(9).await, 0);
    assert_eq!(desk.rung_after(1).await, 1);

    let rung = desk.bell.rung(&desk.phone).await;
    let expected = json!({
        "kind": "assigned",
        "title": CLIENT_SHOWN,
        "body": "Olivia Owner assigned you to this conversation",
        "url": format!("/conversations/{}", desk.conversation),
        "tag": format!("conversation-{}", desk.conversation),
    });
    assert_eq!(rung[0].payload, expected);
    assert_eq!(desk.rung_after(60).await, 1, "and then not again");
}

async fn an_assignment_that_is_gone_within_ten_seconds_does_not_ring(backend: Backend) {
    let desk = Desk::set(backend).await;
    desk.assign().await;
    assert_eq!(desk.rung_after(9).await, 0);
    desk.remove().await;
    assert_eq!(desk.rung_after(60).await, 0);
    assert_eq!(desk.sally.get(&format!("/conversations/{}", desk.conversation)).await.status, 404);
}

async fn who_is_assigned_once_more_rings_once_and_ten_seconds_after_that(backend: Backend) {
    let desk = Desk::set(backend).await;
    desk.assign().await;
    assert_eq!(desk.rung_after(4).await, 0);
    desk.remove().await;
    assert_eq!(desk.rung_after(4).await, 0);
    desk.assign().await;
    assert_eq!(desk.rung_after(3).await, 0, "the first assignment was withdrawn, and the second is not due");
    assert_eq!(desk.rung_after(7).await, 1);
    assert_eq!(desk.rung_after(60).await, 1);
}

async fn who_assigns_themselves_does_not_ring(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (owner, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let id = bell.app.text_in(CLIENT, "Hello").await;
    assert_eq!(bell.bodies(&phone).await, ["Hello"]);
    let me = bell.app.owner().to_string();
    let assigned = owner.post_form(&format!("/conversations/{id}/assignments"), &[("user_id", &me)]).await;
    assert_eq!(assigned.status, 303);
    let sent = owner.post_form(&format!("/conversations/{id}/messages"), &[("body", "On our way")]).await;
    assert_eq!(sent.status, 303);

    bell.app.advance(Duration::minutes(1));
    assert_eq!(bell.bodies(&phone).await, ["Hello"]);
    let listed = owner.get("/notifications").await;
    assert_eq!(listed.attributes("li[data-notification-id]", "data-kind"), ["inbound"]);
}
