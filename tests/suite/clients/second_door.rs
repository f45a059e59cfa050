//! The second door by HTTP: every SMS access × client scope × client access × dashboard access × holds a position ×
//! assigned. What is expected comes from `assignment_policy`, and that is held to its reviewed matrix.

use crewline::assignment_policy::{
    ClientRecord, Conversation, Staff, may_read, may_read_texts_of, may_send, sees_on_dashboard,
};
use crewline::domain::{ClientAccess, ClientId, ClientScope, ConversationId, Permissions, SmsAccess, SmsDashboard};
use crewline::store::assignments;

use super::{tab, thread};
use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(
    the_thread_of_a_record_opens_and_takes_texts_as_the_policy_says,
    a_conversation_of_another_record_is_not_there_and_a_claimed_record_is_not_believed,
);

const CLIENT_ACCESSES: [ClientAccess; 3] = [ClientAccess::None, ClientAccess::Read, ClientAccess::Edit];

/// A record that I hold or do not, and a conversation that is assigned to me or is not.
struct Case {
    client: ClientId,
    conversation: ConversationId,
    holds: bool,
    assigned: bool,
}

fn everything() -> Vec<Permissions> {
    let mut all = Vec::new();
    for &sms_access in SmsAccess::ALL {
        for &client_scope in ClientScope::ALL {
            for client_access in CLIENT_ACCESSES {
                for &sms_dashboard in SmsDashboard::ALL {
                    all.push(Permissions {
                        sms_access,
                        client_scope,
                        client_access,
                        sms_dashboard,
                        ..Permissions::NOTHING
                    });
                }
            }
        }
    }
    all
}

async fn the_thread_of_a_record_opens_and_takes_texts_as_the_policy_says(backend: Backend) {
    let app = TestApp::start(backend).await;
    let me = app.user_with("Mika Matrix", Permissions::NOTHING);
    let actor = app.sign_in(me).await;
    let mut cases = Vec::new();
    for (number, (holds, assigned)) in
        [(true, true), (true, false), (false, true), (false, false)].into_iter().enumerate()
    {
        let phone = format!("+1303555010{number}");
        let holders: &[_] = if holds { &[me] } else { &[] };
        let client = app.client("Maria", &phone, holders);
        let conversation = app.text_in(&phone, "Is the roof done?").await;
        if assigned {
            app.assign(conversation, me);
        }
        cases.push(Case { client, conversation, holds, assigned });
    }
    let (mut opened, mut sent) = (0, 0);
    for may in everything() {
        app.set_permissions(me, may);
        let staff = Staff { id: me, active: true, may };
        for case in &cases {
            let name = format!("{may:?}, holds: {}, assigned: {}", case.holds, case.assigned);
            opened += i32::from(opens(&actor, case, &staff, &name).await);
            sent += i32::from(sends(&app, &actor, case, &staff, &name).await);
        }
    }
    // SMS access 3 × client access 2 × (all: 2, held: 1) × dashboards 3 × assigned 2
    assert_eq!(opened, 108);
    // Create and Delete × (all: 36, assigned: 24, none: 12 of the records alone)
    assert_eq!(sent, 144);
}

fn facts(case: &Case, me: &Staff) -> (ClientRecord, Conversation) {
    let record = ClientRecord { id: case.client, holders: case.holds.then_some(me.id).into_iter().collect() };
    let assigned = case.assigned.then_some(me.id).into_iter().collect();
    let conversation = Conversation { assigned, clients: vec![record.clone()], ..Conversation::default() };
    (record, conversation)
}

async fn opens(actor: &Actor, case: &Case, me: &Staff, name: &str) -> bool {
    let (record, _) = facts(case, me);
    let expected = may_read_texts_of(me, &record);
    for path in [thread(case.client, case.conversation), tab(case.client)] {
        let page = actor.get(&path).await;
        assert_eq!(page.status, if expected { 200 } else { 404 }, "{path}: {name}");
        assert_eq!(page.body.contains("Is the roof done?"), expected, "{path}: {name}");
        if expected {
            assert_eq!(page.attributes("nav a[aria-current=page][href$='/sms']", "href"), [tab(case.client)]);
            let may_write = me.may.sms_access >= SmsAccess::Create;
            assert_eq!(
                page.texts("form[action$='/messages'] .composer-foot > button"),
                if may_write { vec!["Send"] } else { vec![] }
            );
        }
    }
    expected
}

async fn sends(app: &TestApp, actor: &Actor, case: &Case, me: &Staff, name: &str) -> bool {
    let (record, conversation) = facts(case, me);
    let path = format!("/conversations/{}/messages", case.conversation);
    let came_from = case.client.to_string();
    let answered = actor.post_form(&path, &[("body", "Yes"), ("from_client", &came_from)]).await;
    let expected = match (may_read(me, &conversation), may_send(me, &conversation)) {
        (false, _) => 404,
        (true, false) => 403,
        (true, true) => 303,
    };
    assert_eq!(answered.status, expected, "{name}");
    if expected != 303 {
        return false;
    }
    let mine = format!("assignments where conversation_id = {} and user_id = {}", case.conversation, me.id);
    assert_eq!(app.count(&mine), 1, "who sends is assigned: {name}");
    let now = Conversation { assigned: vec![me.id], ..conversation };
    let back = if may_read_texts_of(me, &record) {
        thread(case.client, case.conversation)
    } else if sees_on_dashboard(me, &now) {
        format!("/conversations/{}", case.conversation)
    } else {
        "/conversations".to_owned()
    };
    assert_eq!(answered.location, Some(back), "{name}");
    if !case.assigned {
        app.write(|tx| Ok(assignments::delete(tx, case.conversation, me.id)?));
    }
    true
}

async fn a_conversation_of_another_record_is_not_there_and_a_claimed_record_is_not_believed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", crewline::domain::BuiltInRole::SalesPerson);
    let mine = app.client("Maria", "+13035550101", &[sally]);
    let other = app.client("Olga", "+13035550102", &[]);
    let (of_mine, of_other) = (app.text_in("+13035550101", "Hi").await, app.text_in("+13035550102", "A secret").await);
    let stranger = app.text_in("+13035550103", "A stranger").await;
    let sales = app.sign_in(sally).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(sales.get(&thread(mine, of_mine)).await.status, 200);
    for path in [
        thread(mine, of_other),
        thread(mine, stranger),
        thread(mine, 99_999),
        thread(other, of_other),
        thread(other, of_mine),
        thread(99_999, of_mine),
        tab(other),
        format!("/clients/{mine}/sms/x"),
    ] {
        assert_eq!(sales.get(&path).await.status, 404, "{path}");
    }
    for path in [thread(mine, of_other), thread(other, of_mine), thread(other, stranger)] {
        assert_eq!(owner.get(&path).await.status, 404, "not even for who may open both: {path}");
    }
    assert_eq!(sales.post_form(&tab(other), &[("body", "Hi")]).await.status, 404);

    // A record that is not theirs, not linked, or nothing at all changes nothing of where they go back to
    for claimed in [other.to_string(), "99999".to_owned(), "x".to_owned(), "-1".to_owned(), String::new()] {
        let form = [("body", "Hi Maria"), ("from_client", claimed.as_str())];
        let sent = sales.post_form(&format!("/conversations/{of_mine}/messages"), &form).await;
        assert_eq!(sent.location, Some(format!("/conversations/{of_mine}")), "{claimed}");
        let blank = [("body", " "), ("from_client", claimed.as_str())];
        let refused = sales.post_form(&format!("/conversations/{of_mine}/messages"), &blank).await;
        assert_eq!(refused.status, 422, "{claimed}");
        assert!(!refused.body.contains("Olga"), "{claimed}");
    }
}
