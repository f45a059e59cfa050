use actix_session::Session;
use actix_web::web::Data;
use actix_web::{Either, HttpRequest, HttpResponse};

use super::form::{self, FilledIn};
use super::{begin, still_empty};
use crate::domain::{BuiltInRole, GatewayKind, UserId};
use crate::services::{self, demo};
use crate::store::{Writer, users};
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::sessions::password_work;
use crate::web::site::Site;

/// `POST /setup/demo`: the demo company, whose people all get the password that was chosen here.
/// None is made up, so none has to be shown.
pub async fn create(
    site: Data<Site>,
    session: Session,
    request: HttpRequest,
    Form(filled_in): Form<FilledIn>,
) -> Result<Either<Page, HttpResponse>, Error> {
    still_empty(&site).await?;
    if !site.setup_token.opens(&filled_in.token) {
        return form::wrong_token(&site, filled_in).await.map(Either::Left);
    }
    let password_hash = match password_work::choose(filled_in.password.clone(), Vec::new()).await? {
        Ok(hash) => hash,
        Err(weak) => {
            return form::refused(&site, filled_in, weak.to_string()).await.map(Either::Left);
        }
    };
    let now = site.now();
    let owner = site.write(move |tx| {
        if users::any(tx)? {
            return Err(services::Error::NotFound);
        }
        demo::load_demo_company(tx, &password_hash, GatewayKind::Simulator, now)?;
        owner(tx)?.ok_or(services::Error::NotFound)
    });
    let (owner, email) = owner.await?;
    begin(&site, &session, &request, owner, email).map(Either::Right)
}

fn owner(tx: &mut Writer<'_>) -> services::Done<Option<(UserId, &'static str)>> {
    let Some(owner) = demo::USERS.iter().find(|user| user.role == BuiltInRole::Owner) else {
        return Ok(None);
    };
    let credentials = users::credentials(tx, owner.email)?;
    Ok(credentials.map(|(id, ..)| (id, owner.email)))
}
