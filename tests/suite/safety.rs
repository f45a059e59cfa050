//! What holds for every address: requests from elsewhere are refused, answers carry their headers, refusals are readable.

use reqwest::Method;
use reqwest::header::{ACCEPT, ORIGIN};

use crate::support::app::{Backend, TestApp};

#[tokio::test]
async fn only_our_own_pages_may_change_anything() {
    let app = TestApp::start(Backend::Sqlite).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    let path = format!("/conversations/{id}/closure");
    let ours = app.url().to_owned();
    let foreign = "https://evil.example".to_owned();
    for (headers, status) in [
        (vec![], 403),
        (vec![("origin", &foreign)], 403),
        (vec![("origin", &"null".to_owned())], 403),
        (vec![("sec-fetch-site", &"cross-site".to_owned()), ("origin", &ours)], 403),
        (vec![("sec-fetch-site", &"same-site".to_owned()), ("origin", &ours)], 403),
        (vec![("sec-fetch-site", &"none".to_owned())], 403),
        (vec![("origin", &ours)], 303),
        (vec![("sec-fetch-site", &"same-origin".to_owned())], 303),
    ] {
        let request = owner.without_origin(Method::POST, &path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value.as_str()));
        let closed = app.count("conversations where closed");
        let answered = owner.send(request).await;
        assert_eq!(answered.status, status, "{headers:?}");
        assert!(status == 303 || app.count("conversations where closed") == closed, "nothing changed: {headers:?}");
    }
    let unknown = owner.without_origin(Method::POST, "/sign-out").header(ORIGIN, &foreign);
    assert_eq!(owner.send(unknown).await.status, 403);
    assert_eq!(owner.get("/conversations").await.status, 200, "still signed in");
}

#[tokio::test]
async fn every_answer_forbids_foreign_code_and_shared_caches() {
    let app = TestApp::start(Backend::Sqlite).await;
    let owner = app.sign_in(app.owner()).await;
    for (path, status) in
        [("/conversations", 200), ("/nowhere", 404), ("/sign-in", 303), ("/conversations/999", 404), ("/healthz", 200)]
    {
        let answered = owner.get(path).await;
        assert_eq!(answered.status, status, "{path}");
        let policy = answered.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answered.header("x-content-type-options"), "nosniff", "{path}");
        assert!(["private, no-cache", "no-store"].contains(&answered.header("cache-control")), "{path}");
        assert!(!answered.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_refusal_is_a_page_that_says_what_to_do() {
    let app = TestApp::start(Backend::Sqlite).await;
    let owner = app.sign_in(app.owner()).await;
    let nowhere = owner.get("/nowhere").await;
    assert_eq!(nowhere.status, 404);
    assert_eq!(nowhere.texts("h1").len(), 1);
    assert!(nowhere.texts("[role=alert]")[0].contains("nothing at this address"));
    for odd in ["/conversations/abc", "/conversations/-1", "/conversations/0", "/conversations/99999999999999999999999"]
    {
        assert_eq!(owner.get(odd).await.status, 404, "{odd}");
    }
    let script = owner.request(Method::GET, "/nowhere").header(ACCEPT, "application/json");
    assert!(!owner.send(script).await.body.contains("<html"), "a script gets a line");
    let wrong_method = owner.get("/sign-out").await;
    assert!([404, 405].contains(&wrong_method.status));
}

#[tokio::test]
async fn odd_queries_and_forms_never_break_the_house() {
    let app = TestApp::start(Backend::Sqlite).await;
    let id = app.text_in("+13035550101", "Hi").await;
    let owner = app.sign_in(app.owner()).await;
    for query in ["view=x", "filter=x", "before=x", "before=", "q=%00%FF", "q=%27%22%3B--", "view=all&view=assigned"] {
        let status = owner.get(&format!("/conversations?{query}")).await.status;
        assert!([200, 400].contains(&status), "{query}: {status}");
    }
    for fields in [vec![], vec![("user_id", "x")], vec![("user_id", "")], vec![("user_id", "1"), ("user_id", "2")]] {
        let status = owner.post_form(&format!("/conversations/{id}/assignments"), &fields).await.status;
        assert!([400, 422, 303].contains(&status), "{fields:?}: {status}");
    }
    let huge = "x".repeat(3_000_000);
    let request = owner.request(Method::POST, &format!("/conversations/{id}/messages"));
    assert_eq!(owner.send(request.form(&[("body", &huge)])).await.status, 413);
}

#[tokio::test]
async fn it_says_whether_it_lives_and_can_work() {
    let app = TestApp::start(Backend::Postgres).await;
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
    assert_eq!(app.visitor().get("/readyz").await.status, 200);
}
