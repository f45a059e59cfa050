use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig, get, post, resource};
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use crate::domain::{GatewayKind, NumberId, OutsideAddress};
use crate::services;
use crate::store::gateways::{self, ListedNumber};
use crate::web::current_user::CompanyAdmin;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::Site;
use crate::web::view::Section;
use crate::web::view::settings::{Hooks, NumberRow, NumbersPage};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/numbers").route(get().to(index)))
        .service(resource("/settings/numbers/{id}").route(post().to(update)));
}

#[derive(Deserialize)]
pub struct Labelled {
    label: String,
}

/// `GET /settings/numbers`.
pub async fn index(site: Data<Site>, me: CompanyAdmin) -> Result<Page, Error> {
    Ok(Page::whole(StatusCode::OK, page(&site, me, None, None).await?))
}

/// `POST /settings/numbers/{id}`.
pub async fn update(
    site: Data<Site>,
    InTurn(me, Form(Labelled { label })): InTurn<CompanyAdmin, Form<Labelled>>,
    id: Path<NumberId>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (by, now, id, wanted) = (me.by(), site.now(), *id, label.clone());
    match site.try_write(move |tx| services::label_number(tx, &by, id, &wanted, now)).await? {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/numbers", Said::NumberSaved))),
        Err(services::Error::Invalid(why)) => {
            let page = page(&site, me, Some((id, label)), Some(why)).await?;
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    site: &Data<Site>,
    me: CompanyAdmin,
    typed: Option<(NumberId, String)>,
    error: Option<String>,
) -> Result<NumbersPage, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let row = |number: ListedNumber| NumberRow {
            id: number.id,
            phone: OutsideAddress::from_gateway(&number.phone).display(),
            trouble: trouble(&shared, &number),
            label: number.label,
            gateway: number.gateway.name(),
            in_use: number.in_use,
            typed: typed.as_ref().filter(|(id, _)| *id == number.id).map(|(_, label)| label.clone()),
        };
        Ok(NumbersPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            numbers: gateways::every_number(c)?.into_iter().map(row).collect(),
            hooks: hooks(&shared.public_url),
            error,
        })
    });
    page.await
}

fn trouble(site: &Site, number: &ListedNumber) -> Option<&'static str> {
    (number.in_use && number.gateway == GatewayKind::Twilio && site.twilio.is_none())
        .then_some("Twilio is not configured on this server, so texts from this number wait.")
}

fn hooks(public_url: &str) -> Hooks {
    Hooks {
        texts: format!("{public_url}/hooks/twilio/sms"),
        reports: format!("{public_url}/hooks/twilio/status"),
        reachable: public_url.starts_with("https://"),
    }
}
