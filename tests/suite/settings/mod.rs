//! `/settings` and what hangs below it.

mod audit;
mod company;
mod hand_over;
mod invites;
mod last_owner;
mod lead_statuses;
mod numbers;
mod positions;
mod profile;
mod reset_links;
mod role_bounds;
mod role_previews;
mod role_removal;
mod roles;
mod templates;
mod user_previews;
mod users;

use crewline::domain::{BuiltInRole, RoleId, UserId};

use crate::support::app::{Answered, TestApp};
use crate::support::push_service::PushService;

/// The id of a built-in role, as forms send it.
fn role(app: &TestApp, role: BuiltInRole) -> String {
    let id: RoleId = app.number_in(&format!("roles where built_in = '{}'", role.as_str()), "id");
    id.to_string()
}

fn page_of(user: UserId) -> String {
    format!("/settings/users/{user}")
}

/// The path of the link that a page shows once.
fn link_on(app: &TestApp, page: &Answered) -> String {
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"), "{}", page.text());
    let link = page.texts(".secret-link").concat();
    link.strip_prefix(app.url()).unwrap_or_else(|| panic!("no link of ours: {link}")).to_owned()
}

/// How often something was done, as the audit log has it, by this user and from the address of the tests.
fn audited(app: &TestApp, action: &str, actor: UserId) -> i64 {
    app.count(&format!("audit_log where action = '{action}' and actor_user_id = {actor} and address = '127.0.0.1'"))
}

/// An app, and the push service that it may write to.
async fn app_that_rings(backend: crate::support::app::Backend) -> (TestApp, PushService) {
    let pushes = PushService::start().await;
    let app = TestApp::planned(backend).with("CREWLINE_PUSH_EXTRA_ORIGINS", &pushes.origin()).start().await;
    (app, pushes)
}
