//! What nobody may do to a role, and what is said of it.

use crewline::domain::{BuiltInRole, Permission};

use super::roles::{address, alert, stored};
use crate::support::app::{Backend, TestApp, for_both};
use crate::support::company::OWNER;

for_both!(
    nobody_gives_or_changes_more_than_they_may_do_themselves,
    the_owner_role_cannot_lock_the_company_out,
    who_lowers_their_own_role_reads_who_could_undo_it,
);

async fn nobody_gives_or_changes_more_than_they_may_do_themselves(backend: Backend) {
    let app = TestApp::start(backend).await;
    let manager = app.sign_in(app.user("Mona Manager", BuiltInRole::BusinessManager)).await;
    let (owner_role, sales) = (app.role_named("Owner"), app.role_named("Sales Person"));
    let own = app.role_named("Business Manager");
    for confirm in ["yes", "no"] {
        for role in [sales, own] {
            let more = manager.post_form(&address(role), &[("see_audit", "yes"), ("confirm", confirm)]).await;
            assert_eq!(more.status, 403);
            assert!(alert(&more).contains("See audit log"), "{}", alert(&more));
        }
        let above = manager.post_form(&address(owner_role), &[("see_reports", "no"), ("confirm", confirm)]).await;
        assert_eq!(above.status, 403);
        assert!(alert(&above).contains("See audit log"), "{}", alert(&above));
    }
    let copied =
        manager.post_form("/settings/roles", &[("name", "Me too"), ("copy_of", &owner_role.to_string())]).await;
    assert_eq!(copied.status, 403);
    let look = manager.get(&address(owner_role)).await;
    assert_eq!(look.status, 200);
    assert!(look.text().contains("You may look at this role, but not change it"));
    assert_eq!(look.attributes("fieldset[disabled]", "class").len(), Permission::ALL.len());
    assert!(look.texts("main button").is_empty());
    let offered = manager.get("/settings/roles").await.texts("select option");
    assert!(offered.contains(&"A copy of Sales Person".to_owned()) && !offered.contains(&"A copy of Owner".to_owned()));
    assert_eq!(stored(&app, sales).may, BuiltInRole::SalesPerson.permissions());
    assert_eq!(stored(&app, owner_role).may, BuiltInRole::Owner.permissions());
    assert_eq!(manager.post_form(&address(sales), &[("see_reports", "yes"), ("confirm", "yes")]).await.status, 303);
}

async fn the_owner_role_cannot_lock_the_company_out(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let role = app.role_named("Owner");
    for (field, word) in [
        ("sms_dashboard", "assigned"),
        ("sms_dashboard", "none"),
        ("manage_users", "no"),
        ("manage_company", "no"),
        ("see_audit", "no"),
        ("sms_access", "read"),
        ("client_scope", "assigned"),
        ("may_assign", "no"),
    ] {
        for confirm in ["yes", "no"] {
            let refused = owner.post_form(&address(role), &[(field, word), ("confirm", confirm)]).await;
            assert_eq!(refused.status, 422, "{field}={word}");
            assert!(alert(&refused).contains("nobody can lock the company out"), "{}", alert(&refused));
        }
    }
    let removed = owner.post_form(&format!("{}/removal", address(role)), &[("move_to", "2")]).await;
    assert_eq!(removed.status, 422);
    assert!(alert(&removed).contains("cannot be deleted"));
    assert_eq!(owner.get(&format!("{}/removal", address(role))).await.status, 422);
    assert_eq!(stored(&app, role).may, BuiltInRole::Owner.permissions());
}

async fn who_lowers_their_own_role_reads_who_could_undo_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    let manager = app.sign_in(app.user("Mia Manager", BuiltInRole::BusinessManager)).await;
    let own = address(app.role_named("Business Manager"));
    let preview = manager.post_form(&own, &[("sms_access", "read")]).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text().contains("This is your own role"));
    assert!(
        preview.text().contains(&format!("You could not undo this yourself. Who could: {OWNER}.")),
        "{}",
        preview.text()
    );
}
