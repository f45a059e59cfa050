//! `/setup`: the first run, opened once by the token on the terminal.

use crate::support::app::{Answered, Backend, PASSWORD, TestApp, for_both};

for_both!(the_token_opens_the_setup_once_and_the_owner_is_signed_in, the_demo_company_is_loaded_from_the_setup_page);

async fn the_token_opens_the_setup_once_and_the_owner_is_signed_in(backend: Backend) {
    let app = TestApp::planned(backend).empty().start().await;
    let link = app.setup_link.as_deref().expect("nobody is here yet");
    let path = link.strip_prefix(app.url()).expect("an address of ours");
    let token = path.strip_prefix("/setup?token=").expect("with its token").to_owned();
    let visitor = app.visitor();
    assert_eq!(visitor.get("/sign-in").await.location.as_deref(), Some("/setup"));
    let page = visitor.get(path).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert_eq!(page.attributes("form[action='/setup'] input[name=token]", "value"), std::slice::from_ref(&token));

    let refused = fill_in(&app, "wrong", PASSWORD).await;
    assert_eq!(refused.status, 403);
    let weak = fill_in(&app, &token, "password1234").await;
    assert_eq!(weak.status, 422);
    assert_eq!(weak.attributes("input[name=email]", "value"), ["olga@crew.example"], "what was typed is kept");
    assert!(!weak.body.contains("password1234"));
    assert_eq!(app.count("users"), 0);

    let made = fill_in(&app, &token, PASSWORD).await;
    assert_eq!((made.status, made.location.as_deref()), (303, Some("/")));
    assert_eq!((app.count("users"), app.count("roles"), app.count("company")), (1, 5, 1));
    let owner = app.sign_in(app.user_named("Olga Owner")).await;
    assert_eq!(owner.get("/conversations").await.status, 200);

    assert_eq!(visitor.get(path).await.status, 404, "it opens nothing any more");
    assert_eq!(fill_in(&app, &token, PASSWORD).await.status, 404);
    assert_eq!(app.count("users"), 1);
}

async fn fill_in(app: &TestApp, token: &str, password: &str) -> Answered {
    let fields = [
        ("token", token),
        ("company_name", "Crew & Daughters"),
        ("time_zone", "America/Denver"),
        ("name", "Olga Owner"),
        ("email", "olga@crew.example"),
        ("password", password),
    ];
    app.visitor().post_form("/setup", &fields).await
}

async fn the_demo_company_is_loaded_from_the_setup_page(backend: Backend) {
    let app = TestApp::planned(backend).empty().start().await;
    let link = app.setup_link.clone().expect("nobody is here yet");
    let token = link.split_once("token=").expect("with its token").1;
    let visitor = app.visitor();
    let loaded = visitor.post_form("/setup/demo", &[("token", token), ("password", PASSWORD)]).await;
    assert_eq!(loaded.status, 303, "{}", loaded.text());
    let list = visitor.get("/conversations").await;
    assert!(list.attributes("a[href^='/conversations/']", "href").len() >= 30, "signed in, and much to see");
    assert_eq!(app.count("users"), 6);
    assert_eq!(app.count("jobs where kind <> 'send_scheduled'"), 0, "the demo rings nobody");
}

#[tokio::test]
async fn a_company_that_is_here_has_no_setup() {
    let app = TestApp::start(Backend::Sqlite).await;
    assert_eq!(app.setup_link, None);
    assert_eq!(app.visitor().get("/setup").await.status, 404);
    assert_eq!(fill_in(&app, "", PASSWORD).await.status, 404);
}
