use askama::Template;

use super::Bare;

/// `GET /invites/{token}`, and the answer to a password that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "links/invite.html")]
pub struct InvitePage {
    pub bare: Bare,
    pub token: String,
    pub name: String,
    pub email: String,
    pub role: String,
    pub error: Option<String>,
}

/// `GET /password-resets/{token}`, and the answer to a password that was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "links/password_reset.html")]
pub struct PasswordResetPage {
    pub bare: Bare,
    pub token: String,
    pub email: String,
    pub error: Option<String>,
}

/// A link that opens nothing: used, expired, replaced or never made.
#[derive(Debug, Clone, Template)]
#[template(path = "links/gone.html")]
pub struct LinkGonePage {
    pub bare: Bare,
}
