use crewline::domain::BuiltInRole;

use super::{Bell, CLIENT, word};
use crate::support::app::{Backend, for_both};

for_both!(a_push_shows_as_much_as_the_company_wants_and_the_app_still_shows_everything);

async fn a_push_shows_as_much_as_the_company_wants_and_the_app_still_shows_everything(backend: Backend) {
    let bell = Bell::hung(backend).await;
    bell.app.client("Maria", CLIENT, &[]);
    let (owner, phone) = bell.device_of(bell.app.owner(), "phone").await;
    let shown = [
        ("full", "Maria Client", "The roof leaks: full"),
        ("name", "Maria Client", "Sent you a text"),
        ("none", "New text", "Open Crewline to read it"),
    ];
    for (privacy, ..) in shown {
        let answer = owner.post_form("/settings/company", &[("notification_privacy", privacy)]).await;
        assert_eq!(answer.status, 303, "{privacy}");
        bell.app.text_in(CLIENT, &format!("The roof leaks: {privacy}")).await;
        bell.app.drain().await;
    }
    let rung = bell.rung(&phone).await;
    assert_eq!(rung.len(), 3);
    for (push, (privacy, title, body)) in rung.iter().zip(shown) {
        assert_eq!((word(&push.payload, "title"), word(&push.payload, "body")), (title, body), "{privacy}");
    }
    let list = owner.get("/notifications").await.text();
    for (privacy, ..) in shown {
        assert!(list.contains(&format!("The roof leaks: {privacy}")), "{privacy}");
    }

    // An assignment names the client too
    let dana = bell.app.sign_in(bell.app.user("Dana Other", BuiltInRole::BusinessManager)).await;
    let id = bell.app.number_in("conversations", "id");
    let field = [("user_id", bell.app.owner().to_string())];
    let fields = [("user_id", field[0].1.as_str())];
    assert_eq!(dana.post_form(&format!("/conversations/{id}/assignments"), &fields).await.status, 303);
    bell.app.advance(chrono::Duration::seconds(11));
    let rung = bell.rung(&phone).await;
    assert_eq!(word(&rung[3].payload, "title"), "New assignment");
    assert!(!rung[3].payload.to_string().contains("Maria") && !rung[3].payload.to_string().contains("Dana"));
}
