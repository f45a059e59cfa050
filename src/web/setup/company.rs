use actix_session::Session;
use actix_web::web::Data;
use actix_web::{Either, HttpRequest, HttpResponse};

use super::form::{self, FilledIn};
use super::{begin, still_empty};
use crate::domain::BuiltInRole;
use crate::services::{self, NewPerson};
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::page::Page;
use crate::web::sessions::password_work;
use crate::web::site::Site;

/// `POST /setup`: the company and its Owner.
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
    let FilledIn { company_name, time_zone, name, email, password, .. } = &filled_in;
    let about = vec![company_name.clone(), name.clone(), email.clone()];
    let password_hash = match password_work::choose(password.clone(), about).await? {
        Ok(hash) => hash,
        Err(weak) => {
            return form::refused(&site, filled_in, weak.to_string()).await.map(Either::Left);
        }
    };
    let (company_name, time_zone) = (company_name.clone(), time_zone.clone());
    let (name, owner_email, now) = (name.clone(), email.clone(), site.now());
    let made = site.try_write(move |tx| {
        let owner =
            NewPerson { name: &name, email: &owner_email, password_hash: &password_hash, role: BuiltInRole::Owner };
        services::set_up(tx, &company_name, &time_zone, &owner, now)
    });
    match made.await? {
        Ok(owner) => begin(&site, &session, &request, owner, &filled_in.email).map(Either::Right),
        Err(services::Error::Invalid(why)) => form::refused(&site, filled_in, why).await.map(Either::Left),
        Err(other) => Err(other.into()),
    }
}
