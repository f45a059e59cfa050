use chrono::Duration;
use crewline::domain::BuiltInRole;

use super::{checked, imported, records, rows, tiles};
use crate::support::app::{Backend, TestApp, for_both};

for_both!(
    good_rows_become_clients_with_all_that_they_say,
    who_is_there_already_is_skipped_or_updated_as_chosen,
    a_row_is_decided_against_what_is_there_when_it_runs,
    rows_of_one_file_about_the_same_client_come_together,
    it_goes_on_where_it_was_killed_and_does_nothing_twice,
    clients_come_with_the_conversations_of_their_phones,
    nothing_goes_on_in_the_name_of_who_may_not_import_any_more,
    who_has_opted_out_comes_in_as_opted_out,
);

async fn good_rows_become_clients_with_all_that_they_say(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let text = "First,Last,Company,Email,Cell,Home phone,Street,City,Status,Source,Appointment,Comments,Sales person,Time zone\n\
        Ann,Able,Able & Co,Ann@A.example,(303) 555-0102,+13035550103,1 Main St,Denver,customer,Web,2026-03-31 14:30,\"'=1+1\",Olivia Owner,America/New_York\n\
        Bo,,,,x,,,,,,,,,\n";
    let place = imported(&app, &owner, text, &[]).await;
    assert_eq!(
        records(&app),
        ["Ann|Able|Able & Co|Ann@A.example|1 Main St, Denver|=1+1|Web|America/New_York|2026-03-31 20:30:00|Customer|\
          ann able able co ann a example 1 main st denver 13035550102 3035550102 035550102 35550102 5550102 550102 50102 0102 \
          13035550103 3035550103 035550103 35550103 5550103 550103 50103 0103"
            .to_owned()]
    );
    assert_eq!(app.count("client_phones where kind = 'mobile' and texting and phone = '+13035550102'"), 1);
    assert_eq!(app.count("client_phones where kind = 'home' and not texting and phone = '+13035550103'"), 1);
    assert_eq!(app.count(&format!("client_positions where user_id = {}", app.owner())), 1);
    assert_eq!(app.count("client_activity where kind = 'imported' and detail = 'leads.csv'"), 1);
    let logged =
        app.number_in("audit_log where action = 'clients.imported' and detail = '1 added, 0 updated'", "count(*)");
    assert_eq!(logged, 1, "once for all");
    let page = owner.get(&place).await;
    assert_eq!(tiles(&page), ["1 added", "0 updated", "0 skipped", "1 with a problem"]);
    assert_eq!(page.attributes(".import-row a", "href").len(), 1, "the new client is one click away");
    // Pressed again it changes nothing
    assert_eq!(owner.post(&format!("{place}/run")).await.status, 303);
    assert_eq!(app.drain().await, 0);
    let mapping = owner.post_form(&format!("{place}/mapping"), &[("duplicates", "update")]).await;
    assert_eq!(mapping.status, 422, "it is too late for that");
}

async fn who_is_there_already_is_skipped_or_updated_as_chosen(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    app.client("Karen", "+13035550101", &[]);
    let text =
        "First,Last,Phone,Email,Notes\nKaren,Fields,303 555 0101,karen@k.example,Likes tea\nAnn,Able,,ann@a.example,\n";
    imported(&app, &owner, text, &[("duplicates", "skip")]).await;
    assert_eq!(app.count("clients"), 2);
    assert!(records(&app)[0].starts_with("Karen|Client||||"), "{:?}", records(&app));

    let again = "Name,Phone,Home phone,Email,Notes\nKaren Fields,303 555 0101,303 555 0199,,Likes tea\n,,,ANN@A.example,Met on Monday\n\
        Karen Fields,303 555 0101,,,Likes tea\n";
    let place = imported(&app, &owner, again, &[("duplicates", "update")]).await;
    let found = records(&app);
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("Karen|Fields||||Likes tea|"), "{found:?}");
    assert!(
        found[1].starts_with("Ann|Able||ANN@A.example||Met on Monday|"),
        "what is empty leaves the record as it is: {found:?}"
    );
    assert_eq!(app.count("client_phones where texting and phone = '+13035550101'"), 1);
    assert_eq!(app.count("client_phones where not texting and kind = 'home' and phone = '+13035550199'"), 1);
    let page = owner.get(&place).await;
    assert_eq!(tiles(&page), ["0 added", "2 updated", "1 skipped", "0 with a problem"]);
    assert!(rows(&page)[2].1.contains("Karen Fields says all of this already"), "{:?}", rows(&page));

    // A household: two have the phone, the name says who is meant
    app.client("Ken", "+13035550101", &[]);
    let household = "First,Last,Phone,Notes\nKen,Client,3035550101,Second\nKim,Client,3035550101,Who\n";
    let place = imported(&app, &owner, household, &[("duplicates", "update")]).await;
    assert!(records(&app)[2].starts_with("Ken|Client||||Second|"), "{:?}", records(&app));
    assert!(rows(&owner.get(&place).await)[1].1.contains("Karen Fields and Ken Client all have this phone"));
}

async fn a_row_is_decided_against_what_is_there_when_it_runs(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let leaving = app.client("Leo", "+13035550105", &[]);
    let text = "Name,Phone\nKaren Fields,3035550101\nLeo Left,3035550105\n";
    let place = checked(&app, &owner, text, &[]).await;
    assert_eq!(tiles(&owner.get(&place).await)[..3], ["1 to add", "0 to update", "1 to skip"]);
    app.client("Karen", "+13035550101", &[]);
    app.write(|tx| Ok(crewline::store::clients::delete(tx, leaving)?));
    owner.post(&format!("{place}/run")).await;
    app.drain().await;
    let page = owner.get(&place).await;
    assert_eq!(tiles(&page)[..3], ["1 added", "0 updated", "1 skipped"]);
    assert_eq!(rows(&page)[0], ("Skipped".to_owned(), "Karen Client has this phone or e-mail already.".to_owned()));
    assert_eq!(app.count("clients where first_name = 'Leo' and last_name = 'Left'"), 1);
}

async fn rows_of_one_file_about_the_same_client_come_together(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let text = "Name,Phone,Email,Notes\nAnn Able,3035550102,,one\nAnn Able,3035550102,ann@a.example,two\nA. Able,,ann@a.example,three\n";
    let place = checked(&app, &owner, text, &[("duplicates", "update")]).await;
    assert_eq!(tiles(&owner.get(&place).await)[..2], ["1 to add", "2 to update"]);
    owner.post(&format!("{place}/run")).await;
    app.drain().await;
    assert_eq!(records(&app).len(), 1);
    assert!(records(&app)[0].starts_with("A.|Able||ann@a.example||three|"), "{:?}", records(&app));
    assert_eq!(tiles(&owner.get(&place).await)[..2], ["1 added", "2 updated"]);
    let again = checked(&app, &owner, text, &[("duplicates", "skip")]).await;
    let page = owner.get(&again).await;
    assert_eq!(tiles(&page)[..3], ["0 to add", "0 to update", "3 to skip"]);
    assert!(page.text().contains("There is nothing to import"));
    assert_eq!(owner.post(&format!("{again}/run")).await.status, 422);
}

async fn it_goes_on_where_it_was_killed_and_does_nothing_twice(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let lines: String = (0..450).map(|n| format!("Client {n},30355{n:05}\n")).collect();
    let place = checked(&app, &owner, &format!("Name,Phone\n{lines}"), &[]).await;
    owner.post(&format!("{place}/run")).await;
    // Each step is done, but what was to be written down after it is lost: it comes back
    let step = |reached: i64| {
        let now = app.now();
        app.write(|tx| crewline::services::imports::step(tx, 1, crewline::domain::ImportState::Running, reached, now));
    };
    step(0);
    assert_eq!(app.count("clients"), 200);
    step(0);
    assert_eq!(app.count("clients"), 200, "a step that ran already does nothing");
    let page = owner.get(&place).await;
    assert_eq!(page.texts("label"), ["200 of 450 rows"]);
    assert_eq!(page.attributes("progress", "value"), ["200"]);
    assert_eq!(page.attributes("[hx-trigger='every 1s']", "hx-get"), [place.as_str()]);
    app.drain().await;
    assert_eq!((app.count("clients"), app.count("client_phones"), app.count("jobs")), (450, 450, 0));
    assert_eq!(app.count("client_activity where kind = 'imported'"), 450);
    assert_eq!(app.count("audit_log where action = 'clients.imported'"), 1);
    let done = owner.get(&place).await;
    assert!(done.attributes("[hx-trigger='every 1s']", "hx-get").is_empty(), "nobody asks any more");
    assert_eq!(rows(&done).len(), 50);
    let next = done.attributes("a[rel=next]", "href");
    assert_eq!(rows(&owner.get(&next[0]).await).len(), 50);
}

async fn clients_come_with_the_conversations_of_their_phones(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let thread = app.text_in("+13035550102", "Is the roof done?").await;
    app.advance(Duration::minutes(1));
    imported(&app, &owner, "Name,Phone\nAnn Able,3035550102\n", &[]).await;
    assert_eq!(app.count(&format!("conversation_clients where conversation_id = {thread}")), 1);
    let found = owner.get("/conversations?q=able").await;
    assert_eq!(found.attributes("li.row a", "href"), [format!("/conversations/{thread}")]);
}

#[tokio::test]
async fn duplicates_are_looked_up_by_index() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (sql, index) in [
        ("select id from clients where lower(clients.email) in ('a', 'b')", "clients_email_idx"),
        ("select client_id from client_phones where phone in ('a', 'b')", "client_phones_phone_idx"),
        ("select line from import_keys where import_id = 1 and key in ('a', 'b')", "import_keys"),
        ("select id from import_rows where import_id = 1 and line > 2 order by line limit 3", "import_rows_line_idx"),
        (
            "select id from import_rows where import_id = 1 and outcome = 'bad' and line > 2 order by line limit 3",
            "import_rows_outcome_idx",
        ),
    ] {
        let plan = app.read(|c| crate::support::rows::plan(c, sql));
        assert!(plan.iter().all(|step| step.starts_with("SEARCH")) && plan[0].contains(index), "{sql}: {plan:?}");
    }
}

async fn nothing_goes_on_in_the_name_of_who_may_not_import_any_more(backend: Backend) {
    let app = TestApp::start(backend).await;
    let mia = app.user("Mia Manager", BuiltInRole::BusinessManager);
    let (owner, manager) = (app.sign_in(app.owner()).await, app.sign_in(mia).await);
    let place = checked(&app, &manager, "Name,Phone\nAnn,3035550101\nBo,3035550102\n", &[]).await;
    assert_eq!(manager.post(&format!("{place}/run")).await.status, 303);
    app.set_active(mia, false);
    app.drain().await;
    assert_eq!(app.count("clients"), 0);
    let page = owner.get(&place).await;
    assert!(page.text().contains("may not import any more"), "{}", page.text());
}

async fn who_has_opted_out_comes_in_as_opted_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for phone in ["+13035550101", "+13035550103"] {
        app.text_in(phone, "STOP").await;
    }
    app.client("Ken", "+13035550109", &[]);
    let out = async || owner.get("/clients?filter=opted_out").await.texts("[aria-label=Clients] ol li");
    assert!(out().await.is_empty() && app.count("opt_outs") == 2);
    let text = "First,Last,Phone,Home phone\nAnn,Able,303 555 0101,\nBob,Best,303 555 0102,\nKen,Client,303 555 0109,303 555 0103\n";
    imported(&app, &owner, text, &[("duplicates", "update")]).await;
    assert_eq!(app.count("clients"), 3);
    let rows = out().await;
    let names = ["Ann Able", "Ken Client"];
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(names.iter().all(|name| rows.iter().any(|row| row.contains(name))), "{rows:?}");
    assert!(rows.iter().all(|row| row.contains("Opted out")), "{rows:?}");
}
