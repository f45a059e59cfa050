use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::judges;
use crate::support::push_service::{Answer, FakeBrowser, PushService};

#[tokio::test]
async fn a_push_service_answers_as_the_test_says_and_then_kindly() {
    let service = PushService::start().await;
    let browser = service.subscribe("phone");
    service.answers([Answer::Status(410), Answer::Slower(7), Answer::Silence(Duration::from_millis(200))]);

    assert_eq!(post(&browser).await.status(), 410);
    let slower = post(&browser).await;
    assert_eq!((slower.status().as_u16(), &slower.headers()["retry-after"]), (429, &"7".parse().unwrap()));
    let asked = Instant::now();
    assert_eq!(post(&browser).await.status(), 201);
    assert!(asked.elapsed() >= Duration::from_millis(200));

    service.answers([Answer::Created]);
    assert_eq!(post(&browser).await.status(), 201);
    assert_eq!(post(&browser).await.status(), 201);
    let bodies: Vec<_> = service.requests().await.into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [b"not encrypted"; 5]);
}

#[tokio::test]
async fn a_push_that_is_not_encrypted_is_refused_by_the_judge() {
    let service = PushService::start().await;
    let browser = service.subscribe("phone");
    post(&browser).await;
    let messages = tokio::spawn(async move { service.messages_to(&browser).await.len() });
    let panic = messages.await.unwrap_err().into_panic();
    let words = panic.downcast_ref::<String>().unwrap();
    assert!(words.contains("decrypt_push.py says no"), "{words}");
}

#[test]
fn a_judge_says_why_it_refuses() {
    let words = judges::consult("decrypt_push.py", &json!([{ "headers": {} }])).unwrap_err();
    assert_eq!(words.trim(), "Content-Encoding is not aes128gcm.");
}

#[test]
fn a_hook_is_signed_as_twilios_sdk_signs_it() {
    let parameters = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+12349013030"),
        ("Digits", "1234"),
        ("From", "+12349013030"),
        ("To", "+18005551212"),
    ];
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    let signature = judges::twilio_signature("12345", url, &parameters);
    assert_eq!(signature, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
}

async fn post(browser: &FakeBrowser) -> reqwest::Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client.post(&browser.endpoint).body("not encrypted").send().await.unwrap()
}
