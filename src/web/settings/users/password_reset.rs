use actix_web::Either;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::show;
use super::update::Posted;
use crate::domain::UserId;
use crate::services;
use crate::store::users;
use crate::web::current_user::UserAdmin;
use crate::web::error::Error;
use crate::web::link_token;
use crate::web::page::Page;
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::LinkMadePage;

/// `POST /settings/users/{id}/password-reset`: the link, shown this once. No redirect: it is kept nowhere.
pub async fn create(site: Data<Site>, me: UserAdmin, id: Path<UserId>) -> Result<Either<Page, Page>, Error> {
    let (id, by, now, token) = (*id, me.by(), site.now(), link_token::new());
    let hash = link_token::hash(&token);
    match site.try_write(move |tx| services::make_reset_link(tx, &by, id, &hash, now)).await? {
        Ok(()) => {}
        Err(services::Error::Invalid(why)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show::page(&site, me, id, status, Posted::default(), Some(why)).await.map(Either::Left);
        }
        Err(other) => return Err(other.into()),
    }
    let shared = site.clone();
    let page = site.read(move |c| {
        let name = users::find(c, id)?.ok_or(Error::NotFound)?.name;
        Ok(LinkMadePage {
            shell: shared.shell(c, &me, Section::Settings)?,
            title: "A link for a new password".to_owned(),
            lead: format!("Pass it on to {name}. Whoever opens it chooses their password."),
            link: format!("{}/password-resets/{token}", shared.public_url),
            valid: "24 hours".to_owned(),
            way_back: ("Back to the user".to_owned(), format!("/settings/users/{id}")),
        })
    });
    Ok(Either::Right(Page::whole(StatusCode::OK, page.await?).no_store()))
}
