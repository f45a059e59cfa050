use chrono::Duration;
use crewline::domain::{BuiltInRole, ClientId};
use crewline::store::{DbConnection, clients};
use diesel::RunQueryDsl as _;

use super::{everything, imported, records, rows, tiles};
use crate::support::app::{Actor, Backend, TestApp, for_both};

for_both!(
    undo_makes_everything_what_it_was,
    undo_keeps_what_somebody_made_theirs_and_says_why,
    undo_goes_on_where_it_was_killed,
    undo_keeps_a_record_whose_lead_status_is_gone,
    undo_says_when_only_lead_status_or_positions_were_changed,
    an_update_says_in_the_history_what_it_moved,
);

async fn undo(app: &TestApp, actor: &Actor, place: &str) {
    let undone = actor.post(&format!("{place}/undo")).await;
    assert_eq!((undone.status, undone.location.as_deref()), (303, Some(place)), "{}", undone.text());
    app.drain().await;
    assert_eq!(actor.get(place).await.texts("h1"), ["The import is undone"]);
}

async fn undo_makes_everything_what_it_was(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let ours = app.client("Karen", "+13035550101", &[app.owner()]);
    app.client("Ken", "+13035550109", &[]);
    for phone in ["+13035550101", "+13035550102", "+13035550103"] {
        app.text_in(phone, "Hi").await;
    }
    // As the program itself would have written it
    app.write(|tx| {
        let fields = clients::find(tx, ours)?.expect("she is here").fields;
        Ok(clients::update(tx, ours, &fields)?)
    });
    app.advance(Duration::minutes(1));
    let before = everything(&app);
    let text = "Name,Phone,Home phone,Email,Notes,Project Manager,Status,Phone for texts\n\
        Karen Fields,3035550101,3035550102,karen@k.example,tea,Olivia Owner,Customer,3035550102\n\
        Ann Able,3035550103,,ann@a.example,,,,\n\
        Ann Able,3035550103,3035550104,,milk,,,\n\
        K. Fields,,,karen@k.example,coffee,,,\n";
    let place = imported(&app, &owner, text, &[("duplicates", "update")]).await;
    assert_ne!(everything(&app), before, "it did something");
    assert_eq!(tiles(&owner.get(&place).await)[..2], ["1 added", "3 updated"]);
    undo(&app, &owner, &place).await;
    assert_eq!(everything(&app), before);
    let page = owner.get(&place).await;
    assert!(page.text().contains("Everything is as it was before"), "{}", page.text());
    assert_eq!(app.count("audit_log where action = 'clients.import_undone' and detail = '4 undone, 0 kept'"), 1);
    // Pressed again it changes nothing
    assert_eq!(owner.post(&format!("{place}/undo")).await.status, 303);
    assert_eq!((app.drain().await, app.count("jobs")), (0, 0));
}

async fn undo_keeps_what_somebody_made_theirs_and_says_why(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    app.client("Ken", "+13035550102", &[]);
    let text = "Name,Phone,Notes\nKaren Client,3035550101,a\nKen Client,3035550102,b\nAnn,3035550103,c\nBo,3035550104,d\n\
        Cy,3035550105,e\nDi,3035550106,f\n";
    let place = imported(&app, &owner, text, &[("duplicates", "update")]).await;
    app.advance(Duration::minutes(1));
    let id = |name: &str| app.number_in(&format!("clients where first_name = '{name}'"), "id");
    let edit = |client: ClientId| {
        app.write(|tx| {
            let mut fields = clients::find(tx, client)?.expect("they are here").fields;
            fields.notes = "mine now".to_owned();
            Ok(clients::update(tx, client, &fields)?)
        });
    };
    edit(id("Karen"));
    edit(id("Ann"));
    app.text_in("+13035550104", "Hello, it is Bo").await;
    let gone = id("Cy");
    app.write(|tx| Ok(clients::delete(tx, gone)?));
    undo(&app, &owner, &place).await;
    let names: Vec<String> =
        records(&app).iter().map(|line| line.split('|').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(names, ["Karen", "Ken", "Ann", "Bo"], "{:?}", records(&app));
    assert!(records(&app)[1].starts_with("Ken|Client|||||"), "Ken says again what he said: {:?}", records(&app));
    let page = owner.get(&format!("{place}?outcome=kept")).await;
    let kept: Vec<String> = rows(&page).into_iter().map(|(_, why)| why).collect();
    assert_eq!(
        kept,
        [
            "Somebody changed the record since.",
            "Somebody changed the record since.",
            "There were texts with this client since.",
        ]
    );
    assert!(page.text().contains("3 rows were kept, with the reason below"), "{}", page.text());
    assert_eq!(tiles(&page), ["2 removed", "1 restored", "3 kept", "0 with a problem"]);
}

async fn undo_goes_on_where_it_was_killed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let lines: String = (0..450).map(|n| format!("Client {n},30355{n:05}\n")).collect();
    let before = everything(&app);
    let place = imported(&app, &owner, &format!("Name,Phone\n{lines}"), &[]).await;
    owner.post(&format!("{place}/undo")).await;
    for _ in 0..2 {
        let now = app.now();
        app.write(|tx| crewline::services::imports::step(tx, 1, crewline::domain::ImportState::Undoing, i64::MAX, now));
        assert_eq!(app.count("clients"), 250);
    }
    assert_eq!(owner.get(&place).await.texts("label"), ["200 of 450 rows"]);
    app.drain().await;
    assert_eq!(everything(&app), before);
    assert_eq!(app.count("import_rows where outcome = 'removed'"), 450);
}

async fn undo_keeps_a_record_whose_lead_status_is_gone(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let text = "Name,Phone,Status\nKaren Client,3035550101,Customer\n";
    let place = imported(&app, &owner, text, &[("duplicates", "update")]).await;
    assert_eq!(app.count("client_phones"), 1);
    let first = app.number_in("lead_statuses", "min(id)");
    let sql = format!("delete from lead_statuses where id = {first}");
    app.write(|tx| {
        let connection: &mut DbConnection = tx;
        let gone = match connection {
            DbConnection::Sqlite(c) => diesel::sql_query(&sql).execute(c),
            DbConnection::Postgres(c) => diesel::sql_query(&sql).execute(c),
        };
        assert_eq!(gone.expect("nobody has it"), 1);
        Ok(())
    });
    undo(&app, &owner, &place).await;
    let page = owner.get(&place).await;
    assert_eq!(rows(&page)[0].1, "The lead status that it had before is not there any more.");
    assert!(records(&app)[0].contains("|Customer|"), "{:?}", records(&app));
}

async fn undo_says_when_only_lead_status_or_positions_were_changed(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let text = "Name,Phone,Status,Notes\nKaren Client,3035550101,Customer,a\nAnn,3035550102,Customer,b\n\
        Bo,3035550103,Lead Received,c\n";
    let place = imported(&app, &owner, text, &[("duplicates", "update")]).await;
    let id = |name: &str| app.number_in(&format!("lead_statuses where name = '{name}'"), "id");
    let removal = format!("/settings/lead-statuses/{}/removal", id("Customer"));
    let heir = id("Demo").to_string();
    assert_eq!(owner.post_form(&removal, &[("move_to", &heir)]).await.status, 303);
    undo(&app, &owner, &place).await;
    let kept: Vec<String> =
        rows(&owner.get(&format!("{place}?outcome=kept")).await).into_iter().map(|(_, why)| why).collect();
    assert_eq!(kept, ["Its lead status or positions were changed since."; 2]);
    assert_eq!(app.count("clients"), 2, "Bo is gone");
}

async fn an_update_says_in_the_history_what_it_moved(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let karen = app.client("Karen", "+13035550101", &[app.owner()]);
    app.user("Sally Sales", BuiltInRole::SalesPerson);
    let text = "Name,Phone,Status,Sales Person\nKaren Client,3035550101,Customer,Sally Sales\n";
    imported(&app, &owner, text, &[("duplicates", "update")]).await;
    let told = owner.get(&format!("/clients/{karen}")).await.texts("[aria-labelledby=activity-title] li div");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[1].ends_with("Sales Person: Olivia Owner → Sally Sales"), "{told:?}");
    assert!(told[2].ends_with("Lead Received → Customer"), "{told:?}");
}
