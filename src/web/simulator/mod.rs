//! A phone on the screen, to be the client with: only where the simulator gateway serves a number.
//!
//! What is typed here goes the way of any other inbound text.
//! Must not know: what becomes of a text once it is received.

mod bubbles;
mod outside;
mod phone;
mod texts;

use actix_web::web::{ServiceConfig, get, post, resource};

use super::current_user::CurrentUser;
use super::error::Error;
use crate::domain::GatewayKind;
use crate::store::DbConnection;
use crate::store::gateways::{self, Number};

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/simulator").route(get().to(phone::show)))
        .service(resource("/simulator/texts").route(post().to(texts::create)));
}

/// The simulator's numbers, for who may hold the phone; without either there is nothing here.
fn numbers(c: &mut DbConnection, me: &CurrentUser) -> Result<Vec<Number>, Error> {
    let mut numbers = gateways::numbers(c)?;
    numbers.retain(|number| number.gateway == GatewayKind::Simulator);
    if !me.may.manage_company || numbers.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(numbers)
}
