use askama::Template;

use super::RecordHead;
use crate::web::view::Shell;

/// `GET /clients/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "clients/show.html")]
pub struct RecordPage {
    pub shell: Shell,
    pub head: RecordHead,
    pub notes: String,
}
