use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt as _;

use crate::services::imports::{LARGEST_FILE, Unreadable};
use crate::web::error::Error;

/// For the whole file: 16 MB on a slow line.
const PATIENCE: Duration = Duration::from_secs(300);
/// What is too large is still taken in up to here, so that the browser hears why instead of a broken connection.
const MOST_TAKEN: usize = 64 * 1024 * 1024;

/// The file of a form, in the field `file`.
pub struct Upload {
    pub file_name: String,
    pub bytes: Result<BytesMut, Unreadable>,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let declared: usize = declared.and_then(|length| length.parse().ok()).unwrap_or(0);
        let form = Multipart::new(request.headers(), payload.take());
        Box::pin(async move {
            if declared > MOST_TAKEN {
                return Err(Error::TooLarge);
            }
            tokio::time::timeout(PATIENCE, read(form)).await.unwrap_or(Err(Error::TimedOut))
        })
    }
}

async fn read(mut form: Multipart) -> Result<Upload, Error> {
    let mut upload = Upload { file_name: String::new(), bytes: Err(Unreadable::Nothing) };
    let mut taken = 0;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| broken())?;
        let is_file = field.name() == Some("file");
        let name = field.content_disposition().and_then(|about| about.get_filename()).unwrap_or_default().to_owned();
        let bytes = read_field(&mut field, &mut taken).await?;
        if is_file && !(name.is_empty() && bytes.as_ref().is_ok_and(BytesMut::is_empty)) {
            upload = Upload { file_name: name, bytes };
        }
    }
    Ok(upload)
}

async fn read_field(field: &mut Field, taken: &mut usize) -> Result<Result<BytesMut, Unreadable>, Error> {
    let mut bytes = Ok(BytesMut::new());
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|_| broken())?;
        *taken += chunk.len();
        if *taken > MOST_TAKEN {
            return Err(Error::TooLarge);
        }
        match &mut bytes {
            Ok(kept) if kept.len() + chunk.len() <= LARGEST_FILE => kept.extend_from_slice(&chunk),
            Ok(_) => bytes = Err(Unreadable::TooLarge),
            Err(_) => {}
        }
    }
    Ok(bytes)
}

fn broken() -> Error {
    Error::BadRequest("The file did not arrive in full. Please send it again.".to_owned())
}
