use chrono::Duration;

use super::{checked, imported, records, rows, tiles, uploaded};
use crate::support::app::{Actor, Backend, TestApp, for_both};
use crate::support::rows::lines;

for_both!(
    a_deleted_client_leaves_nothing_in_the_rows_that_were_about_them,
    a_planned_row_whose_client_is_deleted_loses_the_name_and_is_planned_anew,
    an_import_can_be_deleted_and_its_clients_stay,
    an_import_under_way_cannot_be_deleted,
    the_rows_of_old_imports_are_dropped_and_its_page_says_so,
    what_a_check_needed_goes_when_it_is_over,
);

const FILE: &str = "Name,Phone,Email,Notes\nKaren Client,3035550101,karen@k.example,tea\nAnn Able,3035550102,,milk\n\
    Bo Bell,3035550103,,juice\n";

/// All words that imports hold, and by what rows are told apart.
fn words(app: &TestApp) -> String {
    let sql = "select cells || before || after || reason as line from import_rows union all \
               select key as line from import_keys";
    app.read(|c| lines(c, sql)).join("\n")
}

async fn delete_client(app: &TestApp, actor: &Actor, name: &str) {
    let id = app.number_in(&format!("clients where first_name = '{name}'"), "id");
    assert_eq!(actor.post(&format!("/clients/{id}/removal")).await.status, 303);
}

async fn a_deleted_client_leaves_nothing_in_the_rows_that_were_about_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let first = imported(&app, &owner, FILE, &[("duplicates", "update")]).await;
    let second = imported(&app, &owner, &format!("{FILE}Zoe,,,\n"), &[("duplicates", "skip")]).await;
    assert_eq!(tiles(&owner.get(&second).await)[2], "3 skipped");
    let before = words(&app);
    assert_eq!((before.matches("tea").count(), before.matches("milk").count()), (2, 2), "{before}");
    for name in ["Karen", "Ann"] {
        delete_client(&app, &owner, name).await;
    }
    let after = words(&app);
    for word in ["Karen", "5550101", "karen@k.example", "tea", "Ann", "5550102", "milk"] {
        assert!(!after.contains(word), "{word} is still there: {after}");
    }
    assert_eq!(after.matches("juice").count(), 2, "Bo was not deleted: {after}");
    for place in [&first, &second] {
        let said: Vec<String> = rows(&owner.get(place).await).into_iter().map(|(_, why)| why).collect();
        assert_eq!(said[..2], ["The client was deleted.", "The client was deleted."], "{said:?}");
    }
    // The undo of the rest works
    assert_eq!(owner.post(&format!("{first}/undo")).await.status, 303);
    app.drain().await;
    assert_eq!(app.count("clients"), 1, "only Zoe is left: {:?}", records(&app));
    let page = owner.get(&first).await;
    assert_eq!(tiles(&page), ["2 removed", "1 restored", "0 kept", "0 with a problem"]);
    let removed = owner.get(&format!("{first}?outcome=removed")).await;
    assert_eq!(rows(&removed).len(), 2);
    assert!(removed.text().contains("Bo Bell"), "{}", removed.text());
}

async fn a_planned_row_whose_client_is_deleted_loses_the_name_and_is_planned_anew(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let place = checked(&app, &owner, "Phone,Company\n3035550101,Fields\n", &[("duplicates", "update")]).await;
    assert!(rows(&owner.get(&place).await)[0].1.contains("Changes Karen"));
    delete_client(&app, &owner, "Karen").await;
    assert!(!words(&app).contains("Karen"));
    assert_eq!(rows(&owner.get(&place).await)[0].1, "The client was deleted.");
    owner.post(&format!("{place}/run")).await;
    app.drain().await;
    assert_eq!(tiles(&owner.get(&place).await)[..2], ["1 added", "0 updated"]);
}

async fn an_import_can_be_deleted_and_its_clients_stay(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let place = imported(&app, &owner, FILE, &[]).await;
    let other = uploaded(&owner, "Name\nZoe\n").await;
    let page = owner.get(&place).await;
    assert!(page.texts("details.form-removal")[0].contains("The clients stay as they are now"), "{}", page.text());
    let gone = owner.post(&format!("{place}/removal")).await;
    assert_eq!((gone.status, gone.location.as_deref()), (303, Some("/clients/imports")));
    // At once, however long the rows take
    assert_eq!(app.count("import_rows"), 4);
    for path in ["", "/mapping", "/problems.csv"] {
        assert_eq!(owner.get(&format!("{place}{path}")).await.status, 404, "{path}");
    }
    for verb in ["undo", "run", "mapping", "removal"] {
        assert_eq!(owner.post(&format!("{place}/{verb}")).await.status, 404, "{verb}");
    }
    assert_eq!(owner.get("/clients/imports").await.attributes(".import-line > a", "href"), [other.as_str()]);
    app.drain().await;
    assert_eq!((app.count("imports"), app.count("import_rows"), app.count("clients")), (1, 1, 3));
    let log = owner.get("/settings/audit?action=clients.import_removed").await;
    assert!(log.text().contains("leads.csv"), "{}", log.text());
    assert_eq!(owner.get(&other).await.status, 200);
}

async fn an_import_under_way_cannot_be_deleted(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let place = checked(&app, &owner, FILE, &[]).await;
    owner.post(&format!("{place}/run")).await;
    assert_eq!(owner.get(&place).await.texts("h1"), ["Importing"]);
    let refused = owner.post(&format!("{place}/removal")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("under way"), "{}", refused.text());
    app.drain().await;
    assert_eq!(app.count("clients"), 3);
    assert_eq!(owner.post(&format!("{place}/removal")).await.status, 303);
    app.drain().await;
    assert_eq!(app.count("imports"), 0);
}

async fn the_rows_of_old_imports_are_dropped_and_its_page_says_so(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let many: String = (0..600).map(|n| format!("Client {n},30355{n:05}\n")).collect();
    let done = imported(&app, &owner, &format!("Name,Phone\n{many}"), &[]).await;
    let waiting = uploaded(&owner, "Name\nZoe\n").await;
    app.advance(Duration::days(89));
    let owner = app.sign_in(app.owner()).await;
    let young = uploaded(&owner, "Name\nYan\n").await;
    let sweep = async || {
        app.worker.forget_old_imports().await.expect("the database is there");
        app.drain().await;
    };
    sweep().await;
    assert_eq!(app.count("import_rows"), 602, "not yet");
    app.advance(Duration::days(2));
    sweep().await;
    assert_eq!((app.count("imports"), app.count("import_rows"), app.count("clients")), (3, 1, 600));
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(&done).await;
    assert_eq!(page.texts("h1"), ["Imported"]);
    assert!(page.text().contains("Rows are kept for 90 days"), "{}", page.text());
    assert!(!page.text().contains("Undo this import") && page.text().contains("Delete this import"), "{}", page.text());
    let never = owner.get(&waiting).await;
    assert_eq!(never.texts("h1"), ["The file was never imported"]);
    assert!(!never.text().contains("It cannot be undone"), "{}", never.text());
    let list = owner.get("/clients/imports").await;
    assert!(list.text().contains("600 rows: 600 added; its rows are not kept any more"), "{}", list.text());
    for (place, verb) in [(&done, "undo"), (&waiting, "mapping"), (&waiting, "run")] {
        let refused = owner.post(&format!("{place}/{verb}")).await;
        assert_eq!(refused.status, 422, "{verb}");
        assert!(refused.text().contains("not kept any more"), "{}", refused.text());
    }
    assert_eq!(owner.get(&format!("{waiting}/mapping")).await.location.as_deref(), Some(waiting.as_str()));
    assert_eq!(owner.get(&young).await.texts("h1"), ["What do the columns mean?"]);
    sweep().await;
    assert_eq!((app.count("import_rows"), app.count("jobs")), (1, 0));
}

async fn what_a_check_needed_goes_when_it_is_over(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let lines: String = (0..450).map(|n| format!("Client {n},30355{n:05}\n")).collect();
    let place = uploaded(&owner, &format!("Name,Phone\n{lines}")).await;
    owner.post_form(&format!("{place}/mapping"), &[]).await;
    let now = app.now();
    app.write(|tx| crewline::services::imports::step(tx, 1, crewline::domain::ImportState::Checking, 0, now));
    assert_eq!(app.count("import_keys"), 200);
    app.drain().await;
    assert_eq!((app.count("import_keys"), app.count("jobs")), (0, 0));
    assert_eq!(tiles(&owner.get(&place).await)[0], "450 to add");
}
