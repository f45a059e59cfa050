use chrono::Duration;
use crewline::domain::{BuiltInRole, Permissions};
use crewline::store::audit::{self, Entry};

use crate::support::app::{Answered, Backend, TestApp, for_both};

for_both!(
    the_log_says_who_did_what_to_what_when_and_from_where_newest_first,
    the_log_is_read_page_by_page_to_its_beginning,
    filters_narrow_it_by_person_action_and_day_of_the_company,
    the_export_holds_what_the_filter_finds_and_no_formula,
    only_an_auditor_reads_it_and_it_quotes_no_text,
    subjects_have_their_names_and_clients_only_for_who_may_open_them,
    who_takes_a_copy_of_the_log_or_of_the_clients_is_in_the_log,
);

const PAGE: &str = "/settings/audit";

fn entries(page: &Answered) -> Vec<String> {
    page.texts("[data-audit-id]")
}

/// Something that was done, by the Owner or by nobody.
fn note(app: &TestApp, actor: Option<i64>, action: &str, subject: &str, detail: &str) {
    let now = app.now();
    app.write(|tx| Ok(audit::record(tx, &Entry { actor, action, subject, detail, address: "10.0.0.7" }, now)?));
}

async fn the_log_says_who_did_what_to_what_when_and_from_where_newest_first(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-11-03T18:05:00").start().await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.post("/sign-out").await.status, 303);
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    app.set_active(michael, false);
    note(&app, Some(app.owner()), "roof.painted", "client 12", "");
    let owner = app.sign_in(app.owner()).await;
    let page = owner.get(PAGE).await;
    let lines = entries(&page);
    assert!(lines[0].starts_with("Olivia Owner signed in Tuesday"), "{lines:?}");
    assert!(lines[0].contains("Tuesday 3 November 2026, 11:05 · 127.0.0.1"), "{lines:?}");
    assert!(lines[1].starts_with("Olivia Owner roof.painted Client 12"), "{lines:?}");
    assert!(lines[1].ends_with("10.0.0.7"), "{lines:?}");
    assert!(lines[2].starts_with("Olivia Owner deactivated a user Michael Scott"), "{lines:?}");
    assert!(lines[3].starts_with("Crewline added a user Michael Scott Sales Person"), "{lines:?}");
    assert!(lines[4].starts_with("Olivia Owner signed out"), "{lines:?}");
    assert_eq!(page.attributes("[data-audit-id] a[href='/clients/12']", "href").len(), 1, "a subject has its link");
}

async fn the_log_is_read_page_by_page_to_its_beginning(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for number in 0..120 {
        note(&app, None, "test.counted", "company", &format!("number {number}."));
    }
    let mut seen = Vec::new();
    let mut next = format!("{PAGE}?action=test.counted");
    for _ in 0..4 {
        let page = owner.get(&next).await;
        seen.extend(entries(&page));
        match page.attributes("a[rel=next]", "href").first() {
            Some(older) => next.clone_from(older),
            None => break,
        }
    }
    assert_eq!(seen.len(), 120, "each once");
    for (line, number) in seen.iter().zip((0..120).rev()) {
        assert!(line.contains(&format!("number {number}.")), "{line}");
    }
}

async fn filters_narrow_it_by_person_action_and_day_of_the_company(backend: Backend) {
    // In Denver it is 23:30 on the 2nd, then 00:30 on the 3rd
    let app = TestApp::planned(backend).at("2026-11-03T06:30:00").start().await;
    let michael = app.user("Michael Scott", BuiltInRole::SalesPerson);
    note(&app, Some(michael), "test.painted", "", "late on the second");
    app.advance(Duration::hours(1));
    note(&app, Some(michael), "test.painted", "", "early on the third");
    note(&app, Some(michael), "test.nailed", "", "also on the third");
    note(&app, None, "test.painted", "", "by nobody on the third");
    let owner = app.sign_in(app.owner()).await;
    let found = async |query: &str| {
        let page = owner.get(&format!("{PAGE}?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        let details: Vec<String> = page.texts(".log-detail");
        details.into_iter().filter(|detail| detail.contains(" the ")).collect::<Vec<_>>()
    };
    let of_michael = format!("who={michael}");
    assert_eq!(found("").await.len(), 4);
    assert_eq!(found(&of_michael).await, ["also on the third", "early on the third", "late on the second"]);
    assert_eq!(found(&format!("{of_michael}&action=test.painted&from=2026-11-03")).await, ["early on the third"]);
    assert_eq!(found("to=2026-11-02").await, ["late on the second"]);
    assert_eq!(found("from=2026-11-02&to=2026-11-02&action=test.painted").await, ["late on the second"]);
    assert_eq!(found("from=2026-11-03&to=2026-11-03").await.len(), 3);
    assert_eq!(found("from=2026-11-04").await.len(), 0);
    assert_eq!(found("to=2020-01-01").await.len(), 0);
    assert_eq!(found("who=&action=&from=&to=").await.len(), 4, "an empty form asks for everything");

    let kept = owner.get(&format!("{PAGE}?{of_michael}&action=test.painted&from=2026-11-03&to=2026-11-04")).await;
    assert_eq!(kept.texts("select[name=who] option[selected]"), ["Michael Scott"]);
    assert_eq!(kept.texts("select[name=action] option[selected]"), ["test.painted"]);
    assert_eq!(kept.attributes("input[name=from]", "value"), ["2026-11-03"]);
    let nonsense = owner.get(&format!("{PAGE}?from=yesterday")).await;
    assert!(nonsense.texts("[role=alert]")[0].contains("“yesterday” is no date"));
    assert!(entries(&nonsense).is_empty());
    assert_eq!(owner.get(&format!("{PAGE}?who=me")).await.texts("[role=alert]"), ["Choose a person from the list."]);
}

async fn the_export_holds_what_the_filter_finds_and_no_formula(backend: Backend) {
    let app = TestApp::planned(backend).at("2026-11-03T18:05:09").start().await;
    let owner = app.sign_in(app.owner()).await;
    note(&app, Some(app.owner()), "test.painted", "client 12", "=HYPERLINK(\"http://evil.example\"), \"quoted\"");
    note(&app, None, "test.nailed", "", "not asked for");
    let page = owner.get(&format!("{PAGE}?action=test.painted")).await;
    let link = page.attributes("a[download]", "href");
    assert_eq!(link, ["/settings/audit.csv?action=test.painted"]);
    let file = owner.get(&link[0]).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"audit-log-2026-11-03.csv\"");
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0], "When,Who,What,To what,Details,From where");
    assert_eq!(
        lines[1],
        "2026-11-03 11:05:09,Olivia Owner,test.painted,Client 12,\
         \"'=HYPERLINK(\"\"http://evil.example\"\"), \"\"quoted\"\"\",10.0.0.7"
    );
    assert_eq!(owner.get("/settings/audit.csv?from=yesterday").await.status, 422);
    assert!(owner.get("/settings/audit.csv").await.body.contains("not asked for"));
}

async fn only_an_auditor_reads_it_and_it_quotes_no_text(backend: Backend) {
    let app = TestApp::start(backend).await;
    let auditor = app.user_with("Audrey Auditor", Permissions { see_audit: true, ..Permissions::NOTHING });
    let auditor = app.sign_in(auditor).await;
    let manager = app.sign_in(app.user("Mia Manager", BuiltInRole::BusinessManager)).await;
    let owner = app.sign_in(app.owner()).await;
    let id = app.text_in("+13035550101", "A secret of the client").await;
    let path = format!("/conversations/{id}/messages");
    assert_eq!(owner.post_form(&path, &[("body", "A secret of ours")]).await.status, 303);
    for address in [PAGE, "/settings/audit.csv"] {
        assert_eq!(auditor.get(address).await.status, 200, "{address}");
        assert!(!auditor.get(address).await.body.contains("secret"), "{address}");
        assert_eq!(manager.get(address).await.status, 404, "{address}");
        let stranger = app.visitor().get(address).await;
        assert_eq!(stranger.status, 303, "{address}");
    }
    let page = auditor.get(PAGE).await;
    assert!(page.attributes("[data-audit-id] a", "href").is_empty(), "no link leads where they may not go");
    assert!(page.texts("nav a").iter().any(|entry| entry.starts_with("Audit log")));
    assert!(!manager.get("/settings/profile").await.texts("nav a").iter().any(|entry| entry.starts_with("Audit log")));
}

async fn subjects_have_their_names_and_clients_only_for_who_may_open_them(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let maria = app.client("Maria", "+13035550101", &[]);
    let owner = app.sign_in(app.owner()).await;
    let position = app.numbers("select min(id) as number from positions")[0].to_string();
    let holder = sally.to_string();
    let fields = [("position_id", position.as_str()), ("user_id", holder.as_str())];
    assert_eq!(owner.post_form(&format!("/clients/{maria}/positions"), &fields).await.status, 303);
    let role = app.role_named("Sales Person");
    note(&app, Some(app.owner()), "role.updated", &format!("role {role}"), "");
    note(&app, Some(app.owner()), "conversation.linked", "conversation 1", &format!("client {maria}"));

    let lines = entries(&owner.get(PAGE).await);
    assert!(lines[0].contains("Conversation 1 Maria Client"), "{lines:?}");
    assert!(lines[1].starts_with("Olivia Owner changed a role Sales Person"), "{lines:?}");
    assert!(
        lines[2].starts_with("Olivia Owner changed a client Maria Client Sales Person: nobody → Sally Sales"),
        "{lines:?}"
    );
    let auditor = app.user_with("Audrey Auditor", Permissions { see_audit: true, ..Permissions::NOTHING });
    let page = app.sign_in(auditor).await.get(PAGE).await;
    assert!(page.text().contains(&format!("Client {maria}")) && !page.text().contains("Maria"), "{}", page.text());
}

async fn who_takes_a_copy_of_the_log_or_of_the_clients_is_in_the_log(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(app.count("audit_log where action like '%.exported'"), 0);
    assert_eq!(owner.get("/settings/audit.csv?from=yesterday").await.status, 422);
    assert_eq!(app.count("audit_log where action like '%.exported'"), 0, "what was refused was not taken");
    for address in
        ["/settings/audit.csv", "/settings/audit.csv?action=user.added&from=2026-11-03", "/clients/export.csv"]
    {
        assert_eq!(owner.get(address).await.status, 200, "{address}");
    }
    let lines = entries(&owner.get(PAGE).await);
    assert!(lines[0].starts_with("Olivia Owner exported clients"), "{lines:?}");
    assert!(lines[1].starts_with("Olivia Owner exported the audit log"), "{lines:?}");
    assert!(lines[1].contains("only user.added, from 2026-11-03"), "{lines:?}");
    assert!(lines[2].contains("every entry"), "{lines:?}");
}
