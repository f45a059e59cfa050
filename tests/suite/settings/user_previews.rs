//! What a change of somebody's role, or their deactivation, would do, said before it is done.

use crewline::domain::BuiltInRole::{BusinessManager, FieldEmployee, ProjectManager, SalesPerson};
use crewline::domain::{ConversationId, Permissions, Plan, SmsDashboard, UserId};

use super::{app_that_rings, page_of, role};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};
use crate::support::push_service::PushService;

for_both!(
    a_new_role_is_previewed_and_saved_from_there,
    a_deactivation_says_which_conversations_would_reach_nobody,
    a_deactivation_says_who_would_hear_instead,
    a_preview_is_refused_as_the_change_would_be,
    where_only_people_without_a_device_would_be_told_it_says_so,
    without_sms_in_the_plan_nothing_leads_to_a_conversation,
    who_loses_access_is_told_nothing_false_about_their_bell,
    a_deactivation_shows_the_positions_that_move_or_stay,
);

/// Saves what a preview carries, as its button does.
async fn save(actor: &Actor, user: UserId, preview: &Answered) -> u16 {
    let form = format!("form[action='{}'] input[type=hidden]", page_of(user));
    let (names, values) = (preview.attributes(&form, "name"), preview.attributes(&form, "value"));
    let fields: Vec<(&str, &str)> = names.iter().zip(&values).map(|(n, v)| (n.as_str(), v.as_str())).collect();
    actor.post_form(&page_of(user), &fields).await.status
}

fn linked(preview: &Answered, part: &str) -> Vec<String> {
    preview.attributes(&format!("[data-foreseen={part}] a"), "href")
}

fn address(id: ConversationId) -> String {
    format!("/conversations/{id}")
}

async fn text_of(app: &TestApp, phone: &str, assigned: UserId) -> ConversationId {
    let id = app.text_in(phone, "Hi").await;
    app.assign(id, assigned);
    id
}

async fn a_new_role_is_previewed_and_saved_from_there(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let id = text_of(&app, "+13035550101", sally).await;
    let owner = app.sign_in(app.owner()).await;
    let field = role(&app, FieldEmployee);
    let buttons = owner.get(&page_of(sally)).await.attributes("main form button[name=preview]", "value");
    assert_eq!(buttons, ["yes", "yes"], "of the role, and of deactivating");

    let preview = owner.post_form(&page_of(sally), &[("role_id", &field), ("preview", "yes")]).await;
    assert_eq!(preview.status, 200);
    let text = preview.text();
    for words in [
        "Nothing is saved yet.",
        "Sales Person becomes Field Employee",
        "They would have no dashboard",
        "Texts in conversations assigned only to Sally Sales would tell Olivia Owner.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let loses = format!("[data-user-id='{sally}'] [data-change~=loses] a");
    assert_eq!(preview.attributes(&loses, "href"), [address(id)]);
    let still = format!("users where id = {sally} and role_id = {field}");
    assert_eq!((app.count(&still), app.count("audit_log where action = 'user.role_changed'")), (0, 0));

    let back = owner.post_form(&page_of(sally), &[("role_id", &field), ("edit", "yes")]).await;
    assert_eq!((back.status, back.texts("option[selected]")[0].as_str()), (200, "Field Employee"));
    assert_eq!(app.count(&still), 0);
    assert_eq!(save(&owner, sally, &preview).await, 303);
    assert_eq!(app.count(&still), 1);

    let nothing = owner.post_form(&page_of(sally), &[("role_id", &field), ("preview", "yes")]).await;
    assert!(nothing.text().contains("Nothing would change"), "{}", nothing.text());
}

async fn a_deactivation_says_which_conversations_would_reach_nobody(backend: Backend) {
    let app = TestApp::start(backend).await;
    let own = Permissions { sms_dashboard: SmsDashboard::Assigned, ..Permissions::NOTHING };
    let eve = app.user_with("Eve Leaving", own);
    let id = text_of(&app, "+13035550101", eve).await;
    let boss = Permissions { sms_dashboard: SmsDashboard::Assigned, ..BusinessManager.permissions() };
    let admin = app.user_with("Ada Admin", boss);
    app.assign(id, admin);
    app.client("Maria", "+13035550102", &[]);
    let alone = text_of(&app, "+13035550102", eve).await;
    app.write(|tx| Ok(crewline::store::users::set_active(tx, app.owner(), false)?));
    let ada = app.sign_in(admin).await;

    for hand_over in ["leave", "remove"] {
        let fields = [("active", "no"), ("hand_over", hand_over), ("hand_over_to", ""), ("preview", "yes")];
        let preview = ada.post_form(&page_of(eve), &fields).await;
        assert_eq!(preview.status, 200);
        let text = preview.text();
        assert!(text.contains("Conversations assigned only to Eve Leaving would reach nobody."), "{text}");
        assert_eq!(text.contains("Eve Leaving becomes Nobody"), hand_over == "remove", "{text}");
        let silenced = preview.texts("[data-foreseen=silenced] li");
        assert_eq!(silenced, ["Maria Client"], "not the one that is assigned to somebody else too");
        assert_eq!(app.count(&format!("users where id = {eve} and active")), 1, "nothing is saved");
    }
    let to = admin.to_string();
    let fields = [("active", "no"), ("hand_over", "to"), ("hand_over_to", to.as_str()), ("preview", "yes")];
    let preview = ada.post_form(&page_of(eve), &fields).await;
    assert!(linked(&preview, "silenced").is_empty() && !preview.text().contains("Conversations assigned only to Eve"));
    let begins = format!("[data-user-id='{admin}'] [data-change~=begins] li");
    assert_eq!(preview.texts(&begins), ["Maria Client"]);
    assert!(preview.text().contains("Eve Leaving becomes Ada Admin"), "{}", preview.text());
    assert_eq!(save(&ada, eve, &preview).await, 303);
    assert_eq!(app.count(&format!("users where id = {eve} and not active")), 1);
    app.drain().await;
    assert_eq!(app.count(&format!("assignments where user_id = {admin} and conversation_id = {alone}")), 1);
}

async fn a_deactivation_says_who_would_hear_instead(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (eve, paul) = (app.user("Eve Leaving", SalesPerson), app.user("Paul Staying", ProjectManager));
    let id = text_of(&app, "+13035550101", eve).await;
    let owner = app.sign_in(app.owner()).await;
    let told = |page: &Answered, user: UserId| {
        page.attributes(&format!("[data-user-id='{user}'] [data-change~=begins] a"), "href")
    };
    let leave = [("active", "no"), ("hand_over", "leave"), ("preview", "yes")];
    let left = owner.post_form(&page_of(eve), &leave).await;
    assert_eq!((told(&left, app.owner()), told(&left, paul)), (vec![address(id)], vec![]));
    let to = paul.to_string();
    let give = [("active", "no"), ("hand_over", "to"), ("hand_over_to", to.as_str()), ("preview", "yes")];
    let given = owner.post_form(&page_of(eve), &give).await;
    assert_eq!((told(&given, app.owner()), told(&given, paul)), (vec![], vec![address(id)]));
    let text = given.text();
    assert!(text.contains("Texts in conversations assigned only to Eve Leaving would tell Paul Staying."), "{text}");

    app.set_active(eve, false);
    let back = owner.post_form(&page_of(eve), &[("active", "yes"), ("preview", "yes")]).await;
    assert_eq!((told(&back, eve), back.status), (vec![address(id)], 200));
    let later = owner.post_form(&page_of(eve), &give).await;
    assert_eq!(told(&later, paul), [address(id)], "also for who is gone already");
    assert_eq!((app.count("hand_overs"), app.count("jobs where kind = 'hand_over'")), (0, 0));
}

async fn a_preview_is_refused_as_the_change_would_be(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (mia, sally) = (app.user("Mia Manager", BusinessManager), app.user("Sally Sales", SalesPerson));
    let manager = app.sign_in(mia).await;
    let (owner_role, me) = (role(&app, crewline::domain::BuiltInRole::Owner), app.owner());
    for (user, fields, status) in [
        (sally, vec![("role_id", owner_role.as_str())], 403),
        (me, vec![("active", "no")], 403),
        (mia, vec![("active", "no")], 422),
        (sally, vec![("role_id", "99999")], 422),
        (sally, vec![("active", "no"), ("hand_over", "to")], 422),
        (sally, vec![("hand_over", "remove")], 422),
        (99_999, vec![("active", "no")], 404),
    ] {
        let fields: Vec<_> = fields.into_iter().chain([("preview", "yes")]).collect();
        let refused = manager.post_form(&page_of(user), &fields).await;
        assert_eq!(refused.status, status, "{user}: {fields:?}");
        assert!(!refused.text().contains("Nothing is saved yet"));
    }
    let sales = app.sign_in(sally).await;
    assert_eq!(sales.post_form(&page_of(mia), &[("active", "no"), ("preview", "yes")]).await.status, 404);
}

async fn ring(pushes: &PushService, actor: &Actor, device: &str) {
    let device = pushes.subscribe(device);
    assert_eq!(actor.post_json("/push/subscriptions", &device.to_json()).await.status, 201);
}

async fn where_only_people_without_a_device_would_be_told_it_says_so(backend: Backend) {
    let (app, pushes) = app_that_rings(backend).await;
    let (eve, paul) = (app.user("Eve Leaving", SalesPerson), app.user("Paul Staying", ProjectManager));
    let with_device = text_of(&app, "+13035550101", eve).await;
    let without = text_of(&app, "+13035550102", paul).await;
    let owner = app.sign_in(app.owner()).await;
    ring(&pushes, &app.sign_in(eve).await, "phone").await;
    let leave = [("active", "no"), ("preview", "yes")];
    let preview = owner.post_form(&page_of(eve), &leave).await;
    assert!(preview.text().contains("Only people without a device would be told 1"), "{}", preview.text());
    assert_eq!(linked(&preview, "unheard"), [address(with_device)]);
    assert!(!preview.body.contains(&address(without)), "there no device rings now either: nothing is new");
    assert!(linked(&preview, "silenced").is_empty(), "the Owner is told, in the app");
    // The Owner, who is told then, turns a device on
    ring(&pushes, &owner, "laptop").await;
    let preview = owner.post_form(&page_of(eve), &leave).await;
    assert!(linked(&preview, "unheard").is_empty());

    let roles = format!("/settings/roles/{}", app.role_named("Sales Person"));
    let preview = owner.post_form(&roles, &[("name", "Sellers")]).await;
    assert_eq!(preview.status, 200);
    assert!(
        linked(&preview, "unheard").is_empty() && !preview.text().contains("No device rings"),
        "{}",
        preview.text()
    );
}

async fn without_sms_in_the_plan_nothing_leads_to_a_conversation(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    app.client("Karen", "+13035550101", &[sally]);
    let id = text_of(&app, "+13035550101", sally).await;
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/settings/roles/{}", app.role_named("Sales Person"));
    let fields = [("sms_dashboard", "none")];
    let before = owner.post_form(&path, &fields).await;
    assert!(before.body.contains(&address(id)), "on a plan with SMS it is linked");
    app.set_plan(Plan::Starter);
    assert_eq!(owner.get(&address(id)).await.status, 403);
    for page in [
        owner.post_form(&path, &fields).await,
        owner.post_form(&page_of(sally), &[("active", "no"), ("preview", "yes")]).await,
    ] {
        assert_eq!(page.status, 200);
        assert!(!page.body.contains(&address(id)) && !page.body.contains(&format!("/sms/{id}")));
        let loses = page.texts("[data-change~=loses]");
        assert!(loses[0].contains("1 Not named: SMS starts with the Growth plan"), "{loses:?}");
    }
}

async fn who_loses_access_is_told_nothing_false_about_their_bell(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/settings/roles/{}", app.role_named("Sales Person"));
    let preview = owner.post_form(&path, &[("sms_dashboard", "none")]).await;
    let sentences = preview.texts(".sentences li");
    assert!(sentences.contains(&"No text would notify them any more, assigned or not.".to_owned()), "{sentences:?}");
    assert_eq!(owner.post_form(&path, &[("sms_dashboard", "none"), ("confirm", "yes")]).await.status, 303);
    assert_eq!(app.sign_in(sally).await.get("/notifications").await.status, 200, "the bell is still there");
}

async fn a_deactivation_shows_the_positions_that_move_or_stay(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (eve, paul) = (app.user("Eve Leaving", SalesPerson), app.user("Paul Staying", ProjectManager));
    let maria = app.client("Maria", "+13035550101", &[eve]);
    text_of(&app, "+13035550101", eve).await;
    let owner = app.sign_in(app.owner()).await;
    let to = paul.to_string();
    for (hand_over, words) in [
        ("leave", "You chose to leave it: assignments and positions stay with Eve Leaving"),
        ("remove", "They would be unassigned from these conversations, and these positions become free."),
        ("to", "All of this moves to Paul Staying."),
    ] {
        let fields = [("active", "no"), ("hand_over", hand_over), ("hand_over_to", to.as_str()), ("preview", "yes")];
        let preview = owner.post_form(&page_of(eve), &fields).await;
        let held = preview.texts("[aria-labelledby=what-they-hold]");
        assert!(held[0].contains(words), "{hand_over}: {held:?}");
        let links = preview.attributes("[aria-labelledby=what-they-hold] a", "href");
        assert!(links.contains(&format!("/clients/{maria}")) && links.len() == 2, "{links:?}");
    }
    let role = role(&app, FieldEmployee);
    let other = owner.post_form(&page_of(eve), &[("role_id", &role), ("preview", "yes")]).await;
    assert!(other.texts("[aria-labelledby=what-they-hold]").is_empty(), "a role moves nothing");
    let nobody = owner.post_form(&page_of(paul), &[("active", "no"), ("preview", "yes")]).await;
    assert!(nobody.text().contains("They hold nothing."), "{}", nobody.text());
}
