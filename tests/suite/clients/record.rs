use chrono::Duration;
use crewline::domain::{BuiltInRole, ClientAccess, ClientActivityKind, ClientScope, Permissions, SmsAccess};
use crewline::store::client_activity;

use super::{activity, address, position, status};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    a_record_shows_all_that_is_known_of_a_client,
    conversations_are_linked_only_for_those_who_may_read_texts,
    activity_is_paged_newest_first_without_gaps,
    the_lead_status_is_changed_on_the_record_and_its_history_stays,
    positions_are_given_and_taken_on_the_record,
    who_takes_themselves_off_a_record_is_led_to_the_list,
    the_card_and_the_title_of_a_thread_lead_to_the_record_of_those_who_may_open_it,
);

async fn a_record_shows_all_that_is_known_of_a_client(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[app.owner()]);
    let fields = [
        ("company", "Delgado & Sons"),
        ("email", "maria@delgado.example"),
        ("address", "2609 W 34th Ave, Denver"),
        ("time_zone", "America/New_York"),
        ("lead_source", "Home show"),
        ("appointment_at", "2026-12-01T14:00"),
        ("notes", "Gate code 4471.\r\n<b>Beware</b> of the dog."),
        ("phone_2", "303-555-0102"),
        ("phone_kind_2", "office"),
    ];
    assert_eq!(owner.post_form(&address(id), &fields).await.status, 303);
    app.text_in("+13035550102", "STOP").await;
    let page = owner.get(&address(id)).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for words in [
        "Maria Client",
        "Delgado & Sons",
        "2609 W 34th Ave, Denver",
        "America/New_York",
        "Home show",
        "Tuesday 1 December 2026, 14:00",
        "Sales Person",
        "Nobody",
        "Crew & Sons Roofing",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let phones = page.texts("[aria-labelledby=contact-title] li");
    assert!(phones[0].starts_with("(303) 555-0101 Mobile For texting") && !phones[0].contains("Opted"), "{phones:?}");
    assert!(phones[1].starts_with("(303) 555-0102 Office Opted out"), "{phones:?}");
    let links = page.attributes("[aria-labelledby=contact-title] a:not([href*=consent])", "href");
    assert_eq!(links, ["tel:+13035550101", "tel:+13035550102", "mailto:maria@delgado.example"]);
    assert!(page.body.contains("Gate code 4471.\n&#60;b&#62;Beware"), "lines are kept, markup is text");
    assert_eq!(app.count("clients where appointment_at = '2026-12-01 19:00:00'"), 1);
}

async fn conversations_are_linked_only_for_those_who_may_read_texts(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let conversation = app.text_in("+13035550101", "A secret of Maria").await;
    for access in SmsAccess::ALL {
        let may = Permissions {
            client_scope: ClientScope::All,
            client_access: ClientAccess::Read,
            sms_access: *access,
            ..Permissions::NOTHING
        };
        let actor = app.sign_in(app.user_with(&format!("Reader {access}"), may)).await;
        let page = actor.get(&address(id)).await;
        let shown = page.texts("[aria-labelledby=conversations-title] li");
        assert!(shown.len() == 1 && shown[0].starts_with("(303) 555-0101"), "{shown:?}");
        let links = page.attributes("[aria-labelledby=conversations-title] a", "href");
        let door = format!("/clients/{id}/sms/{conversation}");
        assert_eq!(links, if *access == SmsAccess::None { vec![] } else { vec![door] }, "{access}");
        assert!(!page.body.contains("A secret"), "words stay behind the door");
    }
}

async fn activity_is_paged_newest_first_without_gaps(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let (id, other) = (app.client("Maria", "+13035550101", &[]), app.client("Other", "+13035550102", &[]));
    let now = app.now();
    app.write(|tx| {
        for number in 0..75 {
            let detail = format!("line {number}");
            client_activity::insert(tx, id, ClientActivityKind::Edited, None, &detail, now)?;
            client_activity::insert(tx, other, ClientActivityKind::Edited, None, "a stranger's", now)?;
        }
        Ok(())
    });
    let (mut met, mut next) = (Vec::new(), Some(address(id)));
    while let Some(path) = next {
        let page = owner.get(&path).await;
        met.extend(activity(&page));
        next = page.attributes("a[rel=next]", "href").pop();
    }
    let expected: Vec<String> =
        (0..75).rev().map(|number| format!("Crewline edited the record line {number}")).collect();
    assert_eq!(met, expected);
}

async fn the_lead_status_is_changed_on_the_record_and_its_history_stays(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let change = format!("/clients/{id}/lead-status");
    for name in ["Appointment Set", "Demo", "Demo"] {
        let changed = owner.post_form(&change, &[("lead_status_id", &status(&app, name))]).await;
        assert_eq!((changed.status, changed.location), (303, Some(address(id))), "{name}");
        app.advance(Duration::minutes(1));
    }
    let page = owner.get(&address(id)).await;
    assert_eq!(
        activity(&page),
        [
            "Olivia Owner changed the lead status Appointment Set → Demo",
            "Olivia Owner changed the lead status Lead Received → Appointment Set",
        ],
        "what changes nothing is no news"
    );
    assert_eq!(page.texts("select[name=lead_status_id] option[selected]"), ["Demo"]);
    assert_eq!(app.count(&format!("audit_log where action = 'client.edited' and subject = 'client {id}'")), 2);
    for wrong in ["0", "9999", "-1"] {
        let refused = owner.post_form(&change, &[("lead_status_id", wrong)]).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1), "{wrong}");
    }
    assert_eq!(owner.post_form(&change, &[("lead_status_id", "x")]).await.status, 422);
    assert_eq!(owner.post_form("/clients/9999/lead-status", &[("lead_status_id", "1")]).await.status, 404);
}

async fn positions_are_given_and_taken_on_the_record(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let (sally, gail) =
        (app.user("Sally Sales", BuiltInRole::SalesPerson), app.user("Gail Gone", BuiltInRole::FieldEmployee));
    let id = app.client("Maria", "+13035550101", &[gail]);
    app.set_active(gail, false);
    let (first, second) = (position(&app, 0).to_string(), position(&app, 1).to_string());
    let set = async |position: &str, user: &str| {
        owner.post_form(&format!("/clients/{id}/positions"), &[("position_id", position), ("user_id", user)]).await
    };
    let offered =
        |page: &crate::support::app::Answered, position: &str| page.texts(&format!("#position-{position} option"));
    let page = owner.get(&address(id)).await;
    assert_eq!(offered(&page, &first), ["Nobody", "Gail Gone (deactivated)", "Olivia Owner", "Sally Sales"]);
    assert_eq!(offered(&page, &second), ["Nobody", "Olivia Owner", "Sally Sales"], "who is gone is offered no more");

    assert_eq!(set(&second, &sally.to_string()).await.location, Some(address(id)));
    let page = owner.get(&address(id)).await;
    assert_eq!(activity(&page)[0], "Olivia Owner changed who holds a position Project Manager: nobody → Sally Sales");
    assert_eq!(set(&second, "").await.status, 303);
    assert_eq!(
        app.count(&format!("client_positions where client_id = {id} and user_id = {gail}")),
        1,
        "the other stays"
    );
    assert_eq!(app.count(&format!("client_positions where client_id = {id}")), 1);
    for (position, user) in [(second.as_str(), gail.to_string()), (&second, "9999".into()), (&second, "x".into())] {
        let refused = set(position, &user).await;
        assert_eq!((refused.status, refused.texts("[role=alert]").len()), (422, 1), "{user}");
    }
    for user in [sally.to_string(), String::new()] {
        assert_eq!(set("9999", &user).await.status, 422, "no such position, {user}");
    }
    let path = format!("/clients/{id}/positions");
    let silent = owner.post_form(&path, &[("position_id", &first)]).await;
    assert_eq!((silent.status, silent.texts("[role=alert]").len()), (422, 1), "what is not sent empties nothing");
    assert_eq!(app.count(&format!("client_positions where client_id = {id}")), 1);
}

async fn who_takes_themselves_off_a_record_is_led_to_the_list(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let id = app.client("Maria", "+13035550101", &[sally, sally]);
    let sales = app.sign_in(sally).await;
    let leave = async |place| {
        let position = position(&app, place).to_string();
        sales.post_form(&format!("/clients/{id}/positions"), &[("position_id", &position), ("user_id", "")]).await
    };
    assert_eq!(leave(0).await.location, Some(address(id)), "there is still the other");
    assert_eq!(leave(1).await.location.as_deref(), Some("/clients"));
    assert_eq!(sales.get(&address(id)).await.status, 404);
    assert_eq!(leave(1).await.status, 404);
}

async fn the_card_and_the_title_of_a_thread_lead_to_the_record_of_those_who_may_open_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let id = app.client("Maria", "+13035550101", &[]);
    let conversation = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let thread = owner.get(&format!("/conversations/{conversation}")).await;
    for place in ["h2", "[aria-label=Client]"] {
        assert_eq!(thread.attributes(&format!("{place} a[href^='/clients/']"), "href"), [address(id)], "{place}");
    }
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    app.assign(conversation, sally);
    let thread = app.sign_in(sally).await.get(&format!("/conversations/{conversation}")).await;
    assert!(thread.text().contains("Maria Client"), "assigned, so they see the thread");
    assert!(thread.attributes("main a[href^='/clients/']", "href").is_empty(), "and hold no position on the record");
    // A household has no one record that the title could lead to
    app.client("Bob", "+13035550177", &[]);
    app.client("Ann", "+13035550177", &[]);
    let household = app.text_in("+13035550177", "Hi").await;
    let thread = owner.get(&format!("/conversations/{household}")).await;
    assert!(thread.attributes("h2 a[href^='/clients/']", "href").is_empty());
    assert_eq!(thread.attributes("[aria-label=Client] a[href^='/clients/']", "href").len(), 2);
}
