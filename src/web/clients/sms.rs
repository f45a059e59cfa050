use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, Responder as _};

use super::record::{head, texted};
use super::text_form::{Typed, text_form};
use super::thread;
use super::threads::{Asked, threads};
use crate::domain::{ClientId, ConversationId, NumberId, PhoneNumber, SmsText};
use crate::services::{self, By, NewText};
use crate::store::users::User;
use crate::store::{DbConnection, client_phones, gateways};
use crate::web::conversations::door::Door;
use crate::web::conversations::opening::{self, Asks};
use crate::web::current_user::RecordTexter;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::{Site, may_write};
use crate::web::view::Section;
use crate::web::view::clients::{RecordTab, RecordThreadPage, RecordThreads, RecordThreadsPage};

/// `GET /clients/{id}/sms`: the conversations; where there is only one, it is open below.
pub async fn show(site: Data<Site>, me: RecordTexter, id: Path<ClientId>, asked: Query<Asked>) -> Result<Page, Error> {
    let (client, me_id, shared) = (*id, me.id, site.clone());
    let (user, asked) = (me.0.user, asked.into_inner());
    let (asking, reader) = (shared.clone(), user.clone());
    let page = site.read(move |c| page(&asking, c, &reader, client, &asked, Typed::default(), None)).await?;
    let Some(only) = page.above.list.only() else { return Ok(Page::ok(page)) };
    let draw = move |c: &mut DbConnection, wanted| {
        let thread = thread::page(&shared, c, &user, client, only, wanted)?;
        Ok(RecordThreadPage { above: Some(page.above), ..thread })
    };
    Ok(Page::ok(opening::open(&site, me_id, only, &Asks::default(), draw, |page| &page.shell).await?))
}

/// `POST /clients/{id}/sms`: goes on with the conversation there is, or begins one.
pub async fn create(
    site: Data<Site>,
    InTurn(RecordTexter(me), Form(typed)): InTurn<RecordTexter, Form<Typed>>,
    id: Path<ClientId>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (client, by) = (*id, me.by());
    let (status, why) = match send(&site, by, client, &typed).await? {
        Ok(id) => return Ok(see_other(&Door::Record(client).address(id))),
        Err(refused) => refused,
    };
    let shared = site.clone();
    let page = site.read(move |c| page(&shared, c, &me, client, &Asked::default(), typed, Some(why)));
    Ok(Page::with_status(status, page.await?).respond_to(&request))
}

/// The conversation, or why not: the form is shown again with it.
async fn send(
    site: &Site,
    by: By,
    client: ClientId,
    typed: &Typed,
) -> Result<Result<ConversationId, (StatusCode, String)>, Error> {
    let invalid = |why: String| Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, why)));
    let (me, phone, number) = (by.user.clone(), typed.phone.clone(), typed.number_id);
    let (phone, number_id) = site.read(move |c| chosen(c, &me, client, phone, number)).await?;
    // What is stored has its country
    let to = match PhoneNumber::parse(&phone, "") {
        Ok(to) => to,
        Err(why) => return invalid(why.to_string()),
    };
    let text = match SmsText::filled_in(&typed.body) {
        Ok(text) => text,
        Err(why) => return invalid(why.to_string()),
    };
    let now = site.now();
    let done = site
        .try_write(move |tx| services::text_client(tx, &by, client, &NewText { to: &to, number_id, text: &text }, now))
        .await?;
    match done {
        Ok(id) => Ok(Ok(id)),
        Err(services::Error::Invalid(why)) => invalid(why),
        Err(services::Error::Forbidden(why)) => Ok(Err((StatusCode::FORBIDDEN, why.to_owned()))),
        Err(other) => Err(other.into()),
    }
}

/// Which phone and which number, for who may write to this client.
fn chosen(
    connection: &mut DbConnection,
    me: &User,
    client: ClientId,
    phone: Option<String>,
    number: Option<NumberId>,
) -> Result<(String, NumberId), Error> {
    texted(connection, me, client)?;
    if !may_write(me) {
        return Err(Error::Forbidden("Your role may read texts but not send them.".to_owned()));
    }
    let first = client_phones::of_client(connection, client)?.into_iter().next().map(|phone| phone.phone);
    let number = match number {
        Some(number) => number,
        None => gateways::numbers(connection)?.first().map_or(0, |number| number.id),
    };
    Ok((phone.or(first).unwrap_or_default(), number))
}

pub(super) fn page(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    client: ClientId,
    asked: &Asked,
    typed: Typed,
    error: Option<String>,
) -> Result<RecordThreadsPage, Error> {
    let client = texted(connection, me, client)?;
    Ok(RecordThreadsPage {
        shell: site.shell(connection, me, Section::Clients)?,
        head: head(me, &client, RecordTab::Sms),
        above: RecordThreads {
            list: threads(connection, me, &client, asked, site.now())?,
            texting: text_form(connection, me, &client, typed, error)?,
        },
    })
}
