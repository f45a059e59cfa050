//! Who asks.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_session::SessionExt as _;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};

use super::client_address::ClientAddress;
use super::error::Error;
use super::session_store::signed_in;
use super::site::Site;
use crate::assignment_policy::{may_edit_templates, may_manage_automations, sees_clients};
use crate::domain::{SessionId, SmsAccess, SmsDashboard};
use crate::services::By;
use crate::services::facts::staff_member;
use crate::store::company;
use crate::store::users::{self, User};

/// Somebody who is signed in and active; everybody else is led to the sign-in.
pub struct CurrentUser {
    pub user: User,
    pub session: SessionId,
    address: ClientAddress,
}

impl CurrentUser {
    /// Who does it, for the audit log.
    pub fn by(&self) -> By {
        By { user: self.user.clone(), address: self.address.0.to_string() }
    }
}

impl Deref for CurrentUser {
    type Target = User;
    fn deref(&self) -> &User {
        &self.user
    }
}

/// Who asked, kept with the request: what it is answered when it fails can still have their menu.
#[derive(Clone)]
pub struct AskedBy(pub User);

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

impl FromRequest for CurrentUser {
    type Error = Error;
    type Future = Asking<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = find(request);
        Box::pin(async move { Ok(found.await?.0) })
    }
}

/// Declares somebody who may open certain pages; to everybody else these do not exist. Pages about texts ask the plan too,
/// and only then: it tells nothing to who may not open them anyway.
macro_rules! who_may {
    ($(#[$about:meta])* $name:ident: $may:expr) => {
        who_may!($(#[$about])* $name: $may, |_| Ok(()));
    };
    ($(#[$about:meta])* $name:ident: $may:expr, $plan:expr) => {
        $(#[$about])*
        pub struct $name(pub CurrentUser);

        impl Deref for $name {
            type Target = CurrentUser;
            fn deref(&self) -> &CurrentUser {
                &self.0
            }
        }

        impl FromRequest for $name {
            type Error = Error;
            type Future = Asking<Self>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let found = find(request);
                Box::pin(async move {
                    let (current, has_sms) = found.await?;
                    let (may, plan): (fn(&User) -> bool, fn(bool) -> Result<(), Error>) = ($may, $plan);
                    if !may(&current) {
                        return Err(Error::NotFound);
                    }
                    plan(has_sms)?;
                    Ok(Self(current))
                })
            }
        }
    };
}

who_may! {
    /// Somebody who may open the SMS Conversations dashboard, on a plan that has it.
    DashboardUser: |user| user.may.sms_dashboard != SmsDashboard::None, needs_sms
}
who_may! {
    /// Somebody who may text, from whichever door, on a plan that has it.
    TextingUser: |_| true, needs_sms
}
who_may! {
    /// Somebody who reads texts in client records, on a plan that has them.
    RecordTexter: |user| sees_clients(&staff_member(user)) && user.may.sms_access >= SmsAccess::Read, needs_sms
}
who_may! {
    /// Somebody who may open client records, all or some.
    ClientReader: |user| sees_clients(&staff_member(user))
}
who_may! {
    /// Somebody who manages users and roles.
    UserAdmin: |user| user.may.manage_users
}
who_may! {
    /// Somebody who manages the company's settings.
    CompanyAdmin: |user| user.may.manage_company
}
who_may! {
    /// Somebody who writes the replies that everybody sends.
    TemplateEditor: |user| may_edit_templates(&staff_member(user))
}
who_may! {
    /// Somebody who sets up what texts and assigns by itself.
    AutomationEditor: |user| may_manage_automations(&staff_member(user))
}
who_may! {
    /// Somebody who may read the audit log.
    Auditor: |user| user.may.see_audit
}

fn needs_sms(has_sms: bool) -> Result<(), Error> {
    if has_sms { Ok(()) } else { Err(Error::Upgrade("SMS starts with the Growth plan.".to_owned())) }
}

/// The user of this request's session, and whether the company's plan has SMS.
fn find(request: &HttpRequest) -> impl Future<Output = Result<(CurrentUser, bool), Error>> + use<> {
    let signed_out = Error::signed_out(request);
    let who = signed_in(&request.get_session());
    let site = request.app_data::<Data<Site>>().cloned();
    let address = ClientAddress::of(request);
    let request = request.clone();
    async move {
        let Some((id, session)) = who? else { return Err(signed_out) };
        let site = site.ok_or_else(|| Error::internal("the site is not set up"))?;
        let (user, has_sms) = site.read(move |c| Ok((users::find(c, id)?, company::has_sms(c)?))).await?;
        match user.filter(|user| user.active) {
            Some(user) => {
                request.extensions_mut().insert(AskedBy(user.clone()));
                Ok((CurrentUser { user, session, address }, has_sms))
            }
            None => Err(signed_out),
        }
    }
}
