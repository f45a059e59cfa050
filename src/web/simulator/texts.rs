use actix_web::web::Data;
use actix_web::{Either, HttpResponse};
use serde::Deserialize;

use super::numbers;
use super::outside::outside;
use super::phone::{self, Held};
use crate::domain::{GatewayKind, OutsideAddress, SmsText};
use crate::gateway::{InboundText, SimulatorGateway};
use crate::services;
use crate::store::gateways::Number;
use crate::web::current_user::CurrentUser;
use crate::web::error::Error;
use crate::web::forms::Form;
use crate::web::in_turn::InTurn;
use crate::web::page::{Page, see_other};
use crate::web::site::Site;

#[derive(Deserialize)]
pub struct Typed {
    from: String,
    to: String,
    body: String,
}

/// `POST /simulator/texts`: the client sends.
pub async fn create(
    site: Data<Site>,
    InTurn(me, Form(typed)): InTurn<CurrentUser, Form<Typed>>,
) -> Result<Either<Page, HttpResponse>, Error> {
    let (me, numbers) = site.read(move |c| numbers(c, &me).map(|numbers| (me, numbers))).await?;
    let (client, text) = match usable(&typed, &numbers) {
        Ok(usable) => usable,
        Err(why) => {
            let held = Held::refused(typed.from, typed.to, typed.body, why);
            return phone::page(&site, me, held).await.map(Either::Left);
        }
    };
    let now = site.now();
    site.write(move |tx| services::receive_text(tx, GatewayKind::Simulator, &text, now)).await?;
    Ok(Either::Right(see_other(&phone::address(client.as_str(), &typed.to))))
}

/// The text as a gateway would bring it, or what is wrong with it.
fn usable(typed: &Typed, numbers: &[Number]) -> Result<(OutsideAddress, InboundText), String> {
    let client = outside(&typed.from)?;
    if !numbers.iter().any(|number| number.phone == typed.to) {
        return Err("Choose one of our numbers to text to.".to_owned());
    }
    let body = SmsText::parse(&typed.body).map_err(|invalid| invalid.to_string())?;
    let text = InboundText {
        provider_message_id: SimulatorGateway::new_message_id(),
        from: client.as_str().to_owned(),
        to: typed.to.clone(),
        body: body.as_str().to_owned(),
        media: Vec::new(),
    };
    Ok((client, text))
}
