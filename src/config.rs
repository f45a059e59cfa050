//! Configuration from the environment (and `.env`). All problems are told at once; an unknown name is a problem.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use url::Url;

use crate::domain::PhoneNumber;
use crate::gateway::twilio::TwilioAccount;
use crate::push::{EndpointGuard, VapidContact};
use crate::store::DatabaseUrl;
use crate::web::TrustedProxies;

/// What an installation is told. Secrets do not show in `Debug`.
#[derive(Clone)]
pub struct Config {
    pub database: DatabaseUrl,
    pub bind: SocketAddr,
    /// Without a slash at the end.
    pub public_url: Url,
    pub data_dir: PathBuf,
    pub trusted_proxies: TrustedProxies,
    pub twilio: Option<Twilio>,
    pub push_contact: Option<VapidContact>,
    pub push_guard: EndpointGuard,
}

#[derive(Clone)]
pub struct Twilio {
    pub account: TwilioAccount,
    pub number: PhoneNumber,
}

/// Everything that is wrong with it, a line each.
#[derive(Debug, thiserror::Error)]
#[error("The configuration cannot be used:\n{}", .0.iter().map(|problem| format!("  - {problem}")).collect::<Vec<_>>().join("\n"))]
pub struct Problems(pub Vec<String>);

const NAMES: [&str; 10] = [
    "CREWLINE_BIND",
    "CREWLINE_PUBLIC_URL",
    "CREWLINE_DATA_DIR",
    "CREWLINE_TRUSTED_PROXIES",
    "CREWLINE_TWILIO_ACCOUNT_SID",
    "CREWLINE_TWILIO_AUTH_TOKEN",
    "CREWLINE_TWILIO_NUMBER",
    "CREWLINE_TWILIO_BASE_URL",
    "CREWLINE_PUSH_CONTACT",
    "CREWLINE_PUSH_EXTRA_ORIGINS",
];

/// Names that the test suite uses; the program has nothing to do with them.
const TESTING: &str = "CREWLINE_TEST_";

impl Config {
    /// From the environment of this process, after `.env` of the working folder.
    pub fn from_environment() -> Result<Self, Problems> {
        dotenvy::dotenv().ok();
        Self::from_names(std::env::vars())
    }

    pub fn from_names(names: impl IntoIterator<Item = (String, String)>) -> Result<Self, Problems> {
        let mut reading = Reading {
            values: names.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect(),
            problems: Vec::new(),
        };
        reading.refuse_unknown();
        let draft = Draft {
            database: reading.parse("DATABASE_URL", "sqlite://data/crewline.db", |value| {
                value.parse::<DatabaseUrl>().map_err(|error| error.to_string())
            }),
            bind: reading.parse("CREWLINE_BIND", "127.0.0.1:8080", |value| {
                value.parse::<SocketAddr>().map_err(|_| format!("“{value}” is no address and port, as 127.0.0.1:8080"))
            }),
            public_url: reading.parse("CREWLINE_PUBLIC_URL", "http://localhost:8080", public_url),
            data_dir: reading.parse("CREWLINE_DATA_DIR", "data", |value| Ok(PathBuf::from(value))),
            trusted_proxies: reading.parse("CREWLINE_TRUSTED_PROXIES", "", |value| {
                TrustedProxies::parse(value).map_err(|error| error.to_string())
            }),
            twilio: reading.twilio(),
            push_contact: reading.parse("CREWLINE_PUSH_CONTACT", "", |value| match value {
                "" => Ok(None),
                value => VapidContact::parse(value).map(Some).map_err(|error| error.to_string()),
            }),
            push_guard: reading.parse("CREWLINE_PUSH_EXTRA_ORIGINS", "", |value| {
                let origins = value.split(',').map(str::trim).filter(|origin| !origin.is_empty());
                EndpointGuard::new(origins).map_err(|error| error.to_string())
            }),
        };
        draft.finish().filter(|_| reading.problems.is_empty()).ok_or(Problems(reading.problems))
    }
}

/// The configuration while it may still have holes: a field that could not be read is None.
struct Draft {
    database: Option<DatabaseUrl>,
    bind: Option<SocketAddr>,
    public_url: Option<Url>,
    data_dir: Option<PathBuf>,
    trusted_proxies: Option<TrustedProxies>,
    twilio: Option<Option<Twilio>>,
    push_contact: Option<Option<VapidContact>>,
    push_guard: Option<EndpointGuard>,
}

impl Draft {
    fn finish(self) -> Option<Config> {
        Some(Config {
            database: self.database?,
            bind: self.bind?,
            public_url: self.public_url?,
            data_dir: self.data_dir?,
            trusted_proxies: self.trusted_proxies?,
            twilio: self.twilio?,
            push_contact: self.push_contact?,
            push_guard: self.push_guard?,
        })
    }
}

struct Reading {
    values: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Reading {
    fn refuse_unknown(&mut self) {
        let unknown = self.values.keys().filter(|name| {
            name.starts_with("CREWLINE_") && !name.starts_with(TESTING) && !NAMES.contains(&name.as_str())
        });
        let told: Vec<String> = unknown.map(|name| format!("{name} is not a name Crewline knows")).collect();
        self.problems.extend(told);
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.trim())
    }

    fn parse<T>(&mut self, name: &str, default: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        match parse(self.value(name).unwrap_or(default)) {
            Ok(value) => Some(value),
            Err(why) => {
                self.problems.push(format!("{name}: {why}"));
                None
            }
        }
    }

    /// All of Twilio or nothing of it.
    fn twilio(&mut self) -> Option<Option<Twilio>> {
        const NEEDED: [&str; 3] =
            ["CREWLINE_TWILIO_ACCOUNT_SID", "CREWLINE_TWILIO_AUTH_TOKEN", "CREWLINE_TWILIO_NUMBER"];
        let given = NEEDED.map(|name| self.value(name).map(str::to_owned));
        let [Some(sid), Some(token), Some(number)] = given.clone() else {
            if given.iter().all(Option::is_none) {
                return Some(None);
            }
            for (name, _) in NEEDED.iter().zip(given).filter(|(_, value)| value.is_none()) {
                self.problems.push(format!("{name} is missing: Twilio needs all of {}", NEEDED.join(", ")));
            }
            return None;
        };
        let account = self.parse("CREWLINE_TWILIO_BASE_URL", TwilioAccount::DEFAULT_BASE_URL, |base| {
            TwilioAccount::new(&sid, &token, base).map_err(|error| error.to_string())
        });
        let number = self.parse("CREWLINE_TWILIO_NUMBER", "", |_| {
            PhoneNumber::parse(&number, "US").map_err(|error| error.to_string())
        });
        Some(Some(Twilio { account: account?, number: number? }))
    }
}

fn public_url(value: &str) -> Result<Url, String> {
    let url = Url::parse(value).map_err(|_| format!("“{value}” is no address, as https://crew.example.com"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("the address has to begin with https:// (or http://)".to_owned());
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("the address must have no path: Crewline lives at the root of its own host".to_owned());
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(names: &[(&str, &str)]) -> Result<Config, Problems> {
        Config::from_names(names.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn without_any_name_the_defaults_hold() {
        let config = config(&[]).unwrap();
        assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
        assert!(config.twilio.is_none());
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let Err(Problems(problems)) = config(&[
            ("DATABASE_URL", "mysql://x"),
            ("CREWLINE_BIND", "here"),
            ("CREWLINE_PUBLIC_URL", "ftp://x"),
            ("CREWLINE_TWILIO_NUMBER", "+17205550100"),
            ("CREWLINE_TYPO", "1"),
        ]) else {
            panic!("that must not be accepted")
        };
        assert_eq!(problems.len(), 6, "{problems:#?}");
        for name in
            ["DATABASE_URL", "CREWLINE_BIND", "CREWLINE_PUBLIC_URL", "CREWLINE_TWILIO_AUTH_TOKEN", "CREWLINE_TYPO"]
        {
            assert!(problems.iter().any(|problem| problem.contains(name)), "{name}");
        }
    }
}
