//! Reading what people and gateways send: never more than the address takes, never for ever.
//!
//! actix times out headers only, and its own form limit is smaller than a legal webhook.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::error::Error;

/// For the whole body, from the first byte to the last.
const PATIENCE: Duration = Duration::from_secs(10);

/// A text of 1,600 emoji is 20 KB in a form.
const FORM_LIMIT: usize = 64 * 1024;

/// What a legal gateway hook may take, with room.
pub const HOOK_LIMIT: usize = 256 * 1024;

/// A form of ours, up to `LIMIT` bytes. A field that is missing or no number is 422.
#[derive(Debug, Clone)]
pub struct Form<T, const LIMIT: usize = FORM_LIMIT>(pub T);

/// A form that need not be there: a button that sends nothing is the form with nothing filled in.
#[derive(Debug, Clone)]
pub struct MaybeForm<T>(pub T);

/// JSON from our own scripts, up to `LIMIT` bytes. What is not as expected is 422.
#[derive(Debug, Clone)]
pub struct Json<T, const LIMIT: usize = FORM_LIMIT>(pub T);

/// The bytes as they came, for hooks: signatures cover them, and repeated keys are no error.
#[derive(Debug, Clone)]
pub struct RawBody<const LIMIT: usize = HOOK_LIMIT>(pub Bytes);

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Form<T, LIMIT> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = has_type(request, "application/x-www-form-urlencoded");
        let body = read(request, payload, LIMIT, PATIENCE);
        Box::pin(async move {
            if !is_form {
                return Err(Error::BadRequest("This address takes a form.".to_owned()));
            }
            serde_urlencoded::from_str(&without_nul(&body.await?)).map(Self).map_err(not_filled_in)
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for MaybeForm<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !has_type(request, "application/x-www-form-urlencoded") {
            return Box::pin(async { Ok(Self(T::default())) });
        }
        let form = Form::<T>::from_request(request, payload);
        Box::pin(async move { form.await.map(|Form(form)| Self(form)) })
    }
}

impl<T: DeserializeOwned + 'static, const LIMIT: usize> FromRequest for Json<T, LIMIT> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(request, payload, LIMIT, PATIENCE);
        Box::pin(async move {
            serde_json::from_slice(&body.await?)
                .map(Self)
                .map_err(|_| Error::Unprocessable("This is not the JSON that this address takes.".to_owned()))
        })
    }
}

impl<const LIMIT: usize> FromRequest for RawBody<LIMIT> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(request, payload, LIMIT, PATIENCE);
        Box::pin(async move { body.await.map(Self) })
    }
}

/// The whole body within `limit` bytes and `patience`, whatever its declared length says.
fn read(
    request: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
    patience: Duration,
) -> impl Future<Output = Result<Bytes, Error>> + use<> {
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let mut payload = payload.take();
    let reading = async move {
        if declared.is_some_and(|length| length > limit) {
            return Err(Error::TooLarge);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| cut_short())?;
            if body.len() + chunk.len() > limit {
                return Err(Error::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    async move { tokio::time::timeout(patience, reading).await.unwrap_or(Err(Error::TimedOut)) }
}

fn has_type(request: &HttpRequest, wanted: &str) -> bool {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(wanted)
}

fn cut_short() -> Error {
    Error::BadRequest("The request ended before it was complete. Please send it again.".to_owned())
}

/// NUL: no person types it, and PostgreSQL cannot keep it.
fn without_nul(form: &[u8]) -> String {
    let fields = form_urlencoded::parse(form).map(|(name, value)| (name, value.replace('\0', "")));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What serde says may quote what somebody typed, so it goes nowhere.
fn not_filled_in(_: serde_urlencoded::de::Error) -> Error {
    Error::Unprocessable("The form was not filled in as expected. Go back, check it and send it again.".to_owned())
}

#[cfg(test)]
mod tests;
