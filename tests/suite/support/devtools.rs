//! A small client of Chromium's DevTools protocol, beside chromedriver, for what WebDriver cannot say.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::{Mutex as AsyncMutex, oneshot};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::PATIENCE;
use super::browser::Browser;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A connection to one browser.
pub struct DevTools {
    out: AsyncMutex<SplitSink<Socket, Message>>,
    inbox: Arc<Inbox>,
    next: AtomicU64,
    reader: JoinHandle<()>,
}

/// What came in: answers go to who waits for them, events are all kept, so that none is missed by looking late.
#[derive(Default)]
struct Inbox {
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    events: Mutex<Vec<Event>>,
}

#[derive(Debug, Clone)]
pub struct Event {
    pub method: String,
    pub params: Value,
}

impl DevTools {
    pub async fn connect(browser: &Browser) -> DevTools {
        let options = browser.driver.capabilities().get("goog:chromeOptions").expect("this is a Chromium");
        let address = options["debuggerAddress"].as_str().expect("it can be debugged");
        let version = format!("http://{address}/json/version");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let version: Value = client.get(version).send().await.expect("it answers").json().await.expect("in JSON");
        let socket = version["webSocketDebuggerUrl"].as_str().expect("it has a socket");
        let (socket, _) = connect_async(socket).await.expect("the socket opens");
        let (out, incoming) = socket.split();
        let inbox = Arc::<Inbox>::default();
        let reader = tokio::spawn(read(incoming, inbox.clone()));
        DevTools { out: AsyncMutex::new(out), inbox, next: AtomicU64::new(1), reader }
    }

    /// Sends a command, to the browser itself or into a session, and waits for its result.
    pub async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (tell, told) = oneshot::channel();
        self.inbox.waiting.lock().expect("nobody panicked").insert(id, tell);
        let mut command = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        let sent = self.out.lock().await.send(Message::text(command.to_string())).await;
        sent.map_err(|error| format!("{method}: {error}"))?;
        let mut answer = tokio::time::timeout(PATIENCE, told)
            .await
            .map_err(|_| format!("{method}: no answer"))?
            .map_err(|_| format!("{method}: the browser is gone"))?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer["result"].take()),
        }
    }

    /// The same, where only success will do.
    pub async fn must(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.call(session, method, params).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Opens a session with a target: a page or a service worker.
    pub async fn attach(&self, target: &str) -> String {
        let attached = json!({ "targetId": target, "flatten": true });
        let answer = self.must(None, "Target.attachToTarget", attached).await;
        answer["sessionId"].as_str().expect("a session").to_owned()
    }

    /// Every target of the browser, as `{targetId, type, url, …}`.
    pub async fn targets(&self) -> Vec<Value> {
        let answer = self.must(None, "Target.getTargets", json!({})).await;
        answer["targetInfos"].as_array().expect("a list").clone()
    }

    /// Runs JavaScript in a session, as if the person had done something there, and awaits its promise.
    pub async fn evaluate(&self, session: &str, script: &str) -> Result<Value, String> {
        let expression = json!({
            "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.call(Some(session), "Runtime.evaluate", expression).await?;
        match answer.get("exceptionDetails") {
            Some(exception) => Err(exception.to_string()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    /// What happened so far by this name, oldest first.
    pub fn events(&self, method: &str) -> Vec<Event> {
        let events = self.inbox.events.lock().expect("nobody panicked");
        events.iter().filter(|event| event.method == method).cloned().collect()
    }
}

impl Drop for DevTools {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

async fn read(mut incoming: SplitStream<Socket>, inbox: Arc<Inbox>) {
    while let Some(Ok(message)) = incoming.next().await {
        let Ok(mut message) = serde_json::from_str::<Value>(message.to_text().unwrap_or_default()) else {
            continue;
        };
        if let Some(id) = message["id"].as_u64() {
            if let Some(tell) = inbox.waiting.lock().expect("nobody panicked").remove(&id) {
                // Whoever asked may have stopped waiting
                let _ = tell.send(message);
            }
        } else {
            let method = message["method"].as_str().unwrap_or_default().to_owned();
            let event = Event { method, params: message["params"].take() };
            inbox.events.lock().expect("nobody panicked").push(event);
        }
    }
}
