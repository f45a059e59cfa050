//! Whether this process lives, and whether it can work: for whoever watches over it.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Data, ServiceConfig, get, head, resource};

use super::site::Site;
use crate::store::company;

pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/healthz").route(get().to(alive)).route(head().to(alive)))
        .service(resource("/readyz").route(get().to(ready)).route(head().to(ready)));
}

async fn alive() -> HttpResponse {
    said(HttpResponse::Ok(), "ok")
}

async fn ready(site: Data<Site>) -> HttpResponse {
    match site.read(|c| Ok(company::find(c)?)).await {
        Ok(_) => said(HttpResponse::Ok(), "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            said(HttpResponse::ServiceUnavailable(), "the database does not answer")
        }
    }
}

fn said(mut answer: actix_web::HttpResponseBuilder, words: &'static str) -> HttpResponse {
    answer.insert_header((CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body(words)
}
