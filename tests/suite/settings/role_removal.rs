//! A role goes; its people do not.

use crewline::domain::{BuiltInRole, RoleId};
use crewline::store::DbConnection;
use crewline::store::users;
use diesel::RunQueryDsl as _;

use crate::support::app::{Backend, TestApp, for_both};
use crate::support::rows;

for_both!(
    deleting_a_role_moves_its_people_and_invitations,
    a_role_that_nobody_has_is_deleted_at_once,
    both_roles_must_be_ones_own_to_give,
);

fn removal(role: RoleId) -> String {
    format!("/settings/roles/{role}/removal")
}

/// Somebody is asked to join, and has not yet.
fn invite(app: &TestApp, email: &str, role: RoleId, days: i64) {
    let (now, until) = (app.now(), app.now() + chrono::Duration::days(days));
    let sql = format!(
        "insert into invites (token_hash, email, name, role_id, created_at, expires_at) \
         values ('hash of {email}', '{email}', '', {role}, '{now}', '{until}')"
    );
    app.write(|tx| {
        let query = diesel::sql_query(sql.as_str());
        match &mut **tx {
            DbConnection::Sqlite(c) => query.execute(c),
            DbConnection::Postgres(c) => query.execute(c),
        }
        .map_err(crewline::store::StoreError::from)?;
        Ok(())
    });
}

async fn deleting_a_role_moves_its_people_and_invitations(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (michael, priya) =
        (app.user("Michael Scott", BuiltInRole::SalesPerson), app.user("Priya Raman", BuiltInRole::SalesPerson));
    let id = app.text_in("+13035550147", "Hello").await;
    app.assign(id, michael);
    let (sales, field) = (app.role_named("Sales Person"), app.role_named("Field Employee"));
    invite(&app, "new@crew.example", sales, 7);
    let owner = app.sign_in(app.owner()).await;
    let at_work = app.sign_in(michael).await;

    let page = owner.get(&removal(sales)).await;
    assert_eq!(page.status, 200);
    let moves = page.texts("[aria-labelledby=who-moves]").join(" ");
    for words in ["Michael Scott", "Priya Raman", "1 person is invited"] {
        assert!(moves.contains(words), "{words}: {moves}");
    }
    let refused = owner.post(&removal(sales)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.texts("[role=alert]")[0].contains("Choose the role that they move to"));
    for nonsense in [sales.to_string(), "999999".to_owned(), "x".to_owned()] {
        let refused = owner.post_form(&removal(sales), &[("move_to", &nonsense)]).await;
        assert_eq!(refused.status, 422, "{nonsense}");
        assert_eq!(owner.get(&format!("{}?move_to={nonsense}", removal(sales))).await.status, 422, "{nonsense}");
    }
    let preview = owner.get(&format!("{}?move_to={field}", removal(sales))).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text().contains("They would have no dashboard"));
    let loses = format!("[data-user-id='{michael}'] [data-change~=loses] a");
    assert_eq!(preview.texts(&loses), ["(303) 555-0147"]);
    assert_eq!(app.count(&format!("roles where id = {sales}")), 1, "nothing is deleted yet");

    let done = owner.post_form(&removal(sales), &[("move_to", &field.to_string())]).await;
    assert_eq!((done.status, done.location.as_deref()), (303, Some("/settings/roles")));
    assert_eq!(app.count(&format!("roles where id = {sales}")), 0);
    for user in [michael, priya] {
        assert_eq!(app.read(|c| users::find(c, user)).expect("they are here").role_id, field);
    }
    assert_eq!(app.count(&format!("invites where role_id = {field}")), 1);
    assert_eq!(at_work.get(&format!("/conversations/{id}")).await.status, 404, "it holds at once");
    let said = app.read(|c| rows::lines(c, "select detail as line from audit_log where action = 'role.removed'"));
    assert_eq!(said, ["Sales Person; moved to Field Employee: Michael Scott, Priya Raman"]);
    assert_eq!(owner.get(&removal(sales)).await.status, 404);
}

async fn a_role_that_nobody_has_is_deleted_at_once(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let empty = app.role("Storm crew", BuiltInRole::FieldEmployee.permissions());
    let invited = app.role("Summer crew", BuiltInRole::FieldEmployee.permissions());
    invite(&app, "late@crew.example", empty, -1);
    invite(&app, "new@crew.example", invited, 1);
    assert!(owner.get(&format!("/settings/roles/{empty}")).await.text().contains("Nobody has it"));
    assert_eq!(owner.post(&removal(empty)).await.status, 303, "an invitation that is over keeps nothing");
    assert_eq!(owner.post(&removal(invited)).await.status, 422, "somebody may still accept theirs");
    assert_eq!(app.count(&format!("roles where id in ({empty}, {invited})")), 1);
}

async fn both_roles_must_be_ones_own_to_give(backend: Backend) {
    let app = TestApp::start(backend).await;
    let manager = app.sign_in(app.user("Mona Manager", BuiltInRole::BusinessManager)).await;
    app.user("Michael Scott", BuiltInRole::SalesPerson);
    let (owner, sales) = (app.role_named("Owner"), app.role_named("Sales Person"));
    let auditor = app
        .role("Auditor", crewline::domain::Permissions { see_audit: true, ..BuiltInRole::FieldEmployee.permissions() });
    for (role, move_to) in [(sales, owner), (sales, auditor), (owner, sales), (auditor, sales)] {
        let refused = manager.post_form(&removal(role), &[("move_to", &move_to.to_string())]).await;
        assert_eq!(refused.status, 403, "{role} to {move_to}");
        assert!(refused.texts("[role=alert]")[0].contains("See audit log"));
        assert_eq!(manager.get(&format!("{}?move_to={move_to}", removal(role))).await.status, 403);
    }
    assert_eq!(app.count("roles"), 6);
    let offered = manager.get(&removal(sales)).await.texts("select option");
    assert!(offered.contains(&"Field Employee".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"Owner".to_owned()) && !offered.contains(&"Auditor".to_owned()), "{offered:?}");
}
