use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::push::Subscription;
use crate::services;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Json;
use crate::web::in_turn::InTurn;
use crate::web::sessions::user_agent;
use crate::web::site::Site;

/// `PushSubscription.toJSON()` (W3C Push API); `expirationTime` is of no use to us.
#[derive(Deserialize)]
pub struct Sent {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

#[derive(Deserialize)]
pub struct Gone {
    endpoint: String,
}

pub async fn create(
    site: Data<Site>,
    request: HttpRequest,
    InTurn(me, Json(sent)): InTurn<CurrentUser, Json<Sent>>,
) -> Result<HttpResponse, Error> {
    let Sent { endpoint, keys } = sent;
    let subscription = Subscription::validate(&endpoint, &keys.p256dh, &keys.auth, &site.push.guard)
        .map_err(|invalid| Error::Unprocessable(invalid.to_string()))?;
    let agent = user_agent(&request);
    let (user, session, now) = (me.id, me.session, site.now());
    site.write(move |tx| services::subscribe_device(tx, user, session, &subscription, &agent, now)).await?;
    Ok(HttpResponse::Created().finish())
}

pub async fn remove(
    site: Data<Site>,
    InTurn(me, Json(gone)): InTurn<CurrentUser, Json<Gone>>,
) -> Result<HttpResponse, Error> {
    // Stored in normal form; what the guard does not take any more is compared as it is.
    let normal = site.push.guard.check(&gone.endpoint).map(|endpoint| endpoint.as_str().to_owned());
    let (user, endpoint) = (me.id, normal.unwrap_or(gone.endpoint));
    site.write(move |tx| services::remove_device(tx, user, &endpoint)).await?;
    Ok(HttpResponse::NoContent().finish())
}
