//! Live events, as a tab hears them.

use reqwest::{Method, Response};

use super::PATIENCE;
use super::app::{Actor, Answered};

/// `GET /events`, as one tab keeps it open.
pub struct Stream {
    answer: Response,
    /// What came so far, without the ids.
    heard: String,
}

impl Stream {
    pub async fn of(actor: &Actor) -> Stream {
        Stream::at(actor, "/events").await
    }

    /// As the page that was answered opens it.
    pub async fn after(actor: &Actor, page: &Answered) -> Stream {
        let said = page.header("server-timing");
        let since = said.strip_prefix("live;desc=\"").and_then(|rest| rest.strip_suffix('"'));
        let since = since.unwrap_or_else(|| panic!("the page does not say what was last: {said}"));
        Stream::at(actor, &format!("/events?since={since}")).await
    }

    async fn at(actor: &Actor, path: &str) -> Stream {
        let answer = actor.request(Method::GET, path).send().await.expect("the app answers");
        assert_eq!(answer.status(), 200);
        let mut stream = Stream { answer, heard: String::new() };
        stream.until(":").await;
        stream
    }

    /// Waits until these words have come, and answers all that came so far.
    pub async fn until(&mut self, words: &str) -> &str {
        while !self.heard.contains(words) {
            let chunk = tokio::time::timeout(PATIENCE, self.answer.chunk()).await;
            let chunk = chunk.unwrap_or_else(|_| panic!("waited in vain for {words:?}; heard {:?}", self.heard));
            let chunk = chunk.expect("the stream is whole").unwrap_or_else(|| panic!("it ended before {words:?}"));
            let frame = String::from_utf8(chunk.to_vec()).expect("text");
            self.heard.extend(frame.split_inclusive('\n').filter(|line| !line.starts_with("id: ")));
        }
        &self.heard
    }

    pub async fn ends(&mut self) {
        let rest = async { while self.answer.chunk().await.expect("the stream is whole").is_some() {} };
        tokio::time::timeout(PATIENCE, rest).await.expect("the stream ends");
    }
}
