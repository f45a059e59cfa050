//! A stand-in for the push services of browsers: it records what is sent to it and answers what the test scripts.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use serde_json::{Map, Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::{eventually, judges};

/// What the push service says to one request.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// 201: it will be delivered.
    Created,
    /// This status, nothing more: 404 and 410 for a subscription that is gone, 500 for a bad day.
    Status(u16),
    /// 429 with `Retry-After` in seconds.
    Slower(u32),
    /// It takes the request and says nothing for this long, then 201.
    Silence(Duration),
}

pub struct PushService {
    server: MockServer,
    script: Arc<Mutex<VecDeque<Answer>>>,
}

impl PushService {
    /// Listens on a free port of loopback and answers 201 to everything.
    pub async fn start() -> PushService {
        let server = MockServer::builder().start().await;
        let script = Arc::<Mutex<VecDeque<Answer>>>::default();
        Mock::given(any()).respond_with(Script(script.clone())).mount(&server).await;
        PushService { server, script }
    }

    /// What `CREWLINE_PUSH_EXTRA_ORIGINS` must name for the app to send here.
    pub fn origin(&self) -> String {
        self.server.uri()
    }

    /// The next requests get these answers, in this order; after them 201 again.
    pub fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.script.lock().expect("no answer panicked").extend(answers);
    }

    /// A browser that subscribed here. `device` is the last part of its endpoint.
    pub fn subscribe(&self, device: &str) -> FakeBrowser {
        FakeBrowser::new(&self.origin(), device)
    }

    /// Every request so far, oldest first.
    pub async fn requests(&self) -> Vec<Request> {
        self.server.received_requests().await.expect("recording is on")
    }

    /// What reached this browser so far, oldest first, decrypted by the judge.
    pub async fn messages_to(&self, browser: &FakeBrowser) -> Vec<Received> {
        let path = format!("/push/{}", browser.device);
        let requests = self.requests().await;
        let sent: Vec<&Request> = requests.iter().filter(|request| request.url.path() == path).collect();
        let mut read = browser.read.lock().expect("no judge panicked");
        let new = sent.get(read.len()..).expect("requests are only added");
        read.extend(browser.decrypt(new));
        read.clone()
    }

    /// Waits until `count` messages reached this browser. More than that is a failure too.
    pub async fn wait_for_messages(&self, browser: &FakeBrowser, count: usize) -> Vec<Received> {
        let path = format!("/push/{}", browser.device);
        eventually(&format!("{count} pushes to {}", browser.device), async || {
            let arrived = self.requests().await.iter().filter(|request| request.url.path() == path).count();
            (arrived >= count).then_some(())
        })
        .await;
        let messages = self.messages_to(browser).await;
        assert_eq!(messages.len(), count, "pushes to {}", browser.device);
        messages
    }
}

/// One push as the browser sees it.
#[derive(Debug, Clone)]
pub struct Received {
    /// The decrypted payload.
    pub payload: Value,
    /// The verified claims of the VAPID token: `aud`, `exp`, `sub`.
    pub vapid: Value,
    /// The request's headers, names in lower case: `ttl`, `urgency`, `topic`, …
    pub headers: Map<String, Value>,
}

/// A subscription of which we hold the private half, as a browser does.
pub struct FakeBrowser {
    pub device: String,
    pub endpoint: String,
    origin: String,
    key: SecretKey,
    auth: [u8; 16],
    /// What the judge has decrypted already.
    read: Mutex<Vec<Received>>,
}

impl FakeBrowser {
    /// A subscription at any origin, also one that the app must refuse.
    pub fn new(origin: &str, device: &str) -> FakeBrowser {
        FakeBrowser {
            device: device.to_owned(),
            endpoint: format!("{origin}/push/{device}"),
            origin: origin.to_owned(),
            key: random_key(),
            auth: rand::random(),
            read: Mutex::default(),
        }
    }

    /// What `PushSubscription.toJSON()` gives in the browser.
    pub fn to_json(&self) -> Value {
        json!({
            "endpoint": self.endpoint,
            "expirationTime": null,
            "keys": {
                "p256dh": URL_SAFE_NO_PAD.encode(self.key.public_key().to_encoded_point(false).as_bytes()),
                "auth": URL_SAFE_NO_PAD.encode(self.auth),
            },
        })
    }

    /// All at once: the judge takes longer to come than to judge.
    fn decrypt(&self, requests: &[&Request]) -> Vec<Received> {
        if requests.is_empty() {
            return Vec::new();
        }
        let questions: Vec<Value> = requests.iter().map(|request| self.question(request)).collect();
        let verdicts = judges::ask("decrypt_push.py", &questions.clone().into());
        let verdicts = verdicts.as_array().expect("the judge answers each");
        assert_eq!(verdicts.len(), questions.len());
        let received = verdicts.iter().zip(questions).map(|(verdict, mut question)| {
            let plaintext = verdict["plaintext"].as_str().expect("the judge answers the plain text");
            let Value::Object(headers) = question["headers"].take() else { panic!("headers have names") };
            let payload = serde_json::from_str(plaintext).expect("our payload is JSON");
            Received { payload, vapid: verdict["vapid_claims"].clone(), headers }
        });
        received.collect()
    }

    fn question(&self, request: &Request) -> Value {
        let headers: Map<String, Value> = request
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into()))
            .collect();
        json!({
            "endpoint_origin": self.origin,
            "headers": headers,
            "body_base64": STANDARD.encode(&request.body),
            "private_key": URL_SAFE_NO_PAD.encode(self.key.to_bytes()),
            "auth": URL_SAFE_NO_PAD.encode(self.auth),
        })
    }
}

fn random_key() -> SecretKey {
    loop {
        // Not every 32 bytes are a key, nearly all are
        if let Ok(key) = SecretKey::from_slice(&rand::random::<[u8; 32]>()) {
            return key;
        }
    }
}

struct Script(Arc<Mutex<VecDeque<Answer>>>);

impl Respond for Script {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let next = self.0.lock().expect("no answer panicked").pop_front();
        match next.unwrap_or(Answer::Created) {
            Answer::Created => ResponseTemplate::new(201),
            Answer::Status(status) => ResponseTemplate::new(status),
            Answer::Slower(seconds) => ResponseTemplate::new(429).insert_header("Retry-After", seconds.to_string()),
            Answer::Silence(duration) => ResponseTemplate::new(201).set_delay(duration),
        }
    }
}
