use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::browser_name::browser_name;
use crate::assignment_policy::can_be_told;
use crate::domain::SubscriptionId;
use crate::services;
use crate::services::facts::staff_member;
use crate::store::push_subscriptions::{self, PushSubscription};
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::page::Page;
use crate::web::said::{Said, see_other_saying};
use crate::web::site::{Site, time_label, zone};
use crate::web::view::Section;
use crate::web::view::settings::{Device, DevicesPage};

/// `GET /settings/devices`.
pub async fn index(site: Data<Site>, me: CurrentUser) -> Result<Page, Error> {
    let shared = site.clone();
    let page = site.read(move |c| {
        let (now, zone) = (shared.now(), zone(c)?);
        let devices = push_subscriptions::of_user(c, me.id)?;
        Ok(DevicesPage {
            shell: shared.shell(c, &me, Section::Settings)?,
            told: can_be_told(&staff_member(&me)),
            devices: devices.into_iter().map(|row| device(row, now, zone)).collect(),
        })
    });
    // The addresses of the push services are on it, and they are secrets.
    Ok(Page::whole(StatusCode::OK, page.await?).no_store())
}

/// `POST /settings/devices/{id}/removal`: one's own only.
pub async fn remove(site: Data<Site>, me: CurrentUser, id: Path<SubscriptionId>) -> Result<HttpResponse, Error> {
    let (user, id) = (me.id, *id);
    site.write(move |tx| {
        let device = push_subscriptions::find(tx, id)?.filter(|device| device.user_id == user);
        let device = device.ok_or(services::Error::NotFound)?;
        services::remove_device(tx, user, &device.endpoint)
    })
    .await?;
    Ok(see_other_saying("/settings/devices", Said::DeviceRemoved))
}

fn device(row: PushSubscription, now: NaiveDateTime, zone: Tz) -> Device {
    Device {
        id: row.id,
        browser: browser_name(&row.user_agent),
        endpoint: row.endpoint,
        added: time_label(now, row.created_at, zone),
        last_success: row.last_success_at.map(|at| time_label(now, at, zone)),
        last_error: row.last_error,
    }
}
