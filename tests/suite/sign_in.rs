//! `/sign-in`, `/sign-out` and the session between them.

use chrono::Duration;
use crewline::domain::BuiltInRole;
use reqwest::Method;
use reqwest::header::ORIGIN;

use crate::support::app::{Actor, Backend, PASSWORD, TestApp, for_both};

for_both!(
    the_right_password_opens_the_session_and_signing_out_ends_it,
    a_wrong_password_and_an_unknown_person_get_the_same_answer,
    an_address_too_long_to_be_one_is_wrong_like_any_other,
    what_no_person_types_is_taken_out_of_a_form,
    after_ten_failures_one_waits_while_the_right_password_works_elsewhere,
    a_session_ends_when_it_is_not_used_for_a_month,
    signing_in_gives_a_new_session_that_only_its_hash_is_stored_of,
);

async fn the_right_password_opens_the_session_and_signing_out_ends_it(backend: Backend) {
    let app = TestApp::start(backend).await;
    assert_eq!(app.visitor().get("/conversations").await.status, 303);

    let owner = app.sign_in(app.owner()).await;
    assert_eq!(owner.get("/conversations").await.status, 200);
    let kept = owner.cookie().expect("signed in");

    let gone = owner.post("/sign-out").await;
    assert_eq!((gone.status, gone.location.as_deref()), (303, Some("/sign-in")));
    assert_eq!(owner.get("/conversations").await.location.as_deref(), Some("/sign-in?next=%2Fconversations"));
    let thief = Actor::with_cookie(app.url(), &kept);
    assert_eq!(thief.get("/conversations").await.status, 303, "the old cookie opens nothing");
    assert_eq!(owner.post("/sign-out").await.status, 303, "also for who is signed out already");
}

async fn a_wrong_password_and_an_unknown_person_get_the_same_answer(backend: Backend) {
    let app = TestApp::start(backend).await;
    let sally = app.user("Sally Sales", BuiltInRole::SalesPerson);
    let visitor = app.visitor();
    let wrong =
        visitor.post_form("/sign-in", &[("email", &app.email(sally)), ("password", "a quiet green rood")]).await;
    let unknown = visitor.post_form("/sign-in", &[("email", "nobody@crew.example"), ("password", PASSWORD)]).await;
    app.set_active(sally, false);
    let gone = visitor.post_form("/sign-in", &[("email", &app.email(sally)), ("password", PASSWORD)]).await;
    assert_eq!([wrong.status, unknown.status, gone.status], [422; 3]);
    assert_eq!(wrong.texts("[role=alert]"), unknown.texts("[role=alert]"));
    assert_eq!(wrong.texts("[role=alert]"), gone.texts("[role=alert]"));
    assert_eq!(wrong.attributes("input[name=email]", "value"), [app.email(sally)]);
    assert!(!wrong.body.contains("a quiet green rood"));
    assert_eq!(visitor.cookie(), None);
}

async fn an_address_too_long_to_be_one_is_wrong_like_any_other(backend: Backend) {
    let app = TestApp::start(backend).await;
    // Nothing that compresses: an index of PostgreSQL takes 2,704 bytes.
    let email: String = (0_u64..1_500).map(|n| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40)).collect();
    assert!(email.len() > 5_000);
    let wrong = app.visitor().post_form("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert_eq!(app.count("sign_in_failures"), 1, "and it counts");
}

async fn what_no_person_types_is_taken_out_of_a_form(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for form in ["name=Mi%00chael", "name=Mi%0%000chael", "name=Mi\0chael"] {
        let request = owner.request(Method::POST, "/settings/profile");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        assert_eq!(owner.send(request).await.status, 303, "{form}");
        let name = owner.get("/settings/profile").await.attributes("input[name=name]", "value").concat();
        assert!(name.starts_with("Mi") && name.ends_with("chael") && !name.contains('\0'), "{name:?}");
    }
}

async fn after_ten_failures_one_waits_while_the_right_password_works_elsewhere(backend: Backend) {
    let app = TestApp::planned(backend).with("CREWLINE_TRUSTED_PROXIES", "127.0.0.1").start().await;
    let email = app.email(app.owner());
    for _ in 0..10 {
        assert_eq!(try_from(&app, "198.51.100.1", &email, "no").await.0, 422);
    }
    let (status, wait) = try_from(&app, "198.51.100.1", &email, PASSWORD).await;
    assert_eq!(status, 429, "also the right one");
    assert!((1..=900).contains(&wait.parse::<i64>().expect("Retry-After in seconds")), "{wait}");
    assert_eq!(try_from(&app, "198.51.100.2", &email, PASSWORD).await.0, 303, "nobody is locked out by a stranger");
    assert_eq!(try_from(&app, "198.51.100.1", "other@crew.example", "no").await.0, 422, "only this account");
    app.advance(Duration::minutes(16));
    assert_eq!(try_from(&app, "198.51.100.1", &email, PASSWORD).await.0, 303);
}

async fn try_from(app: &TestApp, address: &str, email: &str, password: &str) -> (u16, String) {
    let visitor = app.visitor();
    let request = visitor.request(Method::POST, "/sign-in").header("X-Forwarded-For", address);
    let answered = visitor.send(request.form(&[("email", email), ("password", password)])).await;
    (answered.status, answered.header("retry-after").to_owned())
}

async fn a_session_ends_when_it_is_not_used_for_a_month(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    for _ in 0..3 {
        app.advance(Duration::days(29));
        assert_eq!(owner.get("/conversations").await.status, 200, "each use prolongs it");
    }
    app.advance(Duration::days(31));
    assert_eq!(owner.get("/conversations").await.status, 303);

    let busy = app.sign_in(app.owner()).await;
    for _ in 0..8 {
        app.advance(Duration::days(20));
        assert_eq!(busy.get("/conversations").await.status, 200);
    }
    app.advance(Duration::days(21));
    assert_eq!(busy.get("/conversations").await.status, 303, "half a year is the most");
}

async fn signing_in_gives_a_new_session_that_only_its_hash_is_stored_of(backend: Backend) {
    let app = TestApp::start(backend).await;
    let owner = app.sign_in(app.owner()).await;
    let first = owner.cookie().expect("signed in");
    let fields = [("email", app.email(app.owner())), ("password", PASSWORD.to_owned())];
    let again = owner.send(owner.request(Method::POST, "/sign-in").form(&fields)).await;
    assert_eq!(again.status, 303);
    let second = owner.cookie().expect("signed in");
    assert_ne!(first, second);
    assert_eq!(Actor::with_cookie(app.url(), &first).get("/conversations").await.status, 303, "the old one is over");
    let secret = second.split_once('=').expect("a cookie").1;
    assert_eq!(app.count(&format!("sessions where token_hash = '{secret}'")), 0);
    assert_eq!(app.count("sessions"), 1);
}

#[tokio::test]
async fn the_session_cookie_is_for_our_server_only() {
    let app = TestApp::start(Backend::Sqlite).await;
    let visitor = app.visitor();
    let fields = [("email", "owner@crew.example"), ("password", PASSWORD)];
    let cookie = visitor.post_form("/sign-in", &fields).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("crewline="), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{flag} in {cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");

    let https = TestApp::planned(Backend::Sqlite).with("CREWLINE_PUBLIC_URL", "https://crew.example").start().await;
    let visitor = https.visitor();
    let request = visitor.without_origin(Method::POST, "/sign-in").header(ORIGIN, "https://crew.example");
    let answered = visitor.send(request.form(&fields)).await;
    assert_eq!(answered.status, 303);
    assert!(answered.header("set-cookie").starts_with("__Host-crewline="));
    assert!(answered.header("set-cookie").contains("Secure"));
    assert!(answered.header("strict-transport-security").contains("max-age="));
}

#[tokio::test]
async fn next_leads_to_pages_of_ours_only() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (next, leads_to) in [
        ("/conversations?view=all", "/conversations?view=all"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        let fields = [("email", "owner@crew.example"), ("password", PASSWORD), ("next", next)];
        let answered = app.visitor().post_form("/sign-in", &fields).await;
        assert_eq!(answered.location.as_deref(), Some(leads_to), "{next:?}");
    }
    let page = app.visitor().get("/sign-in?next=%2F%2Fevil.example").await;
    assert!(!page.body.contains("evil.example"));
    let page = app.visitor().get("/sign-in?next=%2Fnotifications").await;
    assert_eq!(page.attributes("input[name=next]", "value"), ["/notifications"]);
}

#[tokio::test]
async fn who_is_signed_out_is_led_to_the_sign_in_by_pages_and_refused_by_everything_else() {
    let app = TestApp::start(Backend::Sqlite).await;
    let visitor = app.visitor();
    for page in ["/", "/conversations", "/conversations/1", "/notifications", "/settings/devices", "/simulator"] {
        let answered = visitor.get(page).await;
        assert_eq!(answered.status, 303, "{page}");
        assert!(answered.location.expect("it leads on").starts_with("/sign-in"), "{page}");
    }
    for address in ["/conversations", "/conversations/1/messages", "/push/test", "/conversations/1/assignments"] {
        assert_eq!(visitor.post(address).await.status, 401, "{address}");
    }
    for address in ["/events", "/push/public-key"] {
        assert_eq!(visitor.get(address).await.status, 401, "{address}");
    }
}
