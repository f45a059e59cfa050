use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use super::thread::address;
use crate::domain::ConversationId;
use crate::services;
use crate::web::current_user::TextingUser;
use crate::web::error::Error;
use crate::web::page::see_other;
use crate::web::site::Site;

pub async fn create(
    site: Data<Site>,
    TextingUser(me): TextingUser,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now) = (*id, site.now());
    site.write(move |tx| services::close(tx, &me.user, id, now)).await?;
    Ok(see_other(&address(id)))
}

pub async fn remove(
    site: Data<Site>,
    TextingUser(me): TextingUser,
    id: Path<ConversationId>,
) -> Result<HttpResponse, Error> {
    let (id, now) = (*id, site.now());
    site.write(move |tx| services::reopen(tx, &me.user, id, now)).await?;
    Ok(see_other(&address(id)))
}
