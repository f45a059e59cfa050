//! What gateways tell us. Answered only after the commit: what was acknowledged is never lost.
//!
//! A hook is verified by its signature over the bytes as they came, so nothing is parsed before.
//! Must not know: what a text means, or who is told of it.

mod twilio;

use actix_web::web::{ServiceConfig, post, resource};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/hooks/twilio/sms").route(post().to(twilio::text)))
        .service(resource("/hooks/twilio/status").route(post().to(twilio::status)));
}
