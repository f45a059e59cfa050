use actix_web::web::Data;

use super::addressee;
use super::new::{Typed, page};
use crate::services::{self, merge};
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::current_user::DashboardUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::saved_replies::{Filled, put_in};
use crate::web::site::Site;

/// `POST /conversations/draft`: the form of a new text again, with a template in the box. Nothing is sent or stored.
pub async fn create(
    site: Data<Site>,
    InTurn(DashboardUser(me), Form(typed)): InTurn<DashboardUser, Form<Typed>>,
) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| match filled(c, &me, &typed) {
        Ok(Filled { body, missing }) => page(&shared, c, &me, Typed { body, missing, ..typed }, None),
        Err(services::Error::Invalid(why)) => page(&shared, c, &me, typed, Some(why)),
        Err(other) => Err(other.into()),
    });
    let page = page.await?;
    Ok(if page.error.is_some() { Page::unprocessable(page) } else { Page::ok(page) })
}

/// Filled in for whom it goes to, as far as that is clear by now.
fn filled(connection: &mut DbConnection, me: &User, typed: &Typed) -> services::Done<Filled> {
    let to = addressee::phone_of(connection, me, &typed.to, typed.client_id)?.ok();
    let phone = to.map(|phone| phone.as_str().to_owned()).unwrap_or_default();
    let client = addressee::client_at(connection, me, &phone, typed.client_id)?;
    let values = merge::values_at_phone(connection, client, &phone, Some(me))?;
    let template = typed.template_id.unwrap_or_default();
    put_in(connection, template, &values, &typed.body, typed.cursor.as_deref())
}
