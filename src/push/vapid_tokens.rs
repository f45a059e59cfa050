use super::{PushEndpoint, VapidContact, VapidKey};
use chrono::{Duration, NaiveDateTime};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use web_push::{SubscriptionInfo, VapidSignature, WebPushError};

/// How long one token is used.
const USED_FOR: Duration = Duration::hours(12);

/// How long it is valid: a little longer than it is used, well under the 24 h of RFC 8292 §2.
const VALID_FOR: Duration = Duration::hours(13);

/// Push services give some of their users an origin each; more than this are not kept.
const MOST_ORIGINS: usize = 1_000;

/// Signs one token per push service and half day: signing costs several times the encryption.
pub(super) struct VapidTokens {
    key: VapidKey,
    signed: Mutex<HashMap<String, Token>>,
}

struct Token {
    signature: VapidSignature,
    contact: VapidContact,
    made_at: NaiveDateTime,
}

impl VapidTokens {
    pub(super) fn new(key: VapidKey) -> VapidTokens {
        VapidTokens { key, signed: Mutex::default() }
    }

    /// A token for the service behind `endpoint`, which `info` names once more for the crate.
    pub(super) fn signature(
        &self,
        endpoint: &PushEndpoint,
        info: &SubscriptionInfo,
        contact: &VapidContact,
        now: NaiveDateTime,
    ) -> Result<VapidSignature, WebPushError> {
        let origin = endpoint.origin();
        let mut signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = signed.get(&origin).filter(|token| token.serves(contact, now)) {
            return Ok(token.signature.clone());
        }
        let mut builder = self.key.signer().add_sub_info(info);
        // Left alone, the crate drops the port here and names a placeholder there.
        builder.add_claim("aud", origin.as_str());
        builder.add_claim("sub", contact.as_str());
        builder.add_claim("exp", (now + VALID_FOR).and_utc().timestamp());
        let signature = builder.build()?;
        if signed.len() >= MOST_ORIGINS {
            signed.clear();
        }
        let token = Token { signature: signature.clone(), contact: contact.clone(), made_at: now };
        signed.insert(origin, token);
        Ok(signature)
    }
}

impl Token {
    fn serves(&self, contact: &VapidContact, now: NaiveDateTime) -> bool {
        self.contact == *contact && self.made_at <= now && now < self.made_at + USED_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::push::EndpointGuard;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::Value;

    struct Signer(VapidTokens, EndpointGuard);

    impl Signer {
        fn new() -> Signer {
            let folder = tempfile::tempdir().expect("folder");
            let key = VapidKey::load_or_create(&folder.path().join("vapid.pem")).expect("key");
            let guard = EndpointGuard::new(["http://127.0.0.1:9000"]).expect("origin");
            Signer(VapidTokens::new(key), guard)
        }

        fn token(&self, endpoint: &str, contact: &str, now: NaiveDateTime) -> String {
            let endpoint = self.1.check(endpoint).expect("allowed");
            let info = SubscriptionInfo::new(endpoint.as_str(), "", "");
            let contact = VapidContact::parse(contact).expect("contact");
            self.0.signature(&endpoint, &info, &contact, now).expect("signed").auth_t
        }
    }

    fn claims(token: &str) -> Value {
        let body = token.split('.').nth(1).expect("three parts");
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).expect("base64url")).expect("JSON")
    }

    fn now() -> NaiveDateTime {
        chrono::Utc::now().naive_utc()
    }

    #[test]
    fn the_token_names_the_origin_with_its_port_the_contact_and_an_end_within_a_day() {
        let (signer, now) = (Signer::new(), now());
        let claims = claims(&signer.token("http://127.0.0.1:9000/push/1", "a@b.example", now));
        assert_eq!(claims["aud"], "http://127.0.0.1:9000");
        assert_eq!(claims["sub"], "mailto:a@b.example");
        let left = claims["exp"].as_i64().expect("exp") - now.and_utc().timestamp();
        assert_eq!(left, 13 * 60 * 60);
    }

    #[test]
    fn a_token_serves_every_subscription_of_its_service_for_twelve_hours() {
        let (signer, now) = (Signer::new(), now());
        let token = |path: &str, contact, after| {
            signer.token(&format!("https://fcm.googleapis.com/{path}"), contact, now + after)
        };
        let first = token("a", "a@b.example", Duration::zero());
        assert_eq!(first, token("b", "a@b.example", Duration::hours(12) - Duration::seconds(1)));
        assert_ne!(first, signer.token("https://web.push.apple.com/a", "a@b.example", now));
        let second = token("a", "a@b.example", Duration::hours(12));
        assert_ne!(first, second);
        assert_ne!(second, token("a", "other@b.example", Duration::hours(12)));
    }
}
