//! A stand-in for Twilio that takes texts slowly, remembers them, and lists what it knows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use url::form_urlencoded;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub const ACCOUNT: &str = "ACcrash";
pub const TOKEN: &str = "a token of the carrier";
pub const OUR_NUMBER: &str = "+17205550100";

/// A text of a client, until it is acknowledged also in the carrier's list.
#[derive(Debug, Clone)]
pub struct ClientText {
    pub sid: String,
    pub from: String,
    pub body: String,
}

impl ClientText {
    /// The hook's fields.
    pub fn fields(&self) -> [(&str, &str); 6] {
        [
            ("AccountSid", ACCOUNT),
            ("Body", &self.body),
            ("From", &self.from),
            ("MessageSid", &self.sid),
            ("NumMedia", "0"),
            ("To", OUR_NUMBER),
        ]
    }

    /// Twilio's signature; the fields above are in its order. (Another test has the real SDK sign.)
    pub fn signature(&self, url: &str) -> String {
        let fields: String = self.fields().iter().map(|(name, value)| format!("{name}{value}")).collect();
        let mut mac = Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).expect("any key will do");
        mac.update(format!("{url}{fields}").as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

pub struct Carrier {
    server: MockServer,
    books: Arc<Mutex<Books>>,
}

/// Everything that it took, and everything that it could not hand over.
#[derive(Default)]
struct Books {
    taken: Vec<Taken>,
    undelivered: BTreeMap<String, (ClientText, DateTime<Utc>)>,
}

struct Taken {
    to: String,
    body: String,
    at: DateTime<Utc>,
}

impl Carrier {
    pub async fn start() -> Carrier {
        let server = MockServer::start().await;
        let books = Arc::<Mutex<Books>>::default();
        Mock::given(any()).respond_with(Desk(books.clone())).mount(&server).await;
        Carrier { server, books }
    }

    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// A client wrote; the hook has not been acknowledged yet.
    pub fn wrote(&self, text: &ClientText) {
        self.books.lock().expect("no panic").undelivered.insert(text.sid.clone(), (text.clone(), Utc::now()));
    }

    /// The hook was acknowledged: the carrier thinks no more of it, so that only we can still know the text.
    pub fn acknowledged(&self, text: &ClientText) {
        self.books.lock().expect("no panic").undelivered.remove(&text.sid);
    }

    /// How many texts it was given.
    pub fn taken(&self) -> usize {
        self.books.lock().expect("no panic").taken.len()
    }

    /// How often it was given a text of these words.
    pub fn times_taken(&self, body: &str) -> usize {
        self.books.lock().expect("no panic").taken.iter().filter(|taken| taken.body == body).count()
    }
}

struct Desk(Arc<Mutex<Books>>);

impl Respond for Desk {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut books = self.0.lock().expect("no panic");
        if request.method.as_str() == "GET" {
            return ResponseTemplate::new(200).set_body_json(books.list());
        }
        let mut taken = Taken { to: String::new(), body: String::new(), at: Utc::now() };
        for (name, value) in form_urlencoded::parse(&request.body) {
            match &*name {
                "To" => taken.to = value.into_owned(),
                "Body" => taken.body = value.into_owned(),
                _ => {}
            }
        }
        books.taken.push(taken);
        let sid = format!("SMout{}", books.taken.len());
        let answer = json!({ "sid": sid, "status": "queued", "error_code": null });
        // Long enough to be killed meanwhile
        ResponseTemplate::new(201).set_body_json(answer).set_delay(Duration::from_millis(120))
    }
}

impl Books {
    /// `Messages.json`, whatever was asked for: who asks has to look for themselves.
    fn list(&self) -> Value {
        let sent = self.taken.iter().enumerate().map(|(index, taken)| {
            json!({
                "sid": format!("SMout{}", index + 1), "status": "sent", "direction": "outbound-api",
                "from": OUR_NUMBER, "to": taken.to, "body": taken.body, "num_media": "0",
                "date_created": taken.at.to_rfc2822(), "date_sent": taken.at.to_rfc2822(),
            })
        });
        let received = self.undelivered.values().map(|(text, at)| {
            json!({
                "sid": text.sid, "status": "received", "direction": "inbound",
                "from": text.from, "to": OUR_NUMBER, "body": text.body, "num_media": "0",
                "date_created": at.to_rfc2822(), "date_sent": at.to_rfc2822(),
            })
        });
        json!({ "messages": sent.chain(received).collect::<Vec<_>>(), "next_page_uri": null })
    }
}
