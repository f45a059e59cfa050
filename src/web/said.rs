//! What was just done, said once on the page that a redirect leads to.
//!
//! `see_other_saying` names a sentence, `keep` has it wait in the session, and `Page` takes it out. Without scripts it is a part of the
//! page like any other.

use actix_session::{Session, SessionExt as _};
use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use serde::{Deserialize, Serialize};

use super::error::Error;
use super::page::see_other;
use super::session_store::{SAID, signed_in};
use super::view::Toast;

/// A sentence. The session keeps its name, so that it holds no words about anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    BrowserSignedOut,
    BrowsersSignedOut,
    ClientDeleted,
    ClientSaved,
    CompanySaved,
    DeviceRemoved,
    ImportIsUndone,
    InviteWithdrawn,
    LeadStatusesSaved,
    NumberSaved,
    PasswordChanged,
    PositionsSaved,
    ProfileSaved,
    RoleCreated,
    RoleDeleted,
    RoleSaved,
    UserSaved,
}

impl Said {
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BrowserSignedOut => "That browser is signed out.",
            Self::BrowsersSignedOut => "Every other browser is signed out.",
            Self::ClientDeleted => "The client is deleted. Conversations stay.",
            Self::ClientSaved => "The client is saved.",
            Self::CompanySaved => "The company's settings are saved.",
            Self::DeviceRemoved => "That device does not ring any more.",
            Self::ImportIsUndone => "The import is being undone. Records that somebody changed since are kept.",
            Self::InviteWithdrawn => "The invitation is withdrawn. Its link opens nothing any more.",
            Self::LeadStatusesSaved => "The lead statuses are saved.",
            Self::NumberSaved => "The number's label is saved.",
            Self::PasswordChanged => "Your password is changed. Every other browser is signed out.",
            Self::PositionsSaved => "The positions are saved.",
            Self::ProfileSaved => "Your profile is saved.",
            Self::RoleCreated => "The role is created. Nobody has it yet.",
            Self::RoleDeleted => "The role is deleted.",
            Self::RoleSaved => "The role is saved. It holds at once, in open pages too.",
            Self::UserSaved => "Saved. It holds at once, in open pages too.",
        }
    }
}

/// 303 to the page that says so.
pub fn see_other_saying(path: &str, said: Said) -> HttpResponse {
    let mut answer = see_other(path);
    answer.extensions_mut().insert(said);
    answer
}

/// Middleware, inside the session: what an answer has to say waits there.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let answered = next.call(request).await?.map_into_boxed_body();
    let said = answered.response().extensions().get::<Said>().copied();
    if let Some(said) = said {
        let session = answered.request().get_session();
        // Who is signed out meanwhile is told nothing
        if signed_in(&session)?.is_some() {
            session.insert(SAID, said).map_err(Error::internal)?;
        }
    }
    Ok(answered)
}

/// What waits to be said, from now on no more.
pub fn take(session: &Session) -> Option<Toast> {
    let said: Said = session.get(SAID).ok().flatten()?;
    session.remove(SAID);
    Some(Toast::said(said.sentence()))
}
