use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, HeaderMap};
use actix_web::web::Data;
use actix_web::{Either, HttpRequest, HttpResponse};

use crate::services;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::htmx::Htmx;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;
use crate::web::view::{Toast, ToastPart};

/// `POST /push/test`: 202 with a word for the screen; without scripts, back to the list.
pub async fn create(
    site: Data<Site>,
    me: CurrentUser,
    htmx: Htmx,
    request: HttpRequest,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (user, now) = (me.id, site.now());
    let devices = site.write(move |tx| services::test_device(tx, user, now)).await?;
    if !htmx.is_htmx && wants_page(request.headers()) {
        return Ok(Either::Right(see_other("/settings/devices")));
    }
    let toast = Toast::said(match devices {
        0 => "No device of yours rings yet.".to_owned(),
        1 => "A test is on its way to your device.".to_owned(),
        several => format!("A test is on its way to your {several} devices."),
    });
    Ok(Either::Left(Page::whole(StatusCode::ACCEPTED, ToastPart { toast })))
}

/// A form that a browser sent by itself, and not a script.
fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}
