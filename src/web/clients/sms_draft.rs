use actix_web::web::{Data, Path};

use super::record::texted;
use super::sms::page;
use super::text_form::Typed;
use super::threads::Asked;
use crate::domain::ClientId;
use crate::services::{self, merge};
use crate::store::DbConnection;
use crate::store::users::User;
use crate::web::current_user::RecordTexter;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::saved_replies::{Filled, put_in};
use crate::web::site::{Site, may_write};

/// `POST /clients/{id}/sms/draft`: *Text* again, with a template in the box. Nothing is sent or stored.
pub async fn create(
    site: Data<Site>,
    InTurn(RecordTexter(me), Form(typed)): InTurn<RecordTexter, Form<Typed>>,
    id: Path<ClientId>,
) -> Result<Page, Error> {
    let (client, shared) = (*id, site.clone());
    let page = site.read(move |c| {
        texted(c, &me, client)?;
        if !may_write(&me) {
            return Err(Error::Forbidden("Your role may read texts but not send them.".to_owned()));
        }
        let asked = Asked::default();
        match filled(c, &me, client, &typed) {
            Ok(Filled { body, missing }) => {
                let typed = Typed { body, missing, is_draft: true, ..typed };
                Ok((false, page(&shared, c, &me, client, &asked, typed, None)?))
            }
            Err(services::Error::Invalid(why)) => Ok((true, page(&shared, c, &me, client, &asked, typed, Some(why))?)),
            Err(other) => Err(other.into()),
        }
    });
    let (refused, page) = page.await?;
    Ok(if refused { Page::unprocessable(page) } else { Page::ok(page) })
}

fn filled(connection: &mut DbConnection, me: &User, client: ClientId, typed: &Typed) -> services::Done<Filled> {
    let phone = typed.phone.as_deref().unwrap_or_default();
    let values = merge::values_at_phone(connection, Some(client), phone, Some(me))?;
    let template = typed.template_id.unwrap_or_default();
    put_in(connection, template, &values, &typed.body, typed.cursor.as_deref())
}
