//! Somebody who asks the app over HTTP, as a browser without scripts does: with cookies, with `Origin`, no redirect followed.

use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use scraper::{Html, Selector};
use serde_json::Value;

use super::PATIENCE;

pub struct Actor {
    client: Client,
    url: String,
    /// `name=value`, as the app last set it.
    cookie: Mutex<Option<String>>,
}

/// What the app answered.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// Where a redirect leads.
    pub location: Option<String>,
}

impl Actor {
    pub fn new(url: &str) -> Actor {
        // Local addresses do not go through a proxy of this machine. No connection is used twice: while tests crowd the
        // machine, the app may have given up an idle one in the moment we write to it
        let client =
            Client::builder().redirect(Policy::none()).timeout(PATIENCE * 3).no_proxy().pool_max_idle_per_host(0);
        let client = client.build();
        Actor { client: client.expect("a client"), url: url.to_owned(), cookie: Mutex::default() }
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.send(self.request(Method::GET, path)).await
    }

    /// A form without fields.
    pub async fn post(&self, path: &str) -> Answered {
        self.post_form(path, &[]).await
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    pub async fn post_json(&self, path: &str, json: &Value) -> Answered {
        self.send(self.request(Method::POST, path).json(json)).await
    }

    /// A request to be made different before it is sent. It has the cookie; one that changes something has `Origin`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let safe = method == Method::GET || method == Method::HEAD;
        let request = self.without_origin(method, path);
        if safe { request } else { request.header(ORIGIN, &self.url) }
    }

    /// The same, with nothing that says where it comes from.
    pub fn without_origin(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        match self.cookie() {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answered {
        let response = request.send().await.expect("the app answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("cookies are ASCII");
            let pair = cookie.split(';').next().unwrap_or_default().to_owned();
            *self.cookie.lock().expect("nobody panicked") = Some(pair).filter(|pair| !pair.ends_with('='));
        }
        let location = headers.get(LOCATION).map(|place| place.to_str().expect("an address").to_owned());
        Answered { status, headers, location, body: response.text().await.expect("text") }
    }

    /// `name=value`, while signed in.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().expect("nobody panicked").clone()
    }

    /// Somebody who stole or kept this cookie.
    pub fn with_cookie(url: &str, cookie: &str) -> Actor {
        let actor = Actor::new(url);
        *actor.cookie.lock().expect("nobody panicked") = Some(cookie.to_owned());
        actor
    }
}

impl Answered {
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// What a person reads, white space as one space.
    pub fn text(&self) -> String {
        tidy(self.html().root_element().text())
    }

    /// The texts of all elements that match, tidied.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = self.html();
        html.select(&selecting(selector)).map(|element| tidy(element.text())).collect()
    }

    /// An attribute of all elements that match.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let html = self.html();
        let selector = selecting(selector);
        let found = html.select(&selector);
        found.map(|element| element.attr(attribute).unwrap_or_default().to_owned()).collect()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header in ASCII"))
    }
}

fn selecting(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

fn tidy<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
