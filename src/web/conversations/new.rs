use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::list::{Asked, list};
use super::thread::address;
use crate::domain::{NumberId, PhoneNumber, SmsText};
use crate::services::{self, NewText};
use crate::store::users::User;
use crate::store::{DbConnection, gateways};
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::{Site, may_write};
use crate::web::view::Section;
use crate::web::view::conversations::NewTextPage;

/// Where phones are from when they are written without a country.
const REGION: &str = "US";

#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    to: String,
    number_id: Option<NumberId>,
    body: String,
}

pub async fn new(site: Data<Site>, me: DashboardUser) -> Result<Page, Error> {
    let shared = site.clone();
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, Typed::default(), None)).await?))
}

pub async fn create(
    site: Data<Site>,
    InTurn(DashboardUser(me), Form(typed)): InTurn<DashboardUser, Form<Typed>>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let sender = me.user.clone();
    let why = match send(&site, sender.clone(), &typed).await? {
        Ok(id) => return Ok(see_other(&address(id))),
        Err(why) => why,
    };
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &sender, typed, Some(why))).await?;
    Ok(Page::unprocessable(page).respond_to(&request))
}

/// The conversation, or what is wrong with what was typed.
async fn send(site: &Site, sender: User, typed: &Typed) -> Result<Result<i64, String>, Error> {
    let to = match PhoneNumber::parse(&typed.to, REGION) {
        Ok(to) => to,
        Err(why) => return Ok(Err(why.to_string())),
    };
    let text = match SmsText::parse(&typed.body) {
        Ok(text) => text,
        Err(why) => return Ok(Err(why.to_string())),
    };
    let (chosen, now) = (typed.number_id, site.now());
    let done = site
        .try_write(move |tx| {
            let number_id = match chosen {
                Some(id) => id,
                None => gateways::numbers(tx)?.first().map_or(0, |number| number.id),
            };
            services::start_conversation(tx, &sender, &NewText { to: &to, number_id, text: &text }, now)
        })
        .await?;
    match done {
        Ok(id) => Ok(Ok(id)),
        Err(services::Error::Invalid(why)) => Ok(Err(why)),
        Err(other) => Err(other.into()),
    }
}

fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    typed: Typed,
    error: Option<String>,
) -> Result<NewTextPage, Error> {
    if !may_write(me) {
        return Err(Error::Forbidden("Your role may read texts but not send them.".to_owned()));
    }
    let numbers = gateways::numbers(connection)?;
    let first = numbers.first().map_or(0, |number| number.id);
    Ok(NewTextPage {
        shell: site.shell(connection, me, Section::Conversations)?,
        list: list(connection, me, &Asked::default(), None, site.now())?,
        to: typed.to,
        number_id: typed.number_id.unwrap_or(first),
        numbers: numbers.into_iter().map(|number| (number.id, number.label)).collect(),
        body: typed.body,
        error,
    })
}
