//! What browsers tell us of how to ring them: the public key, subscriptions, a test.
//!
//! A subscription is validated where it comes in, so that nothing unsound is ever stored.
//! Must not know: who is told of what.

mod desk;
mod subscriptions;
mod test;

pub use desk::PushDesk;

use actix_web::HttpResponse;
use actix_web::web::{Data, ServiceConfig, get, post, resource};
use serde_json::json;

use super::current_user::CurrentUser;
use super::site::Site;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/push/public-key").route(get().to(public_key)))
        .service(resource("/push/subscriptions").route(post().to(subscriptions::create)))
        .service(resource("/push/subscriptions/removal").route(post().to(subscriptions::remove)))
        .service(resource("/push/test").route(post().to(test::create)));
}

async fn public_key(site: Data<Site>, _me: CurrentUser) -> HttpResponse {
    HttpResponse::Ok().json(json!({ "public_key": site.push.public_key }))
}
