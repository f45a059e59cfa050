//! Who asks comes before what they sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

/// Extracts `A`, and only then `B`.
///
/// actix runs the extractors of a handler side by side, so a form that is not filled in would be
/// refused (422) before anybody noticed that its sender is signed out (401).
pub struct InTurn<A, B>(pub A, pub B);

impl<A: FromRequest + 'static, B: FromRequest + 'static> FromRequest for InTurn<A, B> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let first = A::from_request(&request, &mut Payload::None).await;
            let first = first.map_err(Into::into)?;
            let second = B::from_request(&request, &mut payload).await;
            Ok(Self(first, second.map_err(Into::into)?))
        })
    }
}
