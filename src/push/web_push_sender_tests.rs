use super::*;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use wiremock::{
    Mock, MockServer, Request as Received, ResponseTemplate,
    matchers::{method, path},
};

/// A stand-in push service on this machine, and a sender that may post to it.
struct Loop {
    service: MockServer,
    sender: WebPushSender,
    key: VapidKey,
}

impl Loop {
    async fn start() -> Loop {
        let service = MockServer::start().await;
        let folder = tempfile::tempdir().expect("folder");
        let key = VapidKey::load_or_create(&folder.path().join("vapid.pem")).expect("key");
        let sender = sender(&key, &[&service.uri()]);
        Loop { service, sender, key }
    }

    async fn answering(answer: ResponseTemplate) -> Loop {
        let here = Loop::start().await;
        Mock::given(method("POST")).and(path("/push/1")).respond_with(answer).mount(&here.service).await;
        here
    }

    fn subscription(&self) -> Subscription {
        subscription(&format!("{}/push/1", self.service.uri()), &self.sender.guard)
    }

    async fn send(&self, message: &PushMessage) -> PushOutcome {
        self.sender.send(&self.subscription(), message, now()).await
    }

    async fn received(&self) -> Vec<Received> {
        self.service.received_requests().await.expect("recorded")
    }
}

fn sender(key: &VapidKey, origins: &[&str]) -> WebPushSender {
    let guard = EndpointGuard::new(origins).expect("origins");
    let contact = VapidContact::parse("owner@summitridge.example").expect("contact");
    WebPushSender::with_time_out(key.clone(), guard, contact, Duration::from_millis(500)).expect("client")
}

fn subscription(endpoint: &str, guard: &EndpointGuard) -> Subscription {
    let browser = p256::SecretKey::from_slice(&[9; 32]).expect("scalar").public_key();
    let p256dh = URL_SAFE_NO_PAD.encode(browser.to_encoded_point(false).as_bytes());
    let auth = URL_SAFE_NO_PAD.encode([7; 16]);
    Subscription::validate(endpoint, &p256dh, &auth, guard).expect("sound")
}

fn message() -> PushMessage {
    PushMessage {
        payload: br#"{"title":"Ann"}"#.to_vec(),
        ttl_seconds: 3_600,
        urgency: Urgency::High,
        topic: Some("conversation-7".into()),
    }
}

fn now() -> NaiveDateTime {
    chrono::Utc::now().naive_utc()
}

#[tokio::test]
async fn a_message_leaves_encrypted_signed_and_with_every_header() {
    let here = Loop::answering(ResponseTemplate::new(201)).await;
    assert_eq!(here.send(&message()).await, PushOutcome::Delivered);
    let received = here.received().await;
    let request = received.first().expect("one request");
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("ttl"), Some("3600"));
    assert_eq!(header("urgency"), Some("high"));
    assert_eq!(header("topic"), Some("conversation-7"));
    assert_eq!(header("content-encoding"), Some("aes128gcm"));
    assert_eq!(header("content-type"), Some("application/octet-stream"));
    assert_eq!(header("content-length"), Some(request.body.len().to_string().as_str()));
    let authorization = header("authorization").expect("signed");
    let (token, key) =
        authorization.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).expect("t and k");
    assert_eq!(token.split('.').count(), 3);
    assert_eq!(key, here.key.public_key_base64url());
    assert!(!request.body.windows(5).any(|bytes| bytes == b"title"));
}

#[tokio::test]
async fn the_token_is_signed_once_and_every_message_is_encrypted_anew() {
    let here = Loop::answering(ResponseTemplate::new(201)).await;
    let plain = PushMessage { urgency: Urgency::Normal, topic: None, ..message() };
    here.send(&plain).await;
    here.send(&plain).await;
    here.sender.set_contact(VapidContact::parse("dana@summitridge.example").expect("contact"));
    here.send(&plain).await;
    let received = here.received().await;
    let [first, second, third] = received.as_slice() else { panic!("three requests") };
    assert_eq!(first.headers.get("authorization"), second.headers.get("authorization"));
    assert_ne!(second.headers.get("authorization"), third.headers.get("authorization"));
    assert_ne!(first.body, second.body);
    assert!(first.headers.get("topic").is_none());
    assert_eq!(first.headers.get("urgency").expect("urgency"), "normal");
}

#[tokio::test]
async fn every_answer_of_a_push_service_has_one_outcome() {
    for status in [200, 201, 202, 204] {
        assert_eq!(outcome_of(status).await, PushOutcome::Delivered, "{status}");
    }
    for status in [404, 410] {
        assert_eq!(outcome_of(status).await, PushOutcome::Gone, "{status}");
    }
    assert_eq!(outcome_of(413).await, PushOutcome::TooLarge);
    for status in [300, 301, 302, 307, 308, 304, 400, 401, 402, 403, 405, 409, 422, 451] {
        assert_eq!(refused_with(&outcome_of(status).await), Some(status));
    }
    for status in [408, 429, 500, 502, 503, 504, 599] {
        let outcome = outcome_of(status).await;
        let again = matches!(outcome, PushOutcome::Retry { after: None, .. });
        assert!(again, "{status}");
    }
}

fn refused_with(outcome: &PushOutcome) -> Option<u16> {
    match outcome {
        PushOutcome::Rejected { status, .. } => Some(*status),
        _ => None,
    }
}

async fn outcome_of(status: u16) -> PushOutcome {
    Loop::answering(ResponseTemplate::new(status)).await.send(&message()).await
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = MockServer::start().await;
    let answer = ResponseTemplate::new(307).insert_header("Location", elsewhere.uri());
    let here = Loop::answering(answer).await;
    assert_eq!(refused_with(&here.send(&message()).await), Some(307));
    assert_eq!(here.received().await.len(), 1);
    let followed = elsewhere.received_requests().await.expect("recorded");
    assert!(followed.is_empty());
}

#[tokio::test]
async fn retry_after_is_passed_on() {
    for status in [429, 503] {
        let answer = ResponseTemplate::new(status).insert_header("Retry-After", "120");
        let outcome = Loop::answering(answer).await.send(&message()).await;
        assert!(matches!(outcome, PushOutcome::Retry { after: Some(wait), .. } if wait.num_seconds() == 120));
    }
    let date = (chrono::Utc::now() + chrono::Duration::seconds(90)).format("%a, %d %b %Y %H:%M:%S GMT");
    let answer = ResponseTemplate::new(429).insert_header("Retry-After", date.to_string());
    let outcome = Loop::answering(answer).await.send(&message()).await;
    let PushOutcome::Retry { after: Some(wait), .. } = outcome else { panic!("{outcome:?}") };
    assert!((80..=90).contains(&wait.num_seconds()), "{wait}");
}

#[tokio::test]
async fn a_refusal_is_quoted_shortly_and_in_one_line() {
    let said = format!("{{\"reason\":\n \"BadJwtToken\"}}\u{7}{}", "x".repeat(10_000));
    let here = Loop::answering(ResponseTemplate::new(403).set_body_string(said)).await;
    let PushOutcome::Rejected { status: 403, words } = here.send(&message()).await else { panic!("refused") };
    assert!(words.starts_with("The push service answered 403: {\"reason\": \"BadJwtToken\"}x"), "{words}");
    assert!(words.chars().count() < 250 && !words.chars().any(char::is_control));
}

#[tokio::test]
async fn a_service_that_does_not_answer_or_does_not_listen_is_tried_again() {
    let slow = ResponseTemplate::new(201).set_delay(Duration::from_secs(3));
    let here = Loop::answering(slow).await;
    let PushOutcome::Retry { after: None, words } = here.send(&message()).await else { panic!("retry") };
    assert_eq!(words, "The push service did not answer in time.");

    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("port").local_addr().expect("address");
    let origin = format!("http://{closed}");
    let sender = sender(&here.key, &[&origin]);
    let to = subscription(&format!("{origin}/secret-token"), &sender.guard);
    let PushOutcome::Retry { after: None, words } = sender.send(&to, &message(), now()).await else { panic!("retry") };
    assert_eq!(words, "The push service could not be reached.");
}

#[tokio::test]
async fn an_origin_taken_off_the_list_is_not_posted_to_any_more() {
    let here = Loop::answering(ResponseTemplate::new(201)).await;
    let known_only = sender(&here.key, &[]);
    let to = here.subscription();
    let outcome = known_only.send(&to, &message(), now()).await;
    assert_eq!(refused_with(&outcome), Some(0));
    assert!(here.received().await.is_empty());
}

#[tokio::test]
async fn a_payload_over_the_limit_or_an_unsound_topic_never_leaves() {
    let here = Loop::answering(ResponseTemplate::new(201)).await;
    let sized = |bytes: usize| PushMessage { payload: vec![b'x'; bytes], ..message() };
    assert_eq!(here.send(&sized(3_052)).await, PushOutcome::Delivered);
    assert_eq!(here.send(&sized(3_053)).await, PushOutcome::TooLarge);
    assert_eq!(refused_with(&here.send(&sized(0)).await), Some(0));
    for topic in ["with space", "a\r\nb", &"x".repeat(33)] {
        let unsound = PushMessage { topic: Some(topic.into()), ..message() };
        assert_eq!(refused_with(&here.send(&unsound).await), Some(0));
    }
    assert_eq!(here.received().await.len(), 1);
}

#[tokio::test]
async fn a_name_that_leads_into_our_own_network_connects_to_nothing() {
    let here = MockServer::start().await;
    let sender = sender(&Loop::start().await.key, &[]);
    let inside = format!("http://localhost:{}/push/1", here.address().port());
    let dialled = sender.client.post(inside).send().await;
    let error = dialled.expect_err("kept home");
    assert_eq!(refused_with(&no_answer(&error)), Some(0));
    assert!(here.received_requests().await.expect("recorded").is_empty());
}
