use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, Responder as _};
use serde::Deserialize;

use super::addressee;
use super::door::Door;
use super::list::{Asked, list};
use super::thread::our_number;
use crate::domain::{ClientId, ConversationId, MessageTemplateId, NumberId, SmsText};
use crate::services::{self, NewText};
use crate::store::users::User;
use crate::store::{DbConnection, gateways};
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::saved_replies::saved_replies;
use crate::web::site::{Site, may_write};
use crate::web::view::Section;
use crate::web::view::conversations::NewTextPage;

#[derive(Clone, Default, Deserialize)]
pub struct Typed {
    /// A phone, or the name of a client whose record is open to the sender.
    pub to: String,
    /// Which of several that `to` could mean.
    pub client_id: Option<ClientId>,
    pub number_id: Option<NumberId>,
    pub body: String,
    /// Which template was chosen, and where the cursor was.
    pub template_id: Option<MessageTemplateId>,
    pub cursor: Option<String>,
    /// What it could not fill in.
    #[serde(skip)]
    pub missing: Option<String>,
}

#[derive(Default, Deserialize)]
pub struct Given {
    #[serde(default)]
    to: String,
}

/// `GET /conversations/new?to=…`: also asked for who could be meant, while one types.
pub async fn new(site: Data<Site>, me: DashboardUser, given: Query<Given>) -> Result<Page, Error> {
    let (shared, typed) = (site.clone(), Typed { to: given.into_inner().to, ..Typed::default() });
    Ok(Page::ok(site.read(move |c| page(&shared, c, &me, typed, None)).await?))
}

pub async fn create(
    site: Data<Site>,
    InTurn(DashboardUser(me), Form(typed)): InTurn<DashboardUser, Form<Typed>>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let sender = me.user.clone();
    let (status, why) = match send(&site, sender.clone(), &typed).await? {
        Ok(id) => return Ok(see_other(&Door::Dashboard.address(id))),
        Err(refused) => refused,
    };
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &sender, typed, Some(why))).await?;
    Ok(Page::with_status(status, page).respond_to(&request))
}

/// The conversation, or why not: the form is shown again with it.
async fn send(site: &Site, sender: User, typed: &Typed) -> Result<Result<ConversationId, (StatusCode, String)>, Error> {
    let invalid = |why: String| Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, why)));
    let (me, to, chosen) = (sender.clone(), typed.to.clone(), typed.client_id);
    let to = match site.read(move |c| Ok(addressee::phone_of(c, &me, &to, chosen)?)).await? {
        Ok(to) => to,
        Err(why) => return invalid(why),
    };
    let text = match SmsText::filled_in(&typed.body) {
        Ok(text) => text,
        Err(why) => return invalid(why.to_string()),
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
        Err(services::Error::Invalid(why)) => invalid(why),
        Err(services::Error::Forbidden(why)) => Ok(Err((StatusCode::FORBIDDEN, why.to_owned()))),
        Err(other) => Err(other.into()),
    }
}

pub(super) fn page(
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
        choices: addressee::candidates(connection, me, &typed.to, typed.client_id)?,
        asks_who: error.is_some(),
        to: typed.to,
        number_id: typed.number_id.unwrap_or(first),
        numbers: numbers.into_iter().map(|number| (number.id, our_number(Some(number.label), &number.phone))).collect(),
        body: typed.body,
        replies: saved_replies(connection, me, "/conversations/draft", typed.missing)?,
        error,
    })
}
