//! What every handler can reach.

use std::sync::{Arc, Mutex};

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::error::Error;
use super::push::PushDesk;
use super::view::{Bare, Bell, Face, Section, SettingsMenu, Shell, TimeLabel};
use super::{Assets, format};
use crate::assignment_policy::{may_edit_templates, may_manage_automations, sees_clients};
use crate::domain::{GatewayKind, SmsAccess, SmsDashboard};
use crate::live::Hub;
use crate::services;
use crate::services::facts::staff_member;
use crate::store::users::User;
use crate::store::{Db, DbConnection, StoreError, Stored, Writer, company, conversations, gateways, notifications};

/// Says what time it is, in UTC, in whole microseconds. Handed in, so that tests can say it.
pub type Clock = Arc<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// How inbound hooks of Twilio are recognised.
#[derive(Clone)]
pub struct TwilioHook {
    pub account_sid: String,
    pub auth_token: String,
}

/// Everything that handlers share.
pub struct Site {
    pub db: Db,
    pub hub: Hub,
    pub assets: Assets,
    pub clock: Clock,
    /// Without a slash at the end.
    pub public_url: String,
    pub push: PushDesk,
    pub twilio: Option<TwilioHook>,
    pub setup_token: SetupToken,
}

impl Site {
    pub fn now(&self) -> NaiveDateTime {
        (self.clock)()
    }

    /// Reads in one snapshot, off the async threads.
    pub async fn read<T: Send + 'static>(
        &self,
        run: impl FnOnce(&mut DbConnection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let db = self.db.clone();
        tokio::task::spawn_blocking(move || db.read(run)).await.map_err(Error::internal)?
    }

    /// One use case in one transaction, off the async threads.
    pub async fn write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Writer<'_>) -> services::Done<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.try_write(run).await?.map_err(Error::from)
    }

    /// As `write`, for who shows a form again when the use case says no.
    pub async fn try_write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut Writer<'_>) -> services::Done<T> + Send + 'static,
    ) -> Result<services::Done<T>, Error> {
        let db = self.db.clone();
        tokio::task::spawn_blocking(move || db.write(run)).await.map_err(Error::internal)
    }

    /// What surrounds a page of somebody who is signed in.
    pub fn shell(&self, connection: &mut DbConnection, user: &User, section: Section) -> Stored<Shell> {
        let company_name = company::find(connection)?.map_or_else(|| "Crewline".to_owned(), |company| company.name);
        Ok(Shell {
            company_name,
            user: Face::new(user.id, &user.name),
            role_name: user.role.clone(),
            section,
            shows_conversations: user.may.sms_dashboard != SmsDashboard::None,
            shows_clients: sees_clients(&staff_member(user)),
            shows_automations: may_manage_automations(&staff_member(user)),
            shows_simulator: user.may.manage_company && has_simulator(connection)?,
            settings: SettingsMenu {
                people: user.may.manage_users,
                company: user.may.manage_company,
                templates: may_edit_templates(&staff_member(user)),
                audit: user.may.see_audit,
            },
            bell: Bell::of(notifications::unseen(connection, user.id, 100)?),
            assets: self.assets.version().to_owned(),
        })
    }

    pub fn bare(&self, connection: &mut DbConnection) -> Stored<Bare> {
        let company_name = company::find(connection)?.map_or_else(|| "Crewline".to_owned(), |company| company.name);
        Ok(Bare { company_name, assets: self.assets.version().to_owned() })
    }
}

/// Whether a number of ours is served by the phone on the screen.
pub fn has_simulator(connection: &mut DbConnection) -> Stored<bool> {
    Ok(gateways::numbers(connection)?.iter().any(|number| number.gateway == GatewayKind::Simulator))
}

/// May write to clients at all.
pub fn may_write(user: &User) -> bool {
    user.may.sms_access >= SmsAccess::Create
}

/// The company's zone; UTC before there is a company.
pub fn zone(connection: &mut DbConnection) -> Stored<Tz> {
    services::quiet_hours::company_zone(connection)
}

/// What waits for the plan to have SMS again, in a sentence; none while it has it.
pub fn waiting_texts(connection: &mut DbConnection) -> Stored<Option<String>> {
    let since = company::find(connection)?.and_then(|company| company.sms_off_since);
    let Some(since) = since else { return Ok(None) };
    Ok(Some(match conversations::waiting_since(connection, since, 100)? {
        0 => "No conversation waits: nobody texted since SMS was switched off.".to_owned(),
        1 => "1 conversation waits: somebody texted since SMS was switched off.".to_owned(),
        count @ ..100 => format!("{count} conversations wait: texts came in since SMS was switched off."),
        _ => "99+ conversations wait: texts came in since SMS was switched off.".to_owned(),
    }))
}

/// A moment for a page: relative where that is short.
pub fn time_label(now: NaiveDateTime, then: NaiveDateTime, zone: Tz) -> TimeLabel {
    TimeLabel { label: format::relative(now, then, zone), full: format::in_full(then, zone), iso: format::iso(then) }
}

/// Opens `/setup` once, while nobody is here. Shown on the terminal.
#[derive(Clone, Default)]
pub struct SetupToken(Arc<Mutex<Option<String>>>);

impl SetupToken {
    pub fn new(token: String) -> Self {
        Self(Arc::new(Mutex::new(Some(token))))
    }

    /// Compares in constant time.
    pub fn opens(&self, given: &str) -> bool {
        use subtle::ConstantTimeEq as _;
        let held = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.as_ref().is_some_and(|token| token.as_bytes().ct_eq(given.as_bytes()).into())
    }

    /// The address to open, while there is one.
    pub fn link(&self, public_url: &str) -> Option<String> {
        let held = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.as_ref().map(|token| format!("{public_url}/setup?token={token}"))
    }

    pub fn is_open(&self) -> bool {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some()
    }

    pub fn spend(&self) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
    }
}

impl From<services::Error> for Error {
    fn from(error: services::Error) -> Self {
        match error {
            services::Error::NotFound => Self::NotFound,
            services::Error::Forbidden(why) => Self::Forbidden(why.into_owned()),
            services::Error::Invalid(why) => Self::Unprocessable(why),
            services::Error::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => Self::Unavailable(
                "The database does not answer. Nothing was changed; try again in a moment.".to_owned(),
            ),
            other => Self::internal(other),
        }
    }
}
