use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::GatewayKind;
use crate::gateway::twilio::{BadHook, SignatureHeaders, is_signed, parse_inbound, parse_status};
use crate::services;
use crate::web::error::Error;
use crate::web::forms::RawBody;
use crate::web::site::{Site, TwilioHook};

/// A text for us. The gateway's own replies are not ours to write, so the answer asks for none.
pub async fn text(site: Data<Site>, request: HttpRequest, RawBody(body): RawBody) -> Result<HttpResponse, Error> {
    let hook = verified(&site, &request, &body)?;
    let (account, text) = parse_inbound(&body).map_err(unusable)?;
    same_account(hook, &account)?;
    let now = site.now();
    site.write(move |tx| services::receive_text(tx, GatewayKind::Twilio, &text, now)).await?;
    Ok(HttpResponse::Ok().content_type("text/xml; charset=utf-8").body("<Response/>"))
}

/// What became of a text that we sent.
pub async fn status(site: Data<Site>, request: HttpRequest, RawBody(body): RawBody) -> Result<HttpResponse, Error> {
    let hook = verified(&site, &request, &body)?;
    match parse_status(&body) {
        Ok((account, report)) => {
            same_account(hook, &account)?;
            let now = site.now();
            site.write(move |tx| services::record_delivery(tx, GatewayKind::Twilio, &report, now)).await?;
        }
        // Newer than we are. Refusing it would only make them say it again.
        Err(BadHook::UnknownStatus) => tracing::info!("a delivery status was not understood"),
        Err(missing) => return Err(unusable(missing)),
    }
    Ok(HttpResponse::NoContent().finish())
}

fn verified<'s>(site: &'s Site, request: &HttpRequest, body: &[u8]) -> Result<&'s TwilioHook, Error> {
    let hook = site.twilio.as_ref().ok_or(Error::NotFound)?;
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let headers = SignatureHeaders {
        signature: header("x-twilio-signature"),
        settings: header("x-twilio-webhooks-signature-settings"),
    };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = format!("{}{path}", site.public_url);
    if is_signed(&[&hook.auth_token], &address, body, headers) {
        Ok(hook)
    } else {
        tracing::warn!("a hook was refused: its signature is not Twilio's for CREWLINE_PUBLIC_URL and our token");
        Err(Error::Forbidden("This hook is not signed with our token.".to_owned()))
    }
}

fn same_account(hook: &TwilioHook, account: &str) -> Result<(), Error> {
    if account == hook.account_sid {
        Ok(())
    } else {
        Err(Error::Forbidden("This hook is for another account.".to_owned()))
    }
}

fn unusable(hook: BadHook) -> Error {
    Error::BadRequest(hook.to_string())
}
