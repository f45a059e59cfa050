use crewline::domain::{BuiltInRole, ClientAccess, ClientScope, Permissions};

use super::{activity, address, position, rows};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_new_client_is_entered_with_all_its_fields,
    one_phone_is_enough_and_it_is_the_one_for_texting,
    what_cannot_be_kept_is_refused_by_name_and_what_was_typed_stays,
    an_unknown_caller_becomes_a_client_and_one_is_led_back_to_the_thread,
    a_household_shares_a_conversation,
    people_who_may_be_the_same_one_are_shown_before_and_never_in_the_way,
    what_cannot_be_kept_is_said_before_who_it_may_be,
    a_full_name_that_is_here_already_is_a_hint_and_no_refusal,
    a_change_that_makes_two_records_alike_is_hinted_at_once,
    who_sees_only_their_own_takes_a_position_on_what_they_enter,
);

async fn a_new_client_is_entered_with_all_its_fields(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let owner = app.sign_in(app.owner()).await;
    let held = format!("position_{}", position(&app, 1));
    let sally_id = sally.to_string();
    let demo = super::status(&app, "Demo");
    let created = owner
        .post_form(
            "/clients",
            &[
                ("first_name", "  Zoë  Maria "),
                ("last_name", "Ångström"),
                ("company", "Ridge Ltd"),
                ("email", "zoe@ridge.example"),
                ("address", "1 Main St"),
                ("time_zone", ""),
                ("lead_status_id", &demo),
                ("lead_source", "Neighbor"),
                ("appointment_at", "2027-07-01T09:30"),
                ("notes", "One\r\nTwo"),
                ("phone_1", "(303) 555-0101"),
                ("phone_kind_1", "home"),
                ("phone_2", "+442079460018"),
                ("phone_kind_2", "mobile"),
                ("phone_3", ""),
                ("texting", "2"),
                (&held, &sally_id),
                // None of these is theirs to say
                ("id", "77"),
                ("created_at", "2001-01-01"),
                ("opted_out", "true"),
                ("search_terms", "hidden"),
            ],
        )
        .await;
    assert_eq!(created.status, 303, "{}", created.text());
    let id = app.number_in("clients", "max(id)");
    assert_eq!(created.location, Some(address(id)));
    assert_ne!(id, 77);
    let page = owner.get(&address(id)).await;
    let text = page.text();
    for words in ["Zoë Maria Ångström", "Ridge Ltd", "Demo", "Neighbor", "Thursday 1 July 2027, 09:30", "Sally Sales"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let phones = page.texts("[aria-labelledby=contact-title] li");
    assert!(phones[0].starts_with("+44 20 7946 0018 Mobile For texting"), "{phones:?}");
    assert!(phones[1].starts_with("(303) 555-0101 Home"), "{phones:?}");
    assert_eq!(activity(&page), ["Olivia Owner entered this client"]);
    assert_eq!(app.count(&format!("audit_log where action = 'client.created' and subject = 'client {id}'")), 1);
    assert_eq!(app.count("clients where opted_out = true or search_terms = 'hidden'"), 0);
    assert!(rows(&owner.get("/clients?q=hidden").await).is_empty());
}

async fn one_phone_is_enough_and_it_is_the_one_for_texting(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let created = owner.post_form("/clients", &[("first_name", "Ann"), ("phone_1", "+13035550101")]).await;
    assert_eq!(created.status, 303, "{}", created.text());
    assert_eq!(app.count("client_phones where phone = '+13035550101' and kind = 'mobile' and texting = true"), 1);
    assert_eq!(
        app.count("clients c join lead_statuses s on s.id = c.lead_status_id where s.name = 'Lead Received'"),
        1
    );
}

async fn what_cannot_be_kept_is_refused_by_name_and_what_was_typed_stays(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let gail = app.user("Gail Gone", BuiltInRole::FieldEmployee);
    app.set_active(gail, false);
    let held = format!("position_{}", position(&app, 0));
    let (long, gail) = ("x".repeat(121), gail.to_string());
    let too_many: Vec<String> = (1..=10).map(|slot| format!("phone_{slot}")).collect();
    assert_eq!(too_many.len(), 10);
    for (name, value, words) in [
        ("first_name", " ", "Enter a name or a company"),
        ("last_name", long.as_str(), "120 characters"),
        ("email", "not an address", "e-mail address"),
        ("time_zone", "Mars/Olympus", "time zone"),
        ("lead_status_id", "9999", "lead status"),
        ("lead_status_id", "x", "lead status"),
        ("appointment_at", "2027-03-14T02:30", "does not exist in America/Denver"),
        ("appointment_at", "soon", "appointment"),
        ("phone_2", "12", "Phone 2:"),
        ("phone_2", "(303) 555-0101", "twice"),
        ("phone_kind_1", "fax", "Phone 1:"),
        (held.as_str(), "9999", "not there any more"),
        (held.as_str(), gail.as_str(), "Gail Gone is deactivated"),
        ("position_9999", "1", "positions is not there"),
    ] {
        let mut fields =
            vec![("company", ""), ("first_name", "Ann"), ("phone_1", "+13035550101"), ("notes", "Keep me")];
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        let refused = owner.post_form("/clients", &fields).await;
        assert_eq!(refused.status, 422, "{name} = {value}");
        let alert = refused.texts("[role=alert]").concat();
        assert!(alert.contains(words), "{name} = {value}: {alert}");
        assert_eq!(refused.texts("textarea[name=notes]"), ["Keep me"]);
        assert_eq!(refused.attributes("input[name=phone_1]", "value"), ["+13035550101"]);
        if ["last_name", "email", "phone_2", "first_name"].contains(&name) {
            assert_eq!(refused.attributes(&format!("input[name={name}]"), "value"), [value]);
        }
    }
    assert_eq!((app.count("clients"), app.count("client_phones")), (0, 0));
}

async fn an_unknown_caller_becomes_a_client_and_one_is_led_back_to_the_thread(backend: Backend) {
    let app = TestApp::start(backend).await;
    let conversation = app.text_in("+13035550101", "Hi, Ann here").await;
    app.assign(conversation, app.owner());
    let owner = app.sign_in(app.owner()).await;
    for phone in ["%2B13035550101", "+13035550101"] {
        let form = owner.get(&format!("/clients/new?phone={phone}&conversation={conversation}")).await;
        assert_eq!(form.attributes("input[name=phone_1]", "value"), ["(303) 555-0101"], "{phone}");
        assert_eq!(form.attributes("input[name=conversation]", "value"), [conversation.to_string()]);
    }
    let from = conversation.to_string();
    let fields = [("first_name", "Ann"), ("phone_1", "(303) 555-0101"), ("conversation", from.as_str())];
    let created = owner.post_form("/clients", &fields).await;
    assert_eq!(created.location, Some(format!("/conversations/{conversation}")));
    let thread = owner.get(&format!("/conversations/{conversation}")).await;
    assert!(thread.text().contains("Hi, Ann here") && thread.texts("h2").concat().contains("Ann"), "{}", thread.text());
    assert_eq!(app.count(&format!("assignments where conversation_id = {conversation}")), 1, "assignments stay");

    // Who does not see the thread goes to the record, whatever the form says
    let may =
        Permissions { client_scope: ClientScope::All, client_access: ClientAccess::Create, ..Permissions::NOTHING };
    let clerk = app.sign_in(app.user_with("Cleo Clerk", may)).await;
    for from in [conversation.to_string(), "99999".to_owned(), "x".to_owned()] {
        let created = clerk.post_form("/clients", &[("first_name", "Bob"), ("conversation", &from)]).await;
        assert_eq!(created.location, Some(address(app.number_in("clients", "max(id)"))), "{from}");
    }
}

async fn a_household_shares_a_conversation(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let ann = app.client("Ann", "+13035550101", &[]);
    let conversation = app.text_in("+13035550101", "Hi").await;
    let created = owner.post_form("/clients", &[("first_name", "Bob"), ("phone_1", "303 555 0101")]).await;
    assert_eq!(created.status, 303, "a phone that somebody has already is no obstacle");
    let bob = app.number_in("clients", "max(id)");
    for id in [ann, bob] {
        let links = owner.get(&address(id)).await.attributes("[aria-labelledby=conversations-title] a", "href");
        assert_eq!(links, [format!("/clients/{id}/sms/{conversation}")]);
    }
    let found = owner.get("/conversations?q=bob").await;
    assert!(found.text().contains("Ann Client, Bob"), "{}", found.text());
}

async fn people_who_may_be_the_same_one_are_shown_before_and_never_in_the_way(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let ann = app.client("Ann", "+13035550101", &[]);
    let bea = app.client("Bea", "+13035550102", &[]);
    owner.post_form(&address(bea), &[("email", "Bea@Example.com")]).await;
    let form = owner.get("/clients/new").await;
    assert_eq!(form.attributes("input[name=check]", "value"), ["yes"], "the page asks for it");
    let fields = [("first_name", "Zoe"), ("phone_1", "3035550101"), ("email", "bea@example.COM"), ("check", "yes")];
    let hint = owner.post_form("/clients", &fields).await;
    assert_eq!(hint.status, 200);
    let links = hint.attributes("main [role=status] a", "href");
    assert_eq!(links, [address(ann), address(bea)], "{}", hint.text());
    assert_eq!(hint.attributes("input[name=first_name]", "value"), ["Zoe"]);
    assert!(hint.texts("button").iter().any(|button| button == "Create anyway"));
    assert_eq!(app.count("clients"), 2);
    // Pressed, it does what it says; who was not shown yet is shown first
    let shown = hint.attributes("input[name=shown]", "value").concat();
    assert_eq!(shown, format!("{ann},{bea}"));
    let cyd = app.client("Cyd", "+13035550103", &[]);
    let mut again = [&fields[..], &[("shown", shown.as_str())]].concat();
    again[1] = ("phone_1", "3035550103");
    let more = owner.post_form("/clients", &again).await;
    assert_eq!(more.attributes("main [role=status] a", "href"), [address(bea), address(cyd)], "{}", more.text());
    again[1] = ("phone_1", "3035550101");
    assert_eq!(owner.post_form("/clients", &again).await.status, 303);
    assert_eq!(app.count("clients"), 4);
    let other = [("first_name", "Yan"), ("phone_1", "3035550155"), ("email", "bea@example.org"), ("check", "yes")];
    assert_eq!(owner.post_form("/clients", &other).await.status, 303, "nobody is like them");
}

async fn what_cannot_be_kept_is_said_before_who_it_may_be(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Ann", "+13035550101", &[]);
    let wrong = [("first_name", "Zoe"), ("phone_1", "3035550101"), ("email", "not an address"), ("check", "yes")];
    let refused = owner.post_form("/clients", &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("main [role=status]").is_empty(), "{}", refused.text());
    assert!(refused.texts("button").iter().any(|button| button == "Create client"), "{:?}", refused.texts("button"));
    assert_eq!(refused.attributes("input[name=check]", "value"), ["yes"], "it is asked when the rest is right");
    let hint = owner.post_form("/clients", &[&wrong[..2], &wrong[3..]].concat()).await;
    assert_eq!((hint.status, hint.attributes("main [role=status] a", "href").len()), (200, 1));
}

async fn a_full_name_that_is_here_already_is_a_hint_and_no_refusal(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let ann = app.client("Ann", "+13035550101", &[]);
    let fields = [("first_name", "ANN"), ("last_name", "Client"), ("check", "yes")];
    let hint = owner.post_form("/clients", &fields).await;
    assert_eq!(hint.status, 200);
    assert!(hint.text().contains("Ann Client (same name)"), "{}", hint.text());
    let both = [&fields[..], &[("phone_1", "3035550101")]].concat();
    assert!(owner.post_form("/clients", &both).await.text().contains("(same phone and name)"));
    // Ann alone is nobody's full name, and Ann Clients is somebody else
    for last in ["", "Clients"] {
        let other = [("first_name", "Ann"), ("last_name", last), ("check", "yes")];
        assert_eq!(owner.post_form("/clients", &other).await.status, 303, "{last}");
    }
    let shown = ann.to_string();
    assert_eq!(owner.post_form("/clients", &[&fields[..], &[("shown", &shown)]].concat()).await.status, 303);
    assert_eq!(owner.post_form("/clients", &fields[..2]).await.status, 303, "a script that asks nothing is not asked");
}

async fn a_change_that_makes_two_records_alike_is_hinted_at_once(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let ann = app.client("Ann", "+13035550101", &[]);
    let bea = app.client("Bea", "+13035550101", &[]);
    let form = owner.get(&format!("{}/edit", address(bea))).await;
    assert!(form.texts("main [role=status]").is_empty(), "they shared the phone before: {}", form.text());
    let seen = form.attributes("input[name=seen]", "value").concat();
    let same = [("notes", "blue door"), ("seen", seen.as_str()), ("check", "yes")];
    assert_eq!(owner.post_form(&address(bea), &same).await.status, 303);
    let form = owner.get(&format!("{}/edit", address(bea))).await;
    let seen = form.attributes("input[name=seen]", "value").concat();
    let alike = [("first_name", "Ann"), ("notes", "red"), ("seen", seen.as_str()), ("check", "yes")];
    let hint = owner.post_form(&address(bea), &alike).await;
    assert_eq!(hint.status, 200);
    assert_eq!(hint.attributes("main [role=status] a", "href"), [address(ann)], "{}", hint.text());
    assert!(hint.texts("button").iter().any(|button| button == "Save anyway"));
    assert_eq!(hint.attributes("input[name=seen]", "value"), [seen.as_str()]);
    let shown = hint.attributes("input[name=shown]", "value").concat();
    assert_eq!(owner.post_form(&address(bea), &[&alike[..], &[("shown", &shown)]].concat()).await.status, 303);
    assert_eq!(app.count("clients where first_name = 'Ann'"), 2);
}

async fn who_sees_only_their_own_takes_a_position_on_what_they_enter(backend: Backend) {
    let app = TestApp::start(backend).await;
    let may = Permissions {
        client_scope: ClientScope::Assigned,
        client_access: ClientAccess::Create,
        ..Permissions::NOTHING
    };
    let me = app.user_with("Ann Assigned", may);
    let actor = app.sign_in(me).await;
    let first = format!("position_{}", position(&app, 0));
    let form = actor.get("/clients/new").await;
    assert_eq!(form.attributes(&format!("select[name={first}] option[selected]"), "value"), [me.to_string()]);
    let refused = actor.post_form("/clients", &[("first_name", "Bob")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]").concat().contains("take one of the positions yourself"));
    let created = actor.post_form("/clients", &[("first_name", "Bob"), (&first, &me.to_string())]).await;
    assert_eq!(created.status, 303);
    assert_eq!(rows(&actor.get("/clients").await).len(), 1);
}
