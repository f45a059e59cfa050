use actix_web::http::StatusCode;
use actix_web::web::Data;
use serde::Deserialize;

use super::still_empty;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::query::Query;
use crate::web::site::Site;
use crate::web::view::{SetupPage, zone_groups};

/// Until somebody chooses; most of them are there.
const TIME_ZONE: &str = "America/New_York";

const WRONG_TOKEN: &str =
    "That is not the token. It is on the terminal where the program was started; a new start makes a new one.";

/// What was filled in. A field that is missing is empty, and then asked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct FilledIn {
    pub token: String,
    pub company_name: String,
    pub time_zone: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// `GET /setup?token=…`.
pub async fn show(site: Data<Site>, filled_in: Query<FilledIn>) -> Result<Page, Error> {
    still_empty(&site).await?;
    let filled_in = FilledIn { token: filled_in.into_inner().token, ..FilledIn::default() };
    if !filled_in.token.is_empty() && !site.setup_token.opens(&filled_in.token) {
        return wrong_token(&site, filled_in).await;
    }
    page(&site, StatusCode::OK, filled_in, None).await
}

pub async fn wrong_token(site: &Data<Site>, filled_in: FilledIn) -> Result<Page, Error> {
    page(site, StatusCode::FORBIDDEN, filled_in, Some(WRONG_TOKEN.to_owned())).await
}

pub async fn refused(site: &Data<Site>, filled_in: FilledIn, why: String) -> Result<Page, Error> {
    page(site, StatusCode::UNPROCESSABLE_ENTITY, filled_in, Some(why)).await
}

/// Carries the token, so nothing may keep a copy. Never carries the password.
async fn page(
    site: &Data<Site>,
    status: StatusCode,
    filled_in: FilledIn,
    error: Option<String>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let bare = site.read(move |c| Ok(shared.bare(c)?)).await?;
    let FilledIn { token, company_name, time_zone, name, email, .. } = filled_in;
    let page = SetupPage {
        bare,
        token,
        company_name,
        time_zones: zone_groups("", if time_zone.is_empty() { TIME_ZONE } else { &time_zone }),
        name,
        email,
        error,
    };
    Ok(Page::whole(status, page).no_store())
}
