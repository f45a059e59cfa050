use chrono::Duration;
use crewline::domain::{Assignee, Definition, Step, Trigger};

use super::{Crew, JIM, TUESDAY, named, step};
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::push_service::PushService;

for_both!(assignments_within_a_minute_share_one_notification, an_assignment_rings_only_if_its_step_says_so,);

impl Crew {
    /// Whoever writes this word is Michael's.
    fn for_michael(&self, push: bool) -> Definition {
        let (trigger, assignees) = (Trigger::Keyword { word: "roof".to_owned() }, vec![Assignee::User(self.michael)]);
        named("Roof", trigger, vec![Step { push, assignees, ..step("Hi") }])
    }
}

async fn assignments_within_a_minute_share_one_notification(backend: Backend) {
    let crew = Crew::at_work(backend).await;
    crew.automation(&crew.for_michael(false));
    for phone in [JIM, "+13035550171", "+13035550172"] {
        crew.app.text_in(phone, "roof").await;
        crew.after(Duration::seconds(10)).await;
    }
    assert_eq!(crew.assigned().len(), 3);
    let michael = crew.app.sign_in(crew.michael).await;
    let shown = michael.get("/notifications").await;
    let about = "Roof assigned you Jim Client and 2 other conversations";
    assert_eq!(shown.texts("li[data-kind=assigned]").len(), 1, "{}", shown.text());
    assert!(shown.text().contains(about), "{}", shown.text());

    crew.app.advance(Duration::seconds(60));
    crew.app.text_in("+13035550173", "roof").await;
    crew.app.drain().await;
    let shown = michael.get("/notifications").await;
    assert_eq!(shown.texts("li[data-kind=assigned]").len(), 2, "{}", shown.text());
}

async fn an_assignment_rings_only_if_its_step_says_so(backend: Backend) {
    for (push, rung) in [(false, vec![]), (true, vec!["Roof assigned you to this and 1 other conversation"])] {
        let pushes = PushService::start().await;
        let plan = TestApp::planned(backend).at(TUESDAY).with("CREWLINE_PUSH_EXTRA_ORIGINS", &pushes.origin());
        let crew = Crew::of(plan.start().await);
        let (michael, browser) = (crew.app.sign_in(crew.michael).await, pushes.subscribe("phone"));
        assert_eq!(michael.post_json("/push/subscriptions", &browser.to_json()).await.status, 201);
        crew.automation(&crew.for_michael(push));
        for phone in [JIM, "+13035550171"] {
            crew.app.text_in(phone, "roof").await;
            crew.after(Duration::seconds(4)).await;
        }
        assert!(pushes.messages_to(&browser).await.is_empty(), "the time for undoing is not over");
        crew.after(Duration::seconds(60)).await;
        let bodies: Vec<String> = pushes.messages_to(&browser).await.iter().map(body).collect();
        assert_eq!(bodies, rung);
    }
}

fn body(push: &crate::support::push_service::Received) -> String {
    push.payload["body"].as_str().unwrap_or_default().to_owned()
}
