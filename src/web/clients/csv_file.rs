use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt as _, stream};

use crate::web::error::Error;

/// A file to be kept, sent while it is written: never all of it is in memory.
pub fn csv_file(name: &str, first: Bytes, rest: impl Stream<Item = Result<Bytes, Error>> + 'static) -> HttpResponse {
    let parts = stream::once(async { Ok(first) }).chain(rest);
    // An empty part would end the answer
    let parts = parts.filter(|part| std::future::ready(part.as_ref().map_or(true, |bytes| !bytes.is_empty())));
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(parts)
}
