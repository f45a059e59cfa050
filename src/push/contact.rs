use url::{Host, Url};

/// Whom a push service may write to when our messages cause trouble: the `sub` of the VAPID
/// token (RFC 8292 §2.1). Some services refuse tokens without a plausible one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VapidContact(String);

impl VapidContact {
    /// A `mailto:` or `https:` address. A bare e-mail address is taken as `mailto:`.
    pub fn parse(written: &str) -> Result<VapidContact, InvalidContact> {
        let written = written.trim();
        let sound = match written.split_once(':') {
            Some(("mailto", address)) => is_email(address),
            Some(("https", _)) => is_web_address(written),
            Some(_) => false,
            None if is_email(written) => return Ok(VapidContact(format!("mailto:{written}"))),
            None => false,
        };
        if sound { Ok(VapidContact(written.to_owned())) } else { Err(InvalidContact) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_email(address: &str) -> bool {
    let plain = |character: char| character.is_ascii_graphic() && !"<>\"(),:;".contains(character);
    address.chars().all(plain)
        && address
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

fn is_web_address(written: &str) -> bool {
    written.chars().all(|character| character.is_ascii_graphic())
        && Url::parse(written).is_ok_and(|url| matches!(url.host(), Some(Host::Domain(_))))
}

/// A contact that no push service would accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The push contact must be an e-mail address (mailto:you@example.org) or an https address of yours.")]
pub struct InvalidContact;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_email_or_an_https_address() {
        for (written, kept) in [
            ("mailto:owner@summitridge.example", "mailto:owner@summitridge.example"),
            (" owner@summitridge.example ", "mailto:owner@summitridge.example"),
            ("https://summitridge.example/contact", "https://summitridge.example/contact"),
        ] {
            assert_eq!(VapidContact::parse(written).expect("contact").as_str(), kept);
        }
        for written in [
            "",
            "mailto:",
            "mailto:owner",
            "mailto:@x",
            "mailto: owner@x.example",
            "mailto:<owner@x.example>",
            "http://x.example",
            "https://",
            "https://10.0.0.1/",
            "tel:+13125550100",
            "owner",
            "a@b@c",
        ] {
            assert!(VapidContact::parse(written).is_err(), "{written}");
        }
    }
}
