//! All of the policy by HTTP: every dashboard access × SMS access × assigned × others assigned × active.
//! What is expected comes from `assignment_policy`, and that is held to its reviewed truth table.

use crewline::assignment_policy::{Conversation, Staff, audience, may_assign, may_read, may_remove, sees_on_dashboard};
use crewline::domain::{ConversationId, Permissions, SmsAccess, SmsDashboard, UserId};

use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(
    whoever_is_active_sees_sends_and_assigns_as_the_policy_says,
    whoever_is_told_is_whom_the_policy_names,
    a_deactivated_user_is_signed_out_sees_nothing_and_is_not_told,
    a_changed_role_holds_from_the_next_request_and_the_next_text,
);

const TRUTH_TABLE: &str = include_str!("../../src/assignment_policy/golden/audience_truth_table.txt");
const ACCESSES: [SmsAccess; 3] = [SmsAccess::None, SmsAccess::Read, SmsAccess::Create];

/// Everybody of every kind, and those who may be assigned beside them.
struct Company {
    app: TestApp,
    people: Vec<(SmsDashboard, SmsAccess, Staff)>,
    /// As the truth table calls them, and who that is.
    others: [(&'static str, Option<Staff>); 4],
    staff: Vec<Staff>,
}

async fn company(backend: Backend) -> Company {
    let app = TestApp::start(backend).await;
    let mut people = Vec::new();
    for &dashboard in SmsDashboard::ALL {
        for access in ACCESSES {
            let may = Permissions {
                sms_dashboard: dashboard,
                sms_access: access,
                may_assign: access != SmsAccess::Read,
                ..Permissions::NOTHING
            };
            let id = app.user_with(&format!("{dashboard} {access}"), may);
            people.push((dashboard, access, Staff { id, active: true, may }));
        }
    }
    let colleague = |name: &str, sms_dashboard| {
        let may = Permissions { sms_dashboard, ..Permissions::NOTHING };
        Staff { id: app.user_with(name, may), active: true, may }
    };
    let told = colleague("Toni Told", SmsDashboard::Assigned);
    let no_access = colleague("Noel Noaccess", SmsDashboard::None);
    let gone = Staff { active: false, ..colleague("Gail Gone", SmsDashboard::All) };
    app.set_active(gone.id, false);
    let others = [
        ("nobody", None),
        ("one who can be told", Some(told)),
        ("one without access", Some(no_access)),
        ("one deactivated", Some(gone)),
    ];
    let staff = people.iter().map(|(.., me)| *me).chain([told, no_access, gone]).collect();
    Company { app, people, others, staff }
}

/// One line of the truth table, and a conversation as it says.
struct Case {
    dashboard: SmsDashboard,
    assigned: bool,
    others: &'static str,
    colleague: Option<Staff>,
}

impl Case {
    fn all(company: &Company, dashboard: SmsDashboard) -> Vec<Case> {
        let case = |assigned, (others, colleague)| Case { dashboard, assigned, others, colleague };
        [true, false].iter().flat_map(|assigned| company.others.map(|others| case(*assigned, others))).collect()
    }

    fn facts(&self, me: UserId) -> Conversation {
        let colleague = self.colleague.map(|colleague| colleague.id);
        let assigned = [self.assigned.then_some(me), colleague].into_iter().flatten().collect();
        Conversation { assigned, ..Conversation::default() }
    }

    /// A new conversation like this.
    async fn stored(&self, company: &Company, me: UserId) -> ConversationId {
        let phone = format!("+1303555{:04}", company.app.count("conversations"));
        let id = company.app.text_in(&phone, "Is the roof done?").await;
        for user in self.facts(me).assigned {
            company.app.assign(id, user);
        }
        id
    }

    /// Sees, may send, told: what was reviewed for people with SMS access Create.
    fn reviewed(&self, active: bool) -> [bool; 3] {
        let mark = |yes| if yes { "✔" } else { "✘" };
        let line = TRUTH_TABLE.lines().find(|line| {
            let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            cells.starts_with(&[self.dashboard.as_str(), mark(self.assigned), self.others])
                && cells.get(3).is_some_and(|cell| cell.starts_with(mark(active)))
        });
        let answers = line.expect("every case is in the table").split('│').nth(1).expect("with its answers");
        // Of who is told it says why
        let answers: Vec<bool> = answers.split_whitespace().map(|cell| cell != "✘").collect();
        answers.try_into().expect("three of them")
    }

    fn name(&self, access: SmsAccess) -> String {
        format!("{} / {access}, assigned: {}, others: {}", self.dashboard, self.assigned, self.others)
    }
}

async fn whoever_is_active_sees_sends_and_assigns_as_the_policy_says(backend: Backend) {
    let company = company(backend).await;
    for (dashboard, access, me) in &company.people {
        let actor = company.app.sign_in(me.id).await;
        for case in Case::all(&company, *dashboard) {
            let name = case.name(*access);
            let facts = case.facts(me.id);
            let seen = see(&company, &actor, &case, me).await;
            assert_eq!(seen, if sees_on_dashboard(me, &facts) { 200 } else { 404 }, "GET: {name}");
            let sent = send(&company, &actor, &case, me).await;
            let may_send = *access >= SmsAccess::Create;
            assert_eq!(sent, visible(may_read(me, &facts), answer(may_send)), "send: {name}");
            if may_send {
                assert_eq!([seen == 200, sent == 303], case.reviewed(true)[..2], "reviewed: {name}");
            }
            assigning(&company, &actor, &case, me, &name).await;
            removing(&company, &actor, &case, me, &name).await;
        }
    }
}

async fn see(company: &Company, actor: &Actor, case: &Case, me: &Staff) -> u16 {
    let id = case.stored(company, me.id).await;
    actor.get(&format!("/conversations/{id}")).await.status
}

async fn send(company: &Company, actor: &Actor, case: &Case, me: &Staff) -> u16 {
    let id = case.stored(company, me.id).await;
    let texts = company.app.count("messages where direction = 'out'");
    let answered = actor.post_form(&format!("/conversations/{id}/messages"), &[("body", "Yes")]).await;
    let sent = company.app.count("messages where direction = 'out'") - texts;
    assert_eq!(sent, i64::from(answered.status == 303));
    answered.status
}

async fn assigning(company: &Company, actor: &Actor, case: &Case, me: &Staff, name: &str) {
    let facts = case.facts(me.id);
    let [_, told, no_access, gone] = company.others.map(|(_, colleague)| colleague);
    for target in [Some(*me), told, no_access, gone].into_iter().flatten() {
        let id = case.stored(company, me.id).await;
        let target_id = target.id.to_string();
        let answered = actor.post_form(&format!("/conversations/{id}/assignments"), &[("user_id", &target_id)]).await;
        let pickable = target.active && target.may.sms_dashboard != SmsDashboard::None;
        let allowed = if pickable { answer(may_assign(me, &facts, &target)) } else { 422 };
        let expected = visible(sees_on_dashboard(me, &facts), allowed);
        assert_eq!(answered.status, expected, "assign {target_id} as {}: {name}", me.id);
        let there = company.app.count(&format!("assignments where conversation_id = {id} and user_id = {target_id}"));
        assert_eq!(there == 1, expected == 303 || facts.assigned.contains(&target.id), "stored: {name}");
    }
}

async fn removing(company: &Company, actor: &Actor, case: &Case, me: &Staff, name: &str) {
    let facts = case.facts(me.id);
    for target in [Some(me.id), case.colleague.map(|colleague| colleague.id)].into_iter().flatten() {
        let id = case.stored(company, me.id).await;
        let answered = actor.post(&format!("/conversations/{id}/assignments/{target}/removal")).await;
        let own = target == me.id && case.assigned;
        let expected = visible(own || sees_on_dashboard(me, &facts), answer(may_remove(me, &facts, target)));
        assert_eq!(answered.status, expected, "remove {target} as {}: {name}", me.id);
        let there = company.app.count(&format!("assignments where conversation_id = {id} and user_id = {target}"));
        assert_eq!(there == 1, expected != 303 && facts.assigned.contains(&target), "stored: {name}");
        if expected == 303 {
            let mut left = facts.clone();
            left.assigned.retain(|one| *one != target);
            let back =
                if sees_on_dashboard(me, &left) { format!("/conversations/{id}") } else { "/conversations".into() };
            assert_eq!(answered.location, Some(back), "{name}");
        }
    }
}

async fn whoever_is_told_is_whom_the_policy_names(backend: Backend) {
    let company = company(backend).await;
    for (dashboard, access, me) in &company.people {
        for case in Case::all(&company, *dashboard) {
            let told = told(&company, &case, me).await;
            let mut staff = company.staff.clone();
            let owner = company.app.owner();
            staff.push(Staff { id: owner, active: true, may: crewline::domain::BuiltInRole::Owner.permissions() });
            let expected: Vec<UserId> = audience(&staff, &case.facts(me.id)).iter().map(|told| told.user).collect();
            assert_eq!(told, expected, "{}", case.name(*access));
            assert_eq!(told.contains(&me.id), case.reviewed(true)[2], "{}", case.name(*access));
        }
    }
}

async fn a_deactivated_user_is_signed_out_sees_nothing_and_is_not_told(backend: Backend) {
    let company = company(backend).await;
    for (dashboard, access, me) in &company.people {
        let actor = company.app.sign_in(me.id).await;
        company.app.set_active(me.id, false);
        let inactive = Staff { active: false, ..*me };
        for case in Case::all(&company, *dashboard) {
            assert_eq!(case.reviewed(false), [false; 3]);
            assert_eq!(see(&company, &actor, &case, &inactive).await, 303, "led to the sign-in");
            assert_eq!(send(&company, &actor, &case, &inactive).await, 401);
            assert!(!told(&company, &case, &inactive).await.contains(&me.id), "{}", case.name(*access));
        }
        assert_eq!(company.app.count(&format!("sessions where user_id = {}", me.id)), 0);
    }
}

async fn a_changed_role_holds_from_the_next_request_and_the_next_text(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = |sms_dashboard, sms_access| Permissions { sms_dashboard, sms_access, ..Permissions::NOTHING };
    let rita = app.user_with("Rita Roles", may(SmsDashboard::All, SmsAccess::Create));
    let actor = app.sign_in(rita).await;
    let id = app.text_in("+13035550101", "Hi").await;
    for (dashboard, access, sees, sends, told) in [
        (SmsDashboard::All, SmsAccess::Create, 200, 422, true),
        (SmsDashboard::All, SmsAccess::Read, 200, 403, true),
        (SmsDashboard::Assigned, SmsAccess::Create, 404, 404, false),
        (SmsDashboard::None, SmsAccess::Create, 404, 404, false),
        (SmsDashboard::All, SmsAccess::None, 200, 403, true),
    ] {
        app.set_permissions(rita, may(dashboard, access));
        assert_eq!(actor.get(&format!("/conversations/{id}")).await.status, sees, "{dashboard} {access}");
        let sent = actor.post_form(&format!("/conversations/{id}/messages"), &[("body", " ")]).await;
        assert_eq!(sent.status, sends, "{dashboard} {access}");
        let mine = format!("notifications where user_id = {rita}");
        let before = app.count(&mine);
        app.text_in("+13035550101", "Hello?").await;
        assert_eq!(app.count(&mine) > before, told, "{dashboard} {access}");
    }
}

/// Who is told of the next text of a conversation like this.
async fn told(company: &Company, case: &Case, me: &Staff) -> Vec<UserId> {
    let id = case.stored(company, me.id).await;
    let before = company.app.numbers("select coalesce(max(id), 0) as number from notifications")[0];
    let phone = company.app.read(|c| crewline::store::conversations::find(c, id)).expect("it is stored").phone;
    assert_eq!(company.app.text_in(&phone, "Hello?").await, id);
    let sql = format!(
        "select user_id as number from notifications where conversation_id = {id} and id > {before} order by user_id"
    );
    company.app.numbers(&sql)
}

fn answer(allowed: bool) -> u16 {
    if allowed { 303 } else { 403 }
}

fn visible(sees: bool, then: u16) -> u16 {
    if sees { then } else { 404 }
}
