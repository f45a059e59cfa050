use crewline::domain::BuiltInRole;

use crate::support::app::{Backend, PASSWORD, TestApp};
use crate::support::browser::{Browser, Look};

#[tokio::test]
async fn a_client_is_searched_opened_and_moved_on_with_and_without_scripts() {
    for look in [Look::DESK, Look::PHONE.without_scripts()] {
        let app = TestApp::start(Backend::Sqlite).await;
        app.user("Sally Sales", BuiltInRole::SalesPerson);
        app.client("Maria", "+13035550101", &[]);
        app.client("Ann", "+13035550102", &[]);
        let person = Browser::open_as(app.url(), look).await;
        person.visit("/sign-in").await;
        person.fill("E-mail", &app.email(app.owner())).await;
        person.fill("Password", PASSWORD).await;
        person.click_button("Sign in").await;
        person.click_link("Clients").await;
        person.sees("Ann Client").await;
        person.fill("Search clients", "mar").await;
        if !look.scripts {
            person.click_button("Show").await;
        }
        person.does_not_see("Ann Client").await;
        person.click_link("Maria Client").await;
        person.sees("Nothing has happened yet.").await;
        person.sees_no("button", "Save lead status").await;
        person.choose("Lead status", "Demo").await;
        person.click_button("Save lead status").await;
        person.sees("Olivia Owner changed the lead status Lead Received → Demo").await;
        person.choose("Sales Person", "Sally Sales").await;
        person.click_button("Save Sales Person").await;
        person.sees("Sales Person: nobody → Sally Sales").await;
    }
}
