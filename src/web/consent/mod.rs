//! What a phone agreed to and withdrew, on a page behind either door: the client record, and the conversation.

mod lines;
mod of_client;
mod of_conversation;
mod page;

pub use lines::{line, newest};
pub use of_client::address as of_client_address;

use actix_web::web::{ServiceConfig, get, post, resource};
use serde::Deserialize;

use crate::services::ConsentDeed;

pub fn routes(site: &mut ServiceConfig) {
    site.service(
        resource("/clients/{id}/consent").route(get().to(of_client::show)).route(post().to(of_client::create)),
    )
    .service(
        resource("/conversations/{id}/consent")
            .route(get().to(of_conversation::show))
            .route(post().to(of_conversation::create)),
    );
}

/// Which button was pressed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Given,
    OptOut,
    UndoOptOut,
}

impl From<Deed> for ConsentDeed {
    fn from(deed: Deed) -> Self {
        match deed {
            Deed::Given => Self::Given,
            Deed::OptOut => Self::OptOut,
            Deed::UndoOptOut => Self::UndoOptOut,
        }
    }
}
