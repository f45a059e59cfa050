//! What was done is said once, on the page where one lands.

use crewline::domain::BuiltInRole::SalesPerson;
use reqwest::Method;

use super::{page_of, role};
use crate::support::app::{Actor, Answered, Backend, TestApp, for_both};

for_both!(
    what_was_done_is_said_on_the_next_page_and_never_again,
    a_fragment_keeps_it_for_the_page,
    each_post_of_the_settings_and_clients_says_what_it_did,
    what_was_refused_says_nothing_of_the_kind,
);

fn said(page: &Answered) -> Vec<String> {
    page.texts("#toasts p")
}

/// Where a post leads to.
async fn lands(actor: &Actor, path: &str, fields: &[(&str, &str)]) -> Answered {
    let done = actor.post_form(path, fields).await;
    assert_eq!(done.status, 303, "{path}: {}", done.text());
    actor.get(&done.location.expect("it leads somewhere")).await
}

async fn what_was_done_is_said_on_the_next_page_and_never_again(backend: Backend) {
    let app = TestApp::start(backend).await;
    let (here, there) = (app.sign_in(app.owner()).await, app.sign_in(app.owner()).await);
    let page = lands(&here, "/settings/profile", &[("name", "Olive Owner")]).await;
    assert_eq!(said(&page), ["Your profile is saved."]);
    assert_eq!(page.header("cache-control"), "no-store", "who comes back to it is not told again");
    assert_eq!(here.get("/settings/profile").await.header("cache-control"), "private, no-cache");
    for actor in [&here, &there] {
        let again = actor.get("/settings/profile").await;
        assert_eq!((again.status, said(&again)), (200, vec![]));
    }
}

async fn a_fragment_keeps_it_for_the_page(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.post_form("/settings/profile", &[("name", "Olive Owner")]).await.status, 303);
    let part = owner.request(Method::GET, "/notifications").header("hx-request", "true");
    let part = owner.send(part.header("hx-request-type", "partial").header("hx-target", "section#notices")).await;
    assert!(part.status == 200 && !part.text().contains("profile is saved"), "{}", part.text());
    assert_eq!(owner.get("/healthz").await.status, 200);
    assert_eq!(said(&owner.get("/notifications").await), ["Your profile is saved."]);
}

async fn each_post_of_the_settings_and_clients_says_what_it_did(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let (sally, maria) = (app.user("Sally Sales", SalesPerson), app.client("Maria", "+13035550101", &[]));
    let crew = app.role("Crew", crewline::domain::Permissions::NOTHING);
    let (sales, position) = (role(&app, SalesPerson), app.number_in("positions", "min(id)").to_string());
    let invited = [("name", "Nina New"), ("email", "nina@crew.example"), ("role_id", sales.as_str())];
    assert_eq!(owner.post_form("/settings/invites", &invited).await.status, 200);
    let invite = app.number_in("invites", "id");
    for (path, fields, words) in [
        ("/settings/company".to_owned(), vec![("name", "Crew & Co")], "The company's settings are saved."),
        (format!("/settings/roles/{crew}"), vec![("name", "Crews"), ("confirm", "yes")], "The role is saved."),
        (format!("/settings/roles/{crew}/removal"), vec![], "The role is deleted."),
        (page_of(sally), vec![("active", "no")], "Saved. It holds at once"),
        (format!("/settings/invites/{invite}/removal"), vec![], "The invitation is withdrawn."),
        (format!("/settings/positions/{position}"), vec![("name", "Seller")], "The positions are saved."),
        (
            format!("/clients/{maria}/positions"),
            vec![("position_id", position.as_str()), ("user_id", "")],
            "The client is saved.",
        ),
        (format!("/clients/{maria}/removal"), vec![], "The client is deleted. Conversations stay."),
    ] {
        let page = lands(&owner, &path, &fields).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(said(&page).concat().starts_with(words), "{path}: {:?}", said(&page));
    }
}

async fn what_was_refused_says_nothing_of_the_kind(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let refused = owner.post_form("/settings/profile", &[("name", " ")]).await;
    assert_eq!((refused.status, said(&refused).len()), (422, 0));
    assert!(said(&owner.get("/settings/profile").await).is_empty());
    assert_eq!(app.visitor().post("/settings/profile").await.status, 401);
}
