//! The files of `static/`: kept by browsers for a year under the address of their version.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use actix_files::{Files, NamedFile};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, Responder, web};
use sha2::{Digest as _, Sha256};

use super::error::Error;

/// The folder of static files as it was at start. Cheap to clone; also given by `app_data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    folder: PathBuf,
    version: String,
}

impl Assets {
    /// Reads every file once, for the version.
    pub fn load(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        let version = version_of(&folder)?;
        Ok(Self { folder, version })
    }

    /// For `?v=`: another one as soon as any file differs.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// `/static/…`, and what browsers want at the root: `/service-worker.js`, `/favicon.ico`.
    pub fn routes(&self, site: &mut web::ServiceConfig) {
        let files = Files::new("", &self.folder).disable_content_disposition();
        site.app_data(self.clone())
            .route("/service-worker.js", web::get().to(service_worker))
            .route("/favicon.ico", web::get().to(favicon))
            .service(web::scope("/static").wrap(from_fn(kept_by_version)).service(files));
    }
}

/// Controls the whole site, so it lives at the root; browsers ask for it again each time.
async fn service_worker(request: HttpRequest) -> Result<impl Responder, Error> {
    let file = open(&request, "service-worker.js")?;
    Ok(file
        .customize()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((HeaderName::from_static("service-worker-allowed"), "/")))
}

/// Pages link the drawing itself; this is for whoever asks without looking.
async fn favicon(request: HttpRequest) -> Result<impl Responder, Error> {
    let file = open(&request, "favicon.svg")?;
    Ok(file.customize().insert_header((header::CACHE_CONTROL, "public, max-age=86400")))
}

fn open(request: &HttpRequest, name: &str) -> Result<NamedFile, Error> {
    let assets = request.app_data::<Assets>().ok_or(Error::NotFound)?;
    let file = NamedFile::open(assets.folder.join(name)).map_err(|_| Error::NotFound)?;
    Ok(file.disable_content_disposition())
}

/// With the version of now a file never changes; without, browsers ask again by its ETag.
async fn kept_by_version(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let version = request.app_data::<Assets>().map(Assets::version);
    let asked = request.query_string().strip_prefix("v=");
    let is_current = asked.is_some() && asked == version;
    let mut answered = next.call(request).await?.map_into_boxed_body();
    let status = answered.status();
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        let keep = if is_current { "public, max-age=31536000, immutable" } else { "no-cache" };
        answered.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    }
    Ok(answered)
}

/// A hash over names and contents, in the order of names.
fn version_of(folder: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    for file in files_in(folder)? {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().into_owned();
        let content = fs::read(&file)?;
        hash.update(format!("{name} {}\n", content.len()));
        hash.update(content);
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.extend(files_in(&entry)?);
        } else {
            files.push(entry);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use actix_web::App;
    use actix_web::http::header::HeaderMap;
    use actix_web::test::{self, TestRequest};

    use super::*;

    #[actix_web::test]
    async fn a_file_under_its_version_is_kept_for_a_year() {
        let (_folder, assets) = site();
        let current = format!("/static/css/app.css?v={}", assets.version());
        let (status, headers) = get(&assets, &current).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(said(&headers, "cache-control"), "public, max-age=31536000, immutable");
        for other in ["/static/css/app.css", "/static/css/app.css?v=0", "/static/css/app.css?v="] {
            let (_, headers) = get(&assets, other).await;
            assert_eq!(said(&headers, "cache-control"), "no-cache", "{other}");
        }
    }

    #[actix_web::test]
    async fn nothing_outside_the_folder_is_served_and_what_is_absent_is_not_kept() {
        let (folder, assets) = site();
        fs::write(folder.path().join("secret"), "key").unwrap();
        for path in ["/static/../secret", "/static/%2e%2e/secret", "/static/..%2fsecret", "/static/nothing.css"] {
            let (status, headers) = get(&assets, path).await;
            assert!(status.is_client_error(), "{path}: {status}");
            assert!(!headers.contains_key(header::CACHE_CONTROL));
        }
    }

    #[actix_web::test]
    async fn the_service_worker_controls_the_whole_site_and_is_asked_for_again() {
        let (_folder, assets) = site();
        let (status, headers) = get(&assets, "/service-worker.js").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(said(&headers, "cache-control"), "no-cache");
        assert_eq!(said(&headers, "service-worker-allowed"), "/");
        assert!(said(&headers, "content-type").starts_with("text/javascript"));
        let (_, headers) = get(&assets, "/favicon.ico").await;
        assert_eq!(said(&headers, "content-type"), "image/svg+xml");
    }

    #[test]
    fn the_version_changes_with_any_file() {
        let (folder, assets) = site();
        let again = || Assets::load(folder.path().join("static")).unwrap();
        assert_eq!(again().version(), assets.version());
        fs::write(folder.path().join("static/css/app.css"), "body{}").unwrap();
        assert_ne!(again().version(), assets.version());
    }

    fn site() -> (tempfile::TempDir, Assets) {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("static");
        fs::create_dir_all(files.join("css")).unwrap();
        fs::write(files.join("css/app.css"), "").unwrap();
        fs::write(files.join("service-worker.js"), "//").unwrap();
        fs::write(files.join("favicon.svg"), "<svg/>").unwrap();
        let assets = Assets::load(&files).unwrap();
        (folder, assets)
    }

    fn said<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
        headers.get(name).unwrap().to_str().unwrap()
    }

    async fn get(assets: &Assets, path: &str) -> (StatusCode, HeaderMap) {
        let app = App::new().configure(|site| assets.routes(site));
        let app = test::init_service(app).await;
        let answer = test::call_service(&app, TestRequest::get().uri(path).to_request()).await;
        (answer.status(), answer.headers().clone())
    }
}
