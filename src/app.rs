//! The composition root: from configuration to parts to a running program. Tests build the same `App`.

mod after_commit;
mod key_file;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::web::Data;
use chrono::{DurationRound as _, NaiveDateTime, TimeDelta, Utc};
use rand::Rng as _;
use rand::distr::Alphanumeric;
use tokio::sync::{Notify, watch};

use crate::config::Config;
use crate::domain::GatewayKind;
use crate::gateway::twilio::TwilioGateway;
use crate::gateway::{SimulatorGateway, SmsGateway};
use crate::live::Hub;
use crate::push::{VapidContact, VapidKey, WebPushSender};
use crate::services;
use crate::store::{Db, StoreError, migrations, users};
use crate::web::{Assets, Clock, Middlewares, PublicOrigin, PushDesk, SetupToken, Site, TwilioHook};
use crate::worker::Worker;
use after_commit::TellAndWake;

/// The number of the phone on the screen, in an installation without a gateway.
const SIMULATOR_NUMBER: &str = "+15005550006";

/// Why it does not start; the words are for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(String);

impl StartError {
    fn because(what: &'static str) -> impl Fn(Box<dyn std::error::Error>) -> Self {
        move |cause| Self(format!("{what}: {cause}"))
    }
}

/// Everything put together, listening, and not yet running.
pub struct App {
    pub site: Data<Site>,
    pub worker: Worker,
    listener: TcpListener,
    middlewares: Middlewares,
    hub: Hub,
}

impl App {
    /// Brings the database up to date and puts the parts together. Nothing is served yet.
    pub fn build(config: &Config, listener: TcpListener, clock: Clock) -> Result<Self, StartError> {
        migrations::migrate(&config.database)
            .map_err(|error| StartError::because("The database cannot be brought up to date")(error.into()))?;
        std::fs::create_dir_all(&config.data_dir)
            .map_err(|error| StartError::because("The data folder cannot be made")(error.into()))?;
        let hub = Hub::new();
        let wake = Arc::new(Notify::new());
        let db = Db::open(&config.database, Arc::new(TellAndWake { hub: hub.clone(), wake: wake.clone() }))
            .map_err(|error| StartError::because("The database cannot be used")(error.into()))?;
        register_gateways(&db, config, clock())?;
        let push_key = VapidKey::load_or_create(&config.data_dir.join("vapid.pem"))
            .map_err(|error| StartError::because("The push key cannot be used")(error.into()))?;
        let contact = push_contact(&db, config)?;
        let push_sender = WebPushSender::new(push_key.clone(), config.push_guard.clone(), contact)
            .map_err(|error| StartError::because("Push cannot be sent")(error.into()))?;
        let push_sender = Arc::new(push_sender);
        let public_url = config.public_url.as_str().trim_end_matches('/').to_owned();
        let worker = Worker {
            db: db.clone(),
            gateways: gateways(config)?,
            push: push_sender.clone(),
            guard: config.push_guard.clone(),
            clock: clock.clone(),
            public_url: public_url.clone(),
            wake,
        };
        let site = Site {
            setup_token: setup_token(&db)?,
            db,
            hub: hub.clone(),
            assets: Assets::load(static_folder())
                .map_err(|error| StartError::because("The folder `static` cannot be read")(error.into()))?,
            clock,
            public_url,
            push: PushDesk {
                public_key: push_key.public_key_base64url().to_owned(),
                guard: config.push_guard.clone(),
                owner_is_known: owner_is_known(push_sender, config.push_contact.is_some()),
            },
            twilio: config.twilio.as_ref().map(|twilio| TwilioHook {
                account_sid: twilio.account.account_sid().to_owned(),
                auth_token: twilio.account.auth_token().to_owned(),
            }),
        };
        let middlewares = Middlewares {
            origin: PublicOrigin::of(&config.public_url),
            proxies: config.trusted_proxies.clone(),
            cookie_key: key_file::load_or_create(&config.data_dir.join("session.key"))
                .map_err(|error| StartError::because("The session key cannot be used")(error.into()))?,
        };
        Ok(Self { site: Data::new(site), worker, listener, middlewares, hub })
    }

    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// As `run`, on a runtime of its own.
    pub fn block_on(self, stopped: impl Future<Output = ()>) -> std::io::Result<()> {
        actix_web::rt::System::new().block_on(self.run(stopped))
    }

    /// Serves and works until `stopped`; then streams are told to end, requests and jobs under way are finished.
    pub async fn run(self, stopped: impl Future<Output = ()>) -> std::io::Result<()> {
        let (stop, stopping) = watch::channel(false);
        let working = tokio::spawn(self.worker.clone().run(stopping));
        self.serve(stopped).await?;
        stop.send_replace(true);
        working.await.map_err(std::io::Error::other)
    }

    /// Only serves; what falls due waits until somebody drains `worker`.
    pub async fn serve(self, stopped: impl Future<Output = ()>) -> std::io::Result<()> {
        let server = crate::web::serve(self.site, self.middlewares, self.listener)?;
        let handle = server.handle();
        let serving = tokio::spawn(server);
        stopped.await;
        self.hub.shutdown();
        handle.stop(true).await;
        serving.await.map_err(std::io::Error::other)?
    }
}

/// The machine's clock, in UTC and whole microseconds: PostgreSQL keeps no more.
pub fn clock() -> Clock {
    Arc::new(|| {
        let now: NaiveDateTime = Utc::now().naive_utc();
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    })
}

fn gateways(config: &Config) -> Result<Vec<Arc<dyn SmsGateway>>, StartError> {
    let mut gateways: Vec<Arc<dyn SmsGateway>> = vec![Arc::new(SimulatorGateway)];
    if let Some(twilio) = &config.twilio {
        let gateway = TwilioGateway::new(twilio.account.clone())
            .map_err(|error| StartError::because("Twilio cannot be used")(error.into()))?;
        gateways.push(Arc::new(gateway));
    }
    Ok(gateways)
}

/// What is configured exists in the database; without any gateway the phone on the screen is there to try things out.
fn register_gateways(db: &Db, config: &Config, now: NaiveDateTime) -> Result<(), StartError> {
    db.write(|tx| match &config.twilio {
        Some(twilio) => services::register_gateway(tx, GatewayKind::Twilio, twilio.number.as_str(), "Main line", now),
        None if crate::store::gateways::numbers(tx)?.is_empty() => {
            services::register_gateway(tx, GatewayKind::Simulator, SIMULATOR_NUMBER, "Phone simulator", now)
        }
        None => Ok(()),
    })
    .map_err(|error: services::Error| StartError::because("The gateways cannot be registered")(error.into()))
}

/// Whom a push service may write to: as configured, else the first Owner.
fn push_contact(db: &Db, config: &Config) -> Result<VapidContact, StartError> {
    if let Some(contact) = &config.push_contact {
        return Ok(contact.clone());
    }
    let people = db
        .read(users::all)
        .map_err(|error: StoreError| StartError::because("The users cannot be read")(error.into()))?;
    let owner = people.iter().filter(|user| user.active && user.may.manage_company).min_by_key(|user| user.id);
    owner
        .and_then(|owner| VapidContact::parse(&owner.email).ok())
        .map_or_else(|| VapidContact::parse("nobody@example.com"), Ok)
        .map_err(|error| StartError::because("CREWLINE_PUSH_CONTACT")(error.into()))
}

/// The first run brings the Owner's address, unless the operator named one.
fn owner_is_known(sender: Arc<WebPushSender>, is_fixed: bool) -> Box<dyn Fn(&str) + Send + Sync> {
    Box::new(move |email| {
        if let Some(contact) = VapidContact::parse(email).ok().filter(|_| !is_fixed) {
            sender.set_contact(contact);
        }
    })
}

/// Only an empty database can be set up.
fn setup_token(db: &Db) -> Result<SetupToken, StartError> {
    let set_up = db
        .read(users::any)
        .map_err(|error: StoreError| StartError::because("The users cannot be read")(error.into()))?;
    Ok(if set_up { SetupToken::default() } else { SetupToken::new(secret(32)) })
}

/// Letters and digits, unguessable.
pub fn secret(length: usize) -> String {
    rand::rng().sample_iter(Alphanumeric).take(length).map(char::from).collect()
}

/// `static/` beside the program, in the working folder, or where the program was built.
fn static_folder() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("static")));
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
    let here = PathBuf::from("static");
    let places = beside.into_iter().chain([here.clone(), built]);
    places.into_iter().find(|folder| folder.join("service-worker.js").is_file()).unwrap_or(here)
}
