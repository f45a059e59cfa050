use crewline::domain::{BuiltInRole, SmsDashboard};
use crewline::store::{assignments, jobs};
use serde_json::json;

use super::{Bell, CLIENT, CLIENT_SHOWN, word};
use crate::support::app::{Backend, for_both};

for_both!(
    a_text_rings_each_device_of_each_person_of_the_audience_once_and_no_other,
    once_somebody_is_assigned_only_they_ring,
    what_one_may_no_longer_see_does_not_ring_although_it_was_queued,
    a_text_too_long_for_a_push_rings_with_its_beginning,
);

async fn a_text_rings_each_device_of_each_person_of_the_audience_once_and_no_other(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let manager = bell.app.user("Mia Manager", BuiltInRole::BusinessManager);
    let sales = bell.app.user("Sally Sales", BuiltInRole::SalesPerson);
    let field = bell.app.user("Fay Field", BuiltInRole::FieldEmployee);
    let (_, owners_phone) = bell.device_of(bell.app.owner(), "owners-phone").await;
    let (_, owners_laptop) = bell.device_of(bell.app.owner(), "owners-laptop").await;
    let (_, managers_phone) = bell.device_of(manager, "managers-phone").await;
    let (_, managers_laptop) = bell.device_of(manager, "managers-laptop").await;
    let (_, sales_phone) = bell.device_of(sales, "sales-phone").await;
    let (_, field_phone) = bell.device_of(field, "field-phone").await;

    let id = bell.app.text_in(CLIENT, "Is the roof done? 😀").await;
    for device in [&owners_phone, &owners_laptop, &managers_phone, &managers_laptop] {
        let rung = bell.rung(device).await;
        assert_eq!(rung.len(), 1, "{}", device.device);
        let expected = json!({
            "kind": "inbound",
            "title": CLIENT_SHOWN,
            "body": "Is the roof done? 😀",
            "url": format!("/conversations/{id}"),
            "tag": format!("conversation-{id}"),
        });
        assert_eq!(rung[0].payload, expected);
        assert_eq!(rung[0].vapid["aud"], bell.pushes.origin());
        assert_eq!(rung[0].vapid["sub"], "mailto:owner@crew.example");
        assert_eq!(rung[0].headers["ttl"], "43200", "twelve hours");
        assert_eq!(rung[0].headers["urgency"], "high");
        assert_eq!(rung[0].headers["content-encoding"], "aes128gcm");
    }
    assert!(bell.rung(&sales_phone).await.is_empty(), "not assigned, and sees assigned conversations only");
    assert!(bell.rung(&field_phone).await.is_empty(), "has no access");
    assert_eq!(bell.pushes.requests().await.len(), 4);
    assert_eq!(bell.app.drain().await, 0, "nothing is left to be done");
}

async fn once_somebody_is_assigned_only_they_ring(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let sales = bell.app.user("Sally Sales", BuiltInRole::SalesPerson);
    let field = bell.app.user("Fay Field", BuiltInRole::FieldEmployee);
    let (_, owners) = bell.device_of(bell.app.owner(), "owners").await;
    let (_, sallys) = bell.device_of(sales, "sallys").await;
    let (_, fays) = bell.device_of(field, "fays").await;
    let id = bell.app.text_in(CLIENT, "first").await;
    assert_eq!(bell.bodies(&owners).await, ["first"]);
    assert!(bell.bodies(&sallys).await.is_empty());

    bell.app.assign(id, field);
    bell.app.text_in(CLIENT, "Fay cannot be told").await;
    assert_eq!(bell.bodies(&owners).await, ["first", "Fay cannot be told"]);

    bell.app.assign(id, sales);
    bell.app.text_in(CLIENT, "for Sally").await;
    assert_eq!(bell.bodies(&sallys).await, ["for Sally"]);
    assert_eq!(bell.bodies(&owners).await, ["first", "Fay cannot be told"]);
    assert!(bell.bodies(&fays).await.is_empty());
}

async fn what_one_may_no_longer_see_does_not_ring_although_it_was_queued(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let all = BuiltInRole::BusinessManager.permissions();
    let demoted = bell.app.user_with("Demi Demoted", all);
    let dismissed = bell.app.user_with("Dan Dismissed", all);
    let removed = bell.app.user("Remy Removed", BuiltInRole::SalesPerson);
    let (_, demis) = bell.device_of(demoted, "demis").await;
    let (_, dans) = bell.device_of(dismissed, "dans").await;
    let (_, remys) = bell.device_of(removed, "remys").await;
    let id = bell.app.text_in(CLIENT, "before").await;
    assert_eq!(bell.bodies(&demis).await, ["before"]);
    assert_eq!(bell.bodies(&dans).await, ["before"]);
    for user in [demoted, dismissed, removed] {
        bell.app.assign(id, user);
    }

    bell.app.text_in(CLIENT, "queued").await;
    assert_eq!(bell.app.read(jobs::waiting).len(), 3, "a push for each of them waits");
    bell.app.set_permissions(demoted, crewline::domain::Permissions { sms_dashboard: SmsDashboard::None, ..all });
    bell.app.set_active(dismissed, false);
    assert!(bell.app.write(|tx| Ok(assignments::delete(tx, id, removed)?)));
    assert_eq!(bell.bodies(&demis).await, ["before"]);
    assert_eq!(bell.bodies(&dans).await, ["before"]);
    assert!(bell.bodies(&remys).await.is_empty());
    assert!(bell.app.read(jobs::waiting).is_empty(), "and none of them waits any more");
}

async fn a_text_too_long_for_a_push_rings_with_its_beginning(backend: Backend) {
    let bell = Bell::hung(backend).await;
    let (_, phone) = bell.device_of(bell.app.owner(), "phone").await;
    bell.app.text_in(CLIENT, &"😀".repeat(1_600)).await;
    let rung = bell.rung(&phone).await;
    let body = word(&rung[0].payload, "body");
    assert!(body.starts_with("😀😀😀") && body.ends_with("😀…"), "{body}");
    assert!(body.len() > 2_500, "as much as fits: {} bytes", body.len());
}
