//! What a preview says is what happens when one then saves.

use std::collections::{BTreeMap, BTreeSet};

use crewline::domain::{
    BuiltInRole, ClientAccess, ClientScope, ConversationId, Permission, Permissions, SmsAccess, SmsDashboard, UserId,
};
use crewline::store::{conversations, gateways, users};

use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    what_the_preview_of_a_random_company_says_is_what_happens_then,
    conversations_that_would_reach_nobody_are_named_and_so_is_why,
    a_conversation_is_named_only_to_who_may_read_it,
    beyond_a_thousand_conversations_it_says_so_and_the_sentences_hold_for_all,
    what_happens_to_client_records_and_to_other_people_is_said_too,
    every_permission_that_comes_or_goes_has_its_sentence,
);

/// A small stream of numbers that looks random and is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a small number") % sides
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }

    fn permissions(&mut self, dashboards: &[SmsDashboard]) -> Permissions {
        Permissions {
            sms_dashboard: self.one_of(dashboards),
            sms_access: self.one_of(SmsAccess::ALL),
            client_scope: self.one_of(ClientScope::ALL),
            client_access: self.one_of(ClientAccess::ALL),
            ..Permissions::NOTHING
        }
    }
}

async fn what_the_preview_of_a_random_company_says_is_what_happens_then(backend: Backend) {
    let (mut changes, mut silenced) = (0, 0);
    for seed in 1..=4 {
        let app = TestApp::start(backend).await;
        let mut dice = Dice(seed);
        // In every other company nobody sees all: there some conversations reach nobody, and who asks reads the names
        // from the clients' records
        let dashboards = if seed % 2 == 0 { SmsDashboard::ALL } else { &[SmsDashboard::Assigned, SmsDashboard::None] };
        let roles = [app.role("Red", dice.permissions(dashboards)), app.role("Blue", dice.permissions(dashboards))];
        let admin = Permissions { sms_dashboard: dashboards[0], ..BuiltInRole::Owner.permissions() };
        let asks = app.sign_in(app.user_with("Ada Admin", admin)).await;
        let_in(&app, app.owner(), seed % 2 == 0);
        let mut people: Vec<(UserId, Actor)> = Vec::new();
        for number in 0..6 {
            let user = app.user_in(&format!("Person {number}"), roles[number % 2]);
            people.push((user, app.sign_in(user).await));
        }
        let_in(&app, people[5].0, false);
        let all = threads(&app, &mut dice, &people).await;

        for _ in 0..3 {
            let role = dice.one_of(&roles);
            let wanted = dice.permissions(dashboards);
            let mut fields: Vec<(&str, &str)> =
                Permission::ALL.iter().map(|one| (one.as_str(), one.of(&wanted))).collect();
            let (seen, told) = (seen(&all, &people).await, told(&app, &all).await);
            let preview = asks.post_form(&format!("/settings/roles/{role}"), &fields).await;
            assert_eq!(preview.status, 200);
            fields.push(("confirm", "yes"));
            assert_eq!(asks.post_form(&format!("/settings/roles/{role}"), &fields).await.status, 303);
            let (seen_then, told_then) = (self::seen(&all, &people).await, self::told(&app, &all).await);
            for (user, _) in &people {
                let says = |kind: &str| {
                    conversations_in(&preview, &format!("[data-user-id='{user}'] [data-change~={kind}] a"))
                };
                let difference = |here: &Sets, there: &Sets| -> BTreeSet<ConversationId> {
                    of(here, *user).difference(&of(there, *user)).copied().collect()
                };
                assert_eq!(says("loses"), difference(&seen, &seen_then), "seed {seed}, user {user}");
                assert_eq!(says("gains"), difference(&seen_then, &seen), "seed {seed}, user {user}");
                assert_eq!(says("stops"), difference(&told, &told_then), "seed {seed}, user {user}");
                assert_eq!(says("begins"), difference(&told_then, &told), "seed {seed}, user {user}");
                changes += says("loses").len() + says("gains").len() + says("stops").len() + says("begins").len();
            }
            let hears = |sets: &Sets, id: ConversationId| sets.values().any(|set| set.contains(&id));
            let blocked: Vec<i64> = app.numbers("select id as number from conversations where blocked");
            let silent = |then: bool| -> BTreeSet<ConversationId> {
                let silent = all.iter().filter(|(id, _)| !blocked.contains(id) && !hears(&told_then, *id));
                silent.filter(|(id, _)| hears(&told, *id) == then).map(|(id, _)| *id).collect()
            };
            assert_eq!(conversations_in(&preview, "[data-foreseen=silenced] a"), silent(true), "seed {seed}");
            silenced += silent(true).len();
            assert_eq!(conversations_in(&preview, "[data-foreseen=silent-already] a"), silent(false), "seed {seed}");
        }
    }
    assert!(changes > 30 && silenced > 0, "the dice fell badly: {changes} changes, {silenced} silenced");
}

/// Past the rules that keep a company its Owner.
fn let_in(app: &TestApp, user: UserId, active: bool) {
    app.write(|tx| Ok(users::set_active(tx, user, active)?));
}

type Sets = BTreeMap<UserId, BTreeSet<ConversationId>>;

fn of(sets: &Sets, user: UserId) -> BTreeSet<ConversationId> {
    sets.get(&user).cloned().unwrap_or_default()
}

/// Nine conversations: assigned to few, to many, to nobody; one is blocked.
async fn threads(app: &TestApp, dice: &mut Dice, people: &[(UserId, Actor)]) -> Vec<(ConversationId, String)> {
    let mut all = Vec::new();
    for number in 0..9 {
        let phone = format!("+1303555010{number}");
        app.client(&format!("Client {number}"), &phone, &[people[dice.roll(6)].0]);
        let id = app.text_in(&phone, "Hello").await;
        for _ in 0..dice.roll(3) {
            app.assign(id, people[dice.roll(6)].0);
        }
        all.push((id, phone));
    }
    let (blocked, _) = all[dice.roll(9)];
    app.write(|tx| Ok(conversations::set_blocked(tx, blocked, true)?));
    all
}

/// Whose dashboard shows what, asked by HTTP.
async fn seen(all: &[(ConversationId, String)], people: &[(UserId, Actor)]) -> Sets {
    let mut seen = Sets::new();
    for (user, actor) in people {
        for (id, _) in all {
            if actor.get(&format!("/conversations/{id}")).await.status == 200 {
                seen.entry(*user).or_default().insert(*id);
            }
        }
    }
    seen
}

/// Who is told of the next text in each, by letting it come.
async fn told(app: &TestApp, all: &[(ConversationId, String)]) -> Sets {
    let mut told = Sets::new();
    for (id, phone) in all {
        let before = app.numbers("select coalesce(max(id), 0) as number from notifications")[0];
        assert_eq!(app.text_in(phone, "Hello?").await, *id);
        let sql = format!("select user_id as number from notifications where id > {before} and conversation_id = {id}");
        for user in app.numbers(&sql) {
            told.entry(user).or_default().insert(*id);
        }
    }
    told
}

/// The conversations that these links lead to.
fn conversations_in(page: &Answered, links: &str) -> BTreeSet<ConversationId> {
    let links = page.attributes(links, "href");
    links.iter().map(|link| link.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a conversation")).collect()
}

async fn conversations_that_would_reach_nobody_are_named_and_so_is_why(backend: Backend) {
    let app = TestApp::start(backend).await;
    let own = Permissions { sms_dashboard: SmsDashboard::Assigned, ..BuiltInRole::BusinessManager.permissions() };
    let admin = app.user_with("Ada Admin", own);
    let may = Permissions { sms_dashboard: SmsDashboard::Assigned, ..Permissions::NOTHING };
    let (bob, crew) = (app.user_with("Bob Lindqvist", may), app.role_named("Role of Bob Lindqvist"));
    app.client("Maria", "+13035550101", &[]);
    let maria = app.text_in("+13035550101", "Hi").await;
    let stranger = app.text_in("+13035550102", "Hi").await;
    app.assign(maria, bob);
    let_in(&app, app.owner(), false);
    let actor = app.sign_in(admin).await;

    let preview = actor.post_form(&format!("/settings/roles/{crew}"), &[("sms_dashboard", "none")]).await;
    assert_eq!(preview.status, 200);
    let text = preview.text();
    assert!(text.contains("Conversations assigned only to Bob Lindqvist would reach nobody."), "{text}");
    assert!(text.contains("No longer told of any text: Bob Lindqvist."), "{text}");
    assert!(text.contains("reach nobody now, and would reach nobody then"), "{text}");
    let silenced = preview.texts("[data-foreseen=silenced] li");
    assert_eq!(silenced, ["Maria Client"], "she is read from her record, all clients being in reach");
    let record = preview.attributes("[data-foreseen=silenced] a", "href");
    assert!(record[0].starts_with("/clients/") && record[0].ends_with(&format!("/sms/{maria}")), "{record:?}");
    assert_eq!(preview.texts("[data-foreseen=silent-already] li"), ["a conversation you do not see"]);
    assert!(!preview.body.contains(&format!("/{stranger}\"")) && !text.contains("555-0102"));
}

async fn a_conversation_is_named_only_to_who_may_read_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let own = Permissions { sms_dashboard: SmsDashboard::Assigned, manage_users: true, ..Permissions::NOTHING };
    let admin = app.user_with("Ada Admin", own);
    let may = Permissions { sms_dashboard: SmsDashboard::Assigned, ..Permissions::NOTHING };
    let (bob, crew) = (app.user_with("Bob Lindqvist", may), app.role_named("Role of Bob Lindqvist"));
    let mut theirs = Vec::new();
    for number in 1..=4 {
        app.client(&format!("Secret {number}"), &format!("+1303555010{number}"), &[]);
        let id = app.text_in(&format!("+1303555010{number}"), "Hi").await;
        app.assign(id, bob);
        theirs.push(id);
    }
    app.assign(theirs[0], admin);
    let (ada, owner) = (app.sign_in(admin).await, app.sign_in(app.owner()).await);
    let narrowed = [("sms_dashboard", "none")];
    let loses = format!("[data-user-id='{bob}'] [data-change~=loses] li");
    let all = owner.post_form(&format!("/settings/roles/{crew}"), &narrowed).await;
    assert_eq!(all.texts(&loses), ["Secret 4 Client", "Secret 3 Client", "Secret 2 Client", "Secret 1 Client"]);
    let some = ada.post_form(&format!("/settings/roles/{crew}"), &narrowed).await;
    assert_eq!(some.texts(&loses), ["Secret 1 Client", "3 conversations you do not see"]);
    assert!(!some.body.contains("Secret 2") && !some.body.contains(&format!("/conversations/{}", theirs[1])));
    for id in &theirs[1..] {
        assert_eq!(ada.get(&format!("/conversations/{id}")).await.status, 404);
    }
}

async fn beyond_a_thousand_conversations_it_says_so_and_the_sentences_hold_for_all(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions { sms_dashboard: SmsDashboard::All, ..Permissions::NOTHING };
    app.user_with("Alma All", may);
    let crew = app.role_named("Role of Alma All");
    let (number, now) = (app.read(gateways::numbers)[0].id, app.now());
    let fill = |from: i64, to: i64| {
        app.write(|tx| {
            for place in from..to {
                let at = now + chrono::Duration::seconds(place);
                conversations::insert(tx, number, &format!("+1303666{place:04}"), &[], at)?;
            }
            Ok(())
        });
    };
    fill(0, 1_000);
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/settings/roles/{crew}");
    let exactly = owner.post_form(&path, &[("sms_dashboard", "assigned")]).await;
    assert!(!exactly.text().contains("There are older ones"));
    assert_eq!(
        exactly.texts("[data-change~=loses] > p"),
        ["Loses on the dashboard, and would no longer be told of 1,000"]
    );
    fill(1_000, 1_003);
    let preview = owner.post_form(&path, &[("sms_dashboard", "assigned")]).await;
    let text = preview.text();
    assert!(text.contains("come from the newest 1,000 conversations. There are older ones"), "{text}");
    assert!(text.contains("They would see only conversations assigned to them on the dashboard."));
    assert!(text.contains("Texts in conversations that nobody is assigned to would tell Olivia Owner."));
    assert_eq!(
        preview.texts("[data-change~=loses] > p"),
        ["Loses on the dashboard, and would no longer be told of 1,000+"]
    );
    let loses = preview.texts("[data-change~=loses] li");
    assert_eq!((loses.len(), loses[0].as_str(), loses[10].as_str()), (11, "(303) 666-1002", "and 990 more"));
}

async fn what_happens_to_client_records_and_to_other_people_is_said_too(backend: Backend) {
    let app = TestApp::start(backend).await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    let alice = app.user("Alice Moreno", BuiltInRole::BusinessManager);
    let id = app.text_in("+13035550101", "Hi").await;
    app.assign(id, michael);
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/settings/roles/{}", app.role_named("Sales Person"));
    let fields = [
        ("sms_dashboard", "none"),
        ("sms_access", "none"),
        ("client_scope", "none"),
        ("client_access", "none"),
        ("see_audit", "yes"),
    ];
    let preview = owner.post_form(&path, &fields).await;
    let text = preview.text();
    for sentence in [
        "They would open no client record.",
        "The SMS tab of client records would go.",
        "They could no longer text clients.",
        "They could no longer change client records.",
        "Goes from the menu: SMS Conversations, Clients.",
        "Comes into the menu: Audit log.",
        "Texts in conversations assigned only to Michael Scott would tell Alice Moreno and Olivia Owner.",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    let others = preview.attributes("[aria-label='Other people'] [data-user-id]", "data-user-id");
    assert_eq!(others, [alice.to_string(), app.owner().to_string()]);
    assert_eq!(preview.texts("[aria-label='Other people'] [data-change]").len(), 2, "they begin to be told, no more");
    let meant = preview.attributes("[aria-label='People whose permissions change'] [data-user-id]", "data-user-id");
    assert_eq!(meant, [michael.to_string()]);
}

async fn every_permission_that_comes_or_goes_has_its_sentence(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let says = async |role: &str, field: (&str, &str)| {
        let path = format!("/settings/roles/{}", app.role_named(role));
        owner.post_form(&path, &[field]).await.texts("[aria-labelledby=everybody] li")
    };
    let (sales, manager) = ("Sales Person", "Business Manager");
    for (role, field, sentences) in [
        (sales, ("sms_access", "delete"), &["They could hide messages."][..]),
        (manager, ("sms_access", "create"), &["They could no longer hide messages."]),
        (sales, ("may_assign", "no"), &["They could no longer assign or remove others."]),
        (
            sales,
            ("manage_automations", "yes"),
            &["They could set up automations, which text clients by themselves.", "Comes into the menu: Automations."],
        ),
        (
            manager,
            ("manage_automations", "no"),
            &["They could no longer change automations.", "Goes from the menu: Automations."],
        ),
        (sales, ("see_reports", "yes"), &["They could read reports."]),
        (manager, ("see_reports", "no"), &["They could no longer read reports."]),
    ] {
        assert_eq!(says(role, field).await, sentences, "{role}: {field:?}");
    }
    let nothing = says("Field Employee", ("may_assign", "yes")).await;
    assert!(nothing.is_empty(), "without a dashboard there is nowhere to assign: {nothing:?}");
    let company = says(sales, ("manage_company", "yes")).await;
    let menu = "Comes into the menu: Phone simulator (it comes with Manage company settings), Positions, Lead statuses, \
                Numbers, Company.";
    assert_eq!(company, [menu]);
}
