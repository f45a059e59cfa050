use super::known_services::is_known_service;
use std::collections::BTreeSet;
use url::{Host, Url};

/// The longest endpoint we keep, in bytes.
const LONGEST_ENDPOINT: usize = 2_048;

/// Decides which addresses we post to. A browser names its own push service, so without this
/// anybody who may sign in could make the server post to any address it can reach.
#[derive(Debug, Clone, Default)]
pub struct EndpointGuard {
    extra_origins: BTreeSet<String>,
    extra_hosts: BTreeSet<String>,
}

impl EndpointGuard {
    /// The known push services and, beside them, the operator's own exact origins
    /// (`https://push.example.org:8443`; plain http only on this machine: `http://127.0.0.1:9000`).
    pub fn new<S: AsRef<str>>(extra_origins: impl IntoIterator<Item = S>) -> Result<EndpointGuard, InvalidExtraOrigin> {
        let mut guard = EndpointGuard::default();
        for written in extra_origins {
            let url = exact_origin(written.as_ref())?;
            guard.extra_origins.insert(url.origin().ascii_serialization());
            guard.extra_hosts.extend(url.host_str().map(str::to_owned));
        }
        Ok(guard)
    }

    /// The endpoint in its normal form, if it is one we may post to.
    pub fn check(&self, endpoint: &str) -> Result<PushEndpoint, EndpointRefused> {
        if endpoint.len() > LONGEST_ENDPOINT {
            return Err(EndpointRefused::TooLong);
        }
        // A browser hands out a serialised URL. Anything that only some parsers accept is not one.
        if !endpoint.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return Err(EndpointRefused::NotAnAddress);
        }
        let url = Url::parse(endpoint).map_err(|_| EndpointRefused::NotAnAddress)?;
        if url.as_str().len() > LONGEST_ENDPOINT {
            return Err(EndpointRefused::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointRefused::NamesAUser);
        }
        if !self.is_extra(&url) {
            public_service(&url)?;
        }
        Ok(PushEndpoint { url })
    }

    /// Whether the operator vouched for this host, so that it may also live on a private address.
    pub(super) fn is_extra_host(&self, host: &str) -> bool {
        self.extra_hosts.contains(host)
    }

    fn is_extra(&self, url: &Url) -> bool {
        self.extra_origins.contains(&url.origin().ascii_serialization())
    }
}

fn public_service(url: &Url) -> Result<(), EndpointRefused> {
    if url.scheme() != "https" {
        return Err(EndpointRefused::NotHttps);
    }
    // `port()` is None for the scheme's own port, here 443.
    if url.port().is_some() {
        return Err(EndpointRefused::WrongPort);
    }
    match url.host() {
        Some(Host::Domain(host)) if is_known_service(host) => Ok(()),
        Some(Host::Domain(_)) => Err(EndpointRefused::UnknownService),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Err(EndpointRefused::IpAddress),
        None => Err(EndpointRefused::NotAnAddress),
    }
}

fn exact_origin(written: &str) -> Result<Url, InvalidExtraOrigin> {
    let invalid = || InvalidExtraOrigin { written: written.to_owned() };
    let url = Url::parse(written.trim()).map_err(|_| invalid())?;
    let only_an_origin = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let safe_scheme = match url.scheme() {
        "https" => true,
        "http" => is_loopback(&url),
        _ => false,
    };
    if only_an_origin && safe_scheme { Ok(url) } else { Err(invalid()) }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An address that the guard lets us post to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushEndpoint {
    url: Url,
}

impl PushEndpoint {
    /// In normal form, at most 2,048 bytes of ASCII.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Scheme, host and any unusual port: the audience of a VAPID token (RFC 8292 §2).
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }
}

/// Why an endpoint is none we post to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointRefused {
    #[error("This browser's push address is longer than 2,048 characters.")]
    TooLong,
    #[error("This is not the address of a push service.")]
    NotAnAddress,
    #[error("A push address must not carry a user name or password.")]
    NamesAUser,
    #[error("A push address must begin with https.")]
    NotHttps,
    #[error("A push address must use port 443.")]
    WrongPort,
    #[error("A push address must name a push service, not an IP address.")]
    IpAddress,
    #[error(
        "This browser's push service is not known here. Whoever runs Crewline can allow it in CREWLINE_PUSH_EXTRA_ORIGINS."
    )]
    UnknownService,
}

/// An origin in the configuration that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{written}” is not an origin to push to. Write scheme, host and port only, such as https://push.example.org; http is allowed on this machine alone (http://127.0.0.1:9000)."
)]
pub struct InvalidExtraOrigin {
    written: String,
}

#[cfg(test)]
#[path = "endpoint_guard_tests.rs"]
mod tests;
