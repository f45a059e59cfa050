//! The map of the site, and what every request passes on its way in.

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use super::error::ErrorView;
use super::session_store::Sessions;
use super::{PublicOrigin, Site, TrustedProxies};
use super::{
    automations, clients, conversations, csrf, error, events, headers, health, hooks, links, live_since, notifications,
    push, said, sessions, settings,
};
use super::{consent, setup, simulator};

/// What requests are judged by before a handler sees them.
#[derive(Clone)]
pub struct Middlewares {
    pub origin: PublicOrigin,
    pub proxies: TrustedProxies,
    /// Signs the session cookie.
    pub cookie_key: Vec<u8>,
}

/// Serves until the handle is told to stop. The last `wrap` is the outermost.
pub fn serve(
    site: Data<Site>,
    middlewares: Middlewares,
    listener: std::net::TcpListener,
) -> std::io::Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        App::new()
            .wrap(from_fn(said::keep))
            .wrap(session_middleware(&site, &middlewares))
            .wrap(from_fn(csrf::same_origin))
            .wrap(from_fn(error::errors))
            .wrap(from_fn(live_since::live_since))
            .wrap(from_fn(headers::etag))
            .wrap(Compress::default())
            .wrap(from_fn(headers::security_headers))
            .app_data(site.clone())
            .app_data(middlewares.origin.clone())
            .app_data(middlewares.proxies.clone())
            .app_data(ErrorView::of_the_house())
            .configure(|routes| site.assets.routes(routes))
            .configure(sessions::routes)
            .configure(setup::routes)
            .configure(links::routes)
            .configure(conversations::routes)
            .configure(clients::routes)
            .configure(consent::routes)
            .configure(automations::routes)
            .configure(notifications::routes)
            .configure(settings::routes)
            .configure(push::routes)
            .configure(events::routes)
            .configure(hooks::routes)
            .configure(simulator::routes)
            .configure(health::routes)
    });
    // The composition root handles signals: streams are told to end before the server waits for them.
    Ok(server.workers(2).disable_signals().shutdown_timeout(10).listen(listener)?.run())
}

fn session_middleware(site: &Data<Site>, middlewares: &Middlewares) -> SessionMiddleware<Sessions> {
    let https = middlewares.origin.is_https();
    // Under https the name's prefix makes browsers refuse it from anywhere else.
    let name = if https { "__Host-crewline" } else { "crewline" };
    let lifetime = PersistentSession::default().session_ttl(Duration::days(180));
    SessionMiddleware::builder(Sessions(site.clone()), Key::derive_from(&middlewares.cookie_key))
        .cookie_name(name.to_owned())
        .cookie_secure(https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(lifetime)
        .build()
}
