use askama::Template;

use super::{Bare, ZoneGroup};

/// `GET /sign-in`, and the answer to one that failed.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub bare: Bare,
    pub email: String,
    /// Where to go afterwards; a path of ours, else empty.
    pub next: String,
    pub error: Option<String>,
}

/// `GET /setup`: an empty database. Posts to `/setup`, or to `/setup/demo`.
#[derive(Debug, Clone, Template)]
#[template(path = "setup.html")]
pub struct SetupPage {
    pub bare: Bare,
    /// The one-time token of the terminal, when the address brought it.
    pub token: String,
    pub company_name: String,
    pub time_zones: Vec<ZoneGroup>,
    pub name: String,
    pub email: String,
    pub error: Option<String>,
}
