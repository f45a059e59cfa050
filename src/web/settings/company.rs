use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig, get, post, resource};
use actix_web::{Either, FromRequest, HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::services::quiet_hours::{TypedQuietHours, clock_of};
use crate::services::{self, CompanyChange};
use crate::store::company;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::{Site, waiting_texts};
use crate::web::view::settings::CompanyPage;
use crate::web::view::{Section, zone_groups};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/settings/company").route(get().to(show)).route(post().to(update)));
}

/// What is absent stays as it is.
#[derive(Deserialize, Clone, Default)]
pub struct Filled {
    name: Option<String>,
    time_zone: Option<String>,
    plan: Option<String>,
    notification_privacy: Option<String>,
    quiet_from: Option<String>,
    quiet_to: Option<String>,
    quiet_sunday_from: Option<String>,
    quiet_sunday_to: Option<String>,
}

/// Who manages the company's settings. *Upgrade* leads everybody here, so the others are told whom to ask.
pub struct Manager(CurrentUser);

impl FromRequest for Manager {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let asking = CurrentUser::from_request(request, payload);
        Box::pin(async move {
            let me = asking.await?;
            if me.may.manage_company { Ok(Self(me)) } else { Err(Error::Forbidden(ASK_SOMEBODY.to_owned())) }
        })
    }
}

const ASK_SOMEBODY: &str =
    "Your role may not change the company's settings. Ask somebody who manages them, such as the Owner.";

/// `GET /settings/company`.
pub async fn show(site: Data<Site>, Manager(me): Manager) -> Result<Page, Error> {
    Ok(Page::whole(StatusCode::OK, page(&site, me, Filled::default(), None).await?))
}

/// `POST /settings/company`.
pub async fn update(
    site: Data<Site>,
    InTurn(Manager(me), Form(filled)): InTurn<Manager, Form<Filled>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (by, now) = (me.by(), site.now());
    let done = match change(&filled) {
        Ok(change) => site.try_write(move |tx| services::update_company(tx, &by, &change, now)).await?,
        Err(why) => Err(services::Error::Invalid(why)),
    };
    match done {
        Ok(()) => Ok(Either::Right(see_other_saying("/settings/company", Said::CompanySaved))),
        Err(services::Error::Invalid(why)) => {
            let page = page(&site, me, filled, Some(why)).await?;
            Ok(Either::Left(Page::whole(StatusCode::UNPROCESSABLE_ENTITY, page)))
        }
        Err(other) => Err(other.into()),
    }
}

fn change(filled: &Filled) -> Result<CompanyChange, String> {
    let plan = filled.plan.as_deref().map(str::parse).transpose();
    let privacy = filled.notification_privacy.as_deref().map(str::parse).transpose();
    Ok(CompanyChange {
        name: filled.name.clone(),
        time_zone: filled.time_zone.clone(),
        plan: plan.map_err(|_| "Choose a plan from the list.".to_owned())?,
        notification_privacy: privacy
            .map_err(|_| "Choose from the list what notifications on devices show.".to_owned())?,
        quiet_hours: TypedQuietHours {
            from: filled.quiet_from.clone(),
            to: filled.quiet_to.clone(),
            sunday_from: filled.quiet_sunday_from.clone(),
            sunday_to: filled.quiet_sunday_to.clone(),
        },
    })
}

/// The form as it is stored, with what was just filled in on top.
async fn page(site: &Data<Site>, me: CurrentUser, filled: Filled, error: Option<String>) -> Result<CompanyPage, Error> {
    let shared = site.clone();
    site.read(move |c| {
        let company = company::find(c)?.ok_or(Error::NotFound)?;
        let chosen = filled.time_zone.unwrap_or_else(|| company.time_zone.clone());
        Ok(CompanyPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            name: filled.name.unwrap_or(company.name),
            time_zones: zone_groups(&company.time_zone, &chosen),
            plan: filled.plan.unwrap_or_else(|| company.plan.to_string()),
            privacy: filled.notification_privacy.unwrap_or_else(|| company.notification_privacy.to_string()),
            quiet: range(filled.quiet_from, filled.quiet_to, company.texting),
            quiet_sunday: range(filled.quiet_sunday_from, filled.quiet_sunday_to, company.texting_on_sundays),
            waiting: waiting_texts(c)?,
            error,
        })
    })
    .await
}

/// From and until when, as typed, else as stored.
fn range(from: Option<String>, to: Option<String>, stored: (i64, i64)) -> (String, String) {
    (from.unwrap_or_else(|| clock_of(stored.0)), to.unwrap_or_else(|| clock_of(stored.1)))
}
