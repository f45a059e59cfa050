use crewline::domain::BuiltInRole;

use super::album::{Album, COMPANY, find};
use crate::support::app::{Backend, TestApp};
use crate::support::browser::Browser;

#[tokio::test]
async fn the_pages_of_roles_fit_with_little_and_with_far_too_much_on_them() {
    let app = TestApp::start_demo(Backend::Sqlite).await;
    let sales = app.role_named("Sales Person");
    let maria = find(&app, "Maria Delgado").await;
    for number in 1..=40 {
        let name = format!("Bartholomew Featherstonehaugh-Cholmondeley {number}");
        app.assign(maria, app.user_in(&name, sales));
    }
    let endless = "Maximiliana-Konstantina".repeat(22);
    let endless = app.user_in(&endless, sales);
    for conversation in app.numbers("select id as number from conversations order by id desc limit 25") {
        app.assign(conversation, endless);
    }
    app.role(
        &"Unabbreviatedrolename".repeat(3)[..60],
        crewline::domain::Permissions { manage_users: true, ..BuiltInRole::FieldEmployee.permissions() },
    );
    let album = Album::open(app.url()).await;
    album.sign_in(&app.email(app.user_named("Dana Whitaker"))).await;
    let preview = format!("/settings/roles/{sales}");
    album.picture("roles", "/settings/roles", &format!("Roles · {COMPANY}")).await;
    album.picture("role", &preview, &format!("Sales Person · {COMPANY}")).await;
    album.whole_page("role-long", &preview, async |_| ()).await;
    let narrow = async |browser: &Browser| {
        browser.tick("No access").await;
        browser.click_button("Preview").await;
        browser.sees("Nothing is saved yet").await;
    };
    album.whole_page("role-preview", &preview, narrow).await;
    let nothing = async |browser: &Browser| {
        browser.click_button("Preview").await;
        browser.sees("Nothing would change").await;
    };
    album.whole_page("role-preview-of-nothing", &preview, nothing).await;
    let field = app.role_named("Field Employee");
    album.whole_page("role-removal", &format!("{preview}/removal"), async |_| ()).await;
    album.whole_page("role-removal-preview", &format!("{preview}/removal?move_to={field}"), async |_| ()).await;
    album.complaints(0).await;
}
