use std::fmt;
use url::Url;

/// Whose account texts are sent from, and where that account lives.
#[derive(Clone)]
pub struct TwilioAccount {
    account_sid: String,
    auth_token: String,
    base_url: Url,
}

/// What is wrong with the settings, in words for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTwilioAccount {
    #[error("the Twilio account SID is empty: copy it from the Twilio console")]
    NoAccountSid,
    #[error("the Twilio auth token is empty: copy it from the Twilio console")]
    NoAuthToken,
    #[error(
        "the Twilio base URL must be http or https, without user, query or fragment, like {}",
        TwilioAccount::DEFAULT_BASE_URL
    )]
    BaseUrl,
    #[error("the HTTP client could not be set up: check the TLS certificates of this machine")]
    HttpClient,
}

impl TwilioAccount {
    pub const DEFAULT_BASE_URL: &str = "https://api.twilio.com";

    /// `base_url` may carry a path, as SignalWire's does.
    pub fn new(account_sid: &str, auth_token: &str, base_url: &str) -> Result<Self, InvalidTwilioAccount> {
        let (account_sid, auth_token) = (account_sid.trim(), auth_token.trim());
        if account_sid.is_empty() {
            return Err(InvalidTwilioAccount::NoAccountSid);
        }
        if auth_token.is_empty() {
            return Err(InvalidTwilioAccount::NoAuthToken);
        }
        Ok(Self {
            account_sid: account_sid.to_owned(),
            auth_token: auth_token.to_owned(),
            base_url: parse_base_url(base_url)?,
        })
    }

    pub fn account_sid(&self) -> &str {
        &self.account_sid
    }

    /// Also the key that hooks are signed with.
    pub fn auth_token(&self) -> &str {
        &self.auth_token
    }

    /// `{base}/2010-04-01/Accounts/{sid}/` and then `path`.
    pub(super) fn resource(&self, path: &[&str]) -> Url {
        let mut url = self.base_url.clone();
        // Always Ok: `parse_base_url` lets only http and https through, and those have segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["2010-04-01", "Accounts", &self.account_sid]).extend(path);
        }
        url
    }

    /// An address the gateway named in an answer. `None` if it leads to another server, which must not
    /// see our credentials.
    pub(super) fn named_by_gateway(&self, uri: &str) -> Option<Url> {
        let url = self.base_url.join(uri).ok()?;
        (url.origin() == self.base_url.origin()).then_some(url)
    }
}

fn parse_base_url(base_url: &str) -> Result<Url, InvalidTwilioAccount> {
    let url = Url::parse(base_url.trim()).map_err(|_| InvalidTwilioAccount::BaseUrl)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if plain { Ok(url) } else { Err(InvalidTwilioAccount::BaseUrl) }
}

// Written by hand so that the token cannot reach a log.
impl fmt::Debug for TwilioAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioAccount").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(base_url: &str) -> Result<TwilioAccount, InvalidTwilioAccount> {
        TwilioAccount::new("AC1", "secret", base_url)
    }

    #[test]
    fn a_base_url_keeps_its_path_with_or_without_a_slash_at_its_end() {
        for base in ["https://x.example/api/laml", "https://x.example/api/laml/"] {
            assert_eq!(
                at(base).unwrap().resource(&["Messages.json"]).as_str(),
                "https://x.example/api/laml/2010-04-01/Accounts/AC1/Messages.json"
            );
        }
    }

    #[test]
    fn an_account_sid_cannot_leave_its_place_in_the_path() {
        let account = TwilioAccount::new("../x?y", "secret", "https://x.example").unwrap();
        assert_eq!(
            account.resource(&["Messages.json"]).as_str(),
            "https://x.example/2010-04-01/Accounts/..%2Fx%3Fy/Messages.json"
        );
    }

    #[test]
    fn credentials_follow_no_link_to_another_server() {
        let account = at("https://x.example").unwrap();
        assert!(account.named_by_gateway("/2010-04-01/page2").is_some());
        assert!(account.named_by_gateway("https://y.example/page2").is_none());
        assert!(account.named_by_gateway("//y.example/page2").is_none());
    }

    #[test]
    fn a_base_url_that_cannot_work_is_refused_at_start() {
        for base in [
            "api.twilio.com",
            "ftp://x.example",
            "https://u:p@x.example",
            "https://x.example/?a=b",
            "mailto:x@x.example",
            "",
        ] {
            assert_eq!(at(base).unwrap_err(), InvalidTwilioAccount::BaseUrl, "{base}");
        }
    }

    #[test]
    fn the_auth_token_is_not_in_the_debug_words() {
        let shown = format!("{:?}", at("https://x.example").unwrap());
        assert!(shown.contains("x.example") && !shown.contains("secret"));
    }

    #[test]
    fn blank_credentials_are_refused_at_start() {
        let base = TwilioAccount::DEFAULT_BASE_URL;
        assert_eq!(TwilioAccount::new(" ", "secret", base).unwrap_err(), InvalidTwilioAccount::NoAccountSid);
        assert_eq!(TwilioAccount::new("AC1", "", base).unwrap_err(), InvalidTwilioAccount::NoAuthToken);
    }
}
