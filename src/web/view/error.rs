use askama::Template;

use super::{Bare, PageParts, Shell, Toast, ToastPart};

/// A page that could not be shown: what happened, and what to do next.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub bare: Bare,
    /// 403, 404, 500 …
    pub status: u16,
    /// "There is nothing here".
    pub title: String,
    /// What happened, what was kept, what to do next; for a person, never a cause.
    pub sentence: String,
    /// Where to go from here: words and address.
    pub way_on: Option<(String, String)>,
    pub request_id: Option<String>,
}

impl PageParts for ErrorPage {
    /// Whatever was to be replaced stays; the sentence comes as a toast.
    fn part(&self, _target: &str) -> askama::Result<String> {
        ToastPart { toast: Toast::error(self.sentence.as_str()) }.render()
    }
}

/// The same inside the menu, for somebody who is signed in: they are refused this page, not the house.
#[derive(Debug, Clone, Template)]
#[template(path = "refused.html")]
pub struct RefusedPage {
    pub shell: Shell,
    pub title: String,
    pub sentence: String,
    /// "12 conversations wait", for who can do something about it.
    pub waiting: Option<String>,
    /// Where to go from here: words and address.
    pub way_on: Option<(String, String)>,
    pub request_id: String,
}
