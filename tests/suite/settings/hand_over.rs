use crewline::domain::BuiltInRole::{FieldEmployee, ProjectManager, SalesPerson};
use crewline::domain::{ConversationId, UserId};
use crewline::services::hand_over::{self, Step};

use super::{app_that_rings, page_of};
use crate::support::app::{Actor, Backend, TestApp, for_both};
use crate::support::push_service::{FakeBrowser, PushService};
use crate::support::rows;

/// More than two steps.
const CONVERSATIONS: usize = 120;

for_both!(
    left_alone_everything_stays_with_who_was_deactivated,
    removed_nobody_is_responsible_and_every_thread_says_so,
    handed_over_somebody_else_has_everything_and_is_told_once,
    what_the_other_one_has_already_is_not_given_twice,
    only_somebody_who_can_be_told_gets_it,
    who_comes_back_keeps_what_was_not_handed_over_yet,
    it_stops_when_the_other_one_cannot_be_told_any_more,
    thousands_go_in_many_small_steps_while_others_work,
);

/// Somebody who holds much, and somebody who may get it.
struct Office {
    app: TestApp,
    pushes: PushService,
    owner: Actor,
    eve: UserId,
    paul: UserId,
    conversations: Vec<ConversationId>,
}

impl Office {
    async fn with(backend: Backend, count: usize) -> Office {
        let (app, pushes) = app_that_rings(backend).await;
        let (eve, paul) = (app.user("Eve Leaving", SalesPerson), app.user("Paul Staying", ProjectManager));
        let mut conversations = Vec::new();
        for number in 0..count {
            let phone = format!("+1303555{number:04}");
            app.client("Karen", &phone, &[eve]);
            app.advance(chrono::Duration::seconds(1));
            let id = app.text_in(&phone, "Is the roof done?").await;
            app.assign(id, eve);
            conversations.push(id);
        }
        let owner = app.sign_in(app.owner()).await;
        Office { owner, app, pushes, eve, paul, conversations }
    }

    async fn deactivate(&self, hand_over: &[(&str, &str)]) -> u16 {
        let fields: Vec<_> = [("active", "no")].into_iter().chain(hand_over.iter().copied()).collect();
        self.owner.post_form(&page_of(self.eve), &fields).await.status
    }

    async fn device_of_paul(&self) -> FakeBrowser {
        let phone = self.pushes.subscribe("phone");
        let paul = self.app.sign_in(self.paul).await;
        assert_eq!(paul.post_json("/push/subscriptions", &phone.to_json()).await.status, 201);
        phone
    }

    /// Assignments and positions of somebody.
    fn held(&self, user: UserId) -> (i64, i64) {
        let held = |table| self.app.count(&format!("{table} where user_id = {user}"));
        (held("assignments"), held("client_positions"))
    }

    fn step(&self) -> Step {
        let (now, id) = (self.app.now(), self.app.number_in("hand_overs", "id"));
        self.app.write(|tx| hand_over::step(tx, id, now))
    }

    /// The history of every record says this of its position.
    fn tells(&self, what: &str) {
        let by = self.app.owner();
        let line = format!("client_activity where kind = 'position' and actor_user_id = {by} and detail = '{what}'");
        assert_eq!(self.app.count(&line), CONVERSATIONS as i64, "{what}");
        assert_eq!(self.app.count("client_activity"), CONVERSATIONS as i64, "once each");
    }

    async fn page(&self) -> String {
        self.owner.get(&page_of(self.eve)).await.text()
    }
}

async fn left_alone_everything_stays_with_who_was_deactivated(backend: Backend) {
    let office = Office::with(backend, 3).await;
    assert!(office.page().await.contains("Conversations assigned 3"));
    assert_eq!(office.deactivate(&[]).await, 303);
    office.app.drain().await;
    assert_eq!(office.held(office.eve), (3, 3));
    assert_eq!(office.deactivate(&[("hand_over", "leave"), ("hand_over_to", "")]).await, 303, "as the form sends it");
    assert_eq!(office.held(office.eve), (3, 3));
    assert!(office.page().await.contains("Do this now"), "it can still be handed over later");
    assert_eq!(office.deactivate(&[("hand_over", "remove")]).await, 303);
    office.app.drain().await;
    assert_eq!(office.held(office.eve), (0, 0));
}

async fn removed_nobody_is_responsible_and_every_thread_says_so(backend: Backend) {
    let office = Office::with(backend, CONVERSATIONS).await;
    assert_eq!(office.app.count("conversations where unassigned"), 0);
    assert_eq!(office.deactivate(&[("hand_over", "remove")]).await, 303);
    assert_eq!(office.held(office.eve).0, CONVERSATIONS as i64, "nobody waits for it");
    assert!(office.page().await.contains("Being removed"), "{}", office.page().await);
    office.app.drain().await;
    assert_eq!(office.held(office.eve), (0, 0));
    assert_eq!(office.app.count("conversations where unassigned"), CONVERSATIONS as i64);
    office.tells("Sales Person: Eve Leaving → nobody");
    let (eve, owner) = (office.eve, office.app.owner());
    let lines = format!("timeline where kind = 'unassigned' and subject_user_id = {eve} and actor_user_id = {owner}");
    assert_eq!(office.app.count(&lines), CONVERSATIONS as i64);
    assert_eq!(office.app.count(&format!("unreads where user_id = {eve}")), 0);
    assert_eq!(office.app.count(&format!("notifications where user_id = {eve} and kind = 'removed'")), 0);
    assert!(office.page().await.contains("Removed: 120 conversations and 120 positions."), "{}", office.page().await);
    assert_eq!(office.app.count("audit_log where action = 'user.handed_over'"), 1);
    assert_eq!(office.app.count("jobs where kind = 'hand_over'"), 0);
}

async fn handed_over_somebody_else_has_everything_and_is_told_once(backend: Backend) {
    let office = Office::with(backend, CONVERSATIONS).await;
    let phone = office.device_of_paul().await;
    let paul = office.paul.to_string();
    office.app.drain().await;
    assert_eq!(office.deactivate(&[("hand_over", "to"), ("hand_over_to", &paul)]).await, 303);
    assert_eq!(office.step(), Step::More);
    assert_eq!((office.held(office.eve).0, office.held(office.paul).0), (70, 50), "some at a time");
    let half_way = office.page().await;
    assert!(half_way.contains("Being handed over to Paul Staying: 50 conversations"), "{half_way}");
    office.app.drain().await;
    assert_eq!((office.held(office.eve), office.held(office.paul)), ((0, 0), (120, 120)));
    office.tells("Sales Person: Eve Leaving → Paul Staying");
    assert_eq!(office.app.count("conversations where unassigned"), 0);
    let (owner, to) = (office.app.owner(), office.paul);
    let picked = format!("assignments where user_id = {to} and reason = 'picked' and assigned_by = {owner}");
    assert_eq!(office.app.count(&picked), 120);
    assert_eq!(office.app.count(&format!("timeline where kind = 'assigned' and subject_user_id = {to}")), 120);

    let told = office.app.sign_in(to).await.get("/notifications").await;
    let about = told.attributes("li[data-kind=assigned]", "data-conversation-id");
    let newest = office.conversations.last().expect("there are some").to_string();
    assert_eq!(about, [newest], "once, of the one that was used last");
    assert!(told.text().contains("Handed over by Olivia Owner"), "{}", told.text());
    office.app.advance(chrono::Duration::seconds(10));
    office.app.drain().await;
    let pushes = office.pushes.messages_to(&phone).await;
    assert_eq!(pushes.len(), 1, "one push, not a hundred");
    assert_eq!(pushes[0].payload["body"], "Olivia Owner handed all conversations of a colleague over to you");
    assert!(office.page().await.contains("Handed over to Paul Staying: 120 conversations and 120 positions."));
}

async fn what_the_other_one_has_already_is_not_given_twice(backend: Backend) {
    let office = Office::with(backend, 2).await;
    let [first, second] = office.conversations[..] else { panic!("two of them") };
    office.app.assign(second, office.paul);
    let (eve, paul) = (office.eve, office.paul);
    office.app.text_in("+13035550000", "Hello?").await;
    assert_eq!(office.app.count(&format!("unreads where user_id = {eve} and conversation_id = {first}")), 1);
    assert_eq!(office.app.count(&format!("unreads where user_id = {paul}")), 0);
    assert_eq!(office.deactivate(&[("hand_over", "to"), ("hand_over_to", &paul.to_string())]).await, 303);
    office.app.drain().await;
    assert_eq!(office.held(paul), (2, 2));
    let told = format!("notifications where user_id = {paul} and kind = 'assigned' and conversation_id = {first}");
    assert_eq!(office.app.count(&told), 1, "of the one that is new to him");
    assert_eq!(office.app.count(&format!("unreads where user_id = {paul} and conversation_id = {first}")), 1);
    assert_eq!(office.app.count(&format!("timeline where kind = 'assigned' and subject_user_id = {paul}")), 1);
}

async fn only_somebody_who_can_be_told_gets_it(backend: Backend) {
    let office = Office::with(backend, 1).await;
    let field = office.app.user("Carl Field", FieldEmployee);
    let gone = office.app.user("Gail Gone", SalesPerson);
    office.app.set_active(gone, false);
    for other in [field, gone, office.eve, 99_999] {
        let to = other.to_string();
        let fields = [("active", "no"), ("hand_over", "to"), ("hand_over_to", to.as_str())];
        let refused = office.owner.post_form(&page_of(office.eve), &fields).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1), "{other}");
        assert_eq!(refused.attributes("input[name=hand_over][checked]", "value"), ["to"], "the choice is kept");
    }
    assert_eq!(office.app.count(&format!("users where id = {} and active", office.eve)), 1, "nothing was changed");
    let offered = office.owner.get(&page_of(office.eve)).await.texts("select[name=hand_over_to] option");
    let greyed = ["Carl Field: no access to SMS Conversations", "Gail Gone: deactivated"];
    assert_eq!(offered, ["Choose somebody", "Olivia Owner", "Paul Staying", greyed[0], greyed[1]]);
    let disabled = office.owner.get(&page_of(office.eve)).await.texts("select[name=hand_over_to] option[disabled]");
    assert_eq!(disabled, greyed);
}

async fn who_comes_back_keeps_what_was_not_handed_over_yet(backend: Backend) {
    let office = Office::with(backend, 60).await;
    assert_eq!(office.deactivate(&[("hand_over", "remove")]).await, 303);
    assert_eq!(office.step(), Step::More);
    assert_eq!(office.owner.post_form(&page_of(office.eve), &[("active", "yes")]).await.status, 303);
    office.app.drain().await;
    assert_eq!(office.held(office.eve), (10, 60));
    assert_eq!(office.app.count("jobs where kind = 'hand_over'"), 0);
}

async fn it_stops_when_the_other_one_cannot_be_told_any_more(backend: Backend) {
    let office = Office::with(backend, 60).await;
    assert_eq!(office.deactivate(&[("hand_over", "to"), ("hand_over_to", &office.paul.to_string())]).await, 303);
    assert_eq!(office.step(), Step::More);
    office.app.set_active(office.paul, false);
    office.app.drain().await;
    assert_eq!((office.held(office.eve), office.held(office.paul)), ((10, 60), (50, 0)));
    let page = office.page().await;
    assert!(page.contains("It stopped: not everything could be handed over to Paul Staying"), "{page}");
    assert!(page.contains("Do this now"), "another choice can be made");
}

async fn thousands_go_in_many_small_steps_while_others_work(backend: Backend) {
    let office = Office::with(backend, 1).await;
    let many = 1_100;
    let conversations = format!(
        "insert into conversations (number_id, phone, search_terms, closed, unassigned, attention, blocked, \
         last_message_at, last_preview, last_direction, created_at) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < {many}) \
         select c.number_id, '+1' || (2000000000 + n.i), '', c.closed, c.unassigned, c.attention, c.blocked, \
         c.last_message_at, '', 'in', c.created_at from n cross join conversations c"
    );
    let assignments = format!(
        "insert into assignments (conversation_id, user_id, reason, created_at, last_message_at) \
         select id, {}, 'picked', created_at, last_message_at from conversations where last_preview = ''",
        office.eve
    );
    for sql in [conversations, assignments] {
        office.app.write(|tx| Ok(rows::run(tx, &sql)?));
    }
    assert_eq!(office.held(office.eve).0, many + 1);
    assert!(office.page().await.contains("Conversations assigned 99+"));
    let to = office.paul.to_string();
    assert_eq!(office.deactivate(&[("hand_over", "to"), ("hand_over_to", &to)]).await, 303);
    let claims = office.app.drain().await;
    assert!(claims > 1, "the lease was taken anew in between: {claims}");
    assert_eq!((office.held(office.eve).0, office.held(office.paul).0), (0, many + 1));
    assert_eq!(office.app.count(&format!("notifications where user_id = {to} and kind = 'assigned'")), 1);
    assert_eq!(office.app.count("jobs where kind = 'hand_over'"), 0);
}
