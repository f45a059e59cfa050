use super::{EndpointGuard, EndpointRefused, PushEndpoint};
use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::URL_SAFE_NO_PAD},
};

/// Reads base64url with padding or without it; writes it without.
const PADDED_OR_NOT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where one browser can be reached, and the keys it gave us to encrypt for it.
/// Only sound ones exist: the encryption would panic on others.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    endpoint: PushEndpoint,
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Checks what a browser sent (`PushSubscription.toJSON()`) or what was stored before. Keys
    /// may be standard or URL-safe base64, padded or not; they are kept URL-safe and unpadded.
    pub fn validate(
        endpoint: &str,
        p256dh: &str,
        auth: &str,
        guard: &EndpointGuard,
    ) -> Result<Subscription, InvalidSubscription> {
        let endpoint = guard.check(endpoint)?;
        let point = decoded(p256dh).filter(|bytes| is_public_key(bytes));
        let point = point.ok_or(InvalidSubscription::P256dh)?;
        let secret = decoded(auth).filter(|bytes| bytes.len() == 16);
        let secret = secret.ok_or(InvalidSubscription::Auth)?;
        Ok(Subscription { endpoint, p256dh: URL_SAFE_NO_PAD.encode(point), auth: URL_SAFE_NO_PAD.encode(secret) })
    }

    /// The address at the push service, in normal form. It is a secret: who knows it can try to
    /// push. Compare it with what a browser names through [`EndpointGuard::check`].
    pub fn endpoint(&self) -> &str {
        self.endpoint.as_str()
    }

    /// The browser's public key, base64url of 65 bytes.
    pub fn p256dh(&self) -> &str {
        &self.p256dh
    }

    /// The browser's authentication secret, base64url of 16 bytes.
    pub fn auth(&self) -> &str {
        &self.auth
    }
}

fn decoded(key: &str) -> Option<Vec<u8>> {
    let url_safe = key.trim().replace('+', "-").replace('/', "_");
    PADDED_OR_NOT.decode(url_safe).ok()
}

/// RFC 8291 §2.1: an uncompressed point, and one that is on the curve.
fn is_public_key(bytes: &[u8]) -> bool {
    bytes.len() == 65 && bytes.first() == Some(&4) && p256::PublicKey::from_sec1_bytes(bytes).is_ok()
}

/// Why a subscription was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSubscription {
    #[error(transparent)]
    Endpoint(#[from] EndpointRefused),
    #[error("The browser's key p256dh is not an uncompressed P-256 point. Subscribe this device again.")]
    P256dh,
    #[error("The browser's key auth is not 16 bytes long. Subscribe this device again.")]
    Auth,
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
    use p256::elliptic_curve::sec1::ToEncodedPoint;
    use proptest::prelude::*;

    const ENDPOINT: &str = "https://fcm.googleapis.com/fcm/send/abc";
    const SECRET: [u8; 16] = [0xfb; 16];

    fn public_key(seed: u8) -> p256::PublicKey {
        p256::SecretKey::from_slice(&[seed; 32]).expect("scalar").public_key()
    }

    fn point(seed: u8) -> Vec<u8> {
        public_key(seed).to_encoded_point(false).as_bytes().to_vec()
    }

    fn validate(p256dh: &str, auth: &str) -> Result<Subscription, InvalidSubscription> {
        Subscription::validate(ENDPOINT, p256dh, auth, &EndpointGuard::default())
    }

    #[test]
    fn keys_in_any_base64_are_kept_url_safe_and_unpadded() {
        for seed in 1..=20 {
            let point = point(seed);
            let written = [
                (STANDARD.encode(&point), STANDARD.encode(SECRET)),
                (STANDARD_NO_PAD.encode(&point), STANDARD_NO_PAD.encode(SECRET)),
                (URL_SAFE.encode(&point), URL_SAFE.encode(SECRET)),
                (URL_SAFE_NO_PAD.encode(&point), URL_SAFE_NO_PAD.encode(SECRET)),
            ];
            for (p256dh, auth) in written {
                let kept = validate(&p256dh, &auth).expect("sound");
                assert_eq!(kept.p256dh(), URL_SAFE_NO_PAD.encode(&point));
                assert_eq!(kept.auth(), URL_SAFE_NO_PAD.encode(SECRET));
            }
        }
    }

    #[test]
    fn keys_that_would_make_the_encryption_panic_are_refused() {
        let auth = URL_SAFE_NO_PAD.encode(SECRET);
        let compressed = public_key(1).to_encoded_point(true).as_bytes().to_vec();
        let mut off_the_curve = point(1);
        off_the_curve[64] ^= 1;
        let mut hybrid = point(1);
        hybrid[0] = 6;
        let mut longer = point(1);
        longer.push(0);
        let bad = [compressed, off_the_curve, hybrid, longer, vec![4; 65], vec![0], vec![], vec![4; 64]];
        for bytes in bad {
            let p256dh = URL_SAFE_NO_PAD.encode(&bytes);
            assert_eq!(validate(&p256dh, &auth).err(), Some(InvalidSubscription::P256dh), "{bytes:?}");
        }
        assert_eq!(validate("not base64!", &auth).err(), Some(InvalidSubscription::P256dh));
    }

    #[test]
    fn the_secret_has_exactly_sixteen_bytes() {
        let p256dh = URL_SAFE_NO_PAD.encode(point(1));
        for length in [0, 1, 15, 17, 32] {
            let auth = URL_SAFE_NO_PAD.encode(vec![7; length]);
            assert_eq!(validate(&p256dh, &auth).err(), Some(InvalidSubscription::Auth), "{length}");
        }
        assert_eq!(validate(&p256dh, "****").err(), Some(InvalidSubscription::Auth));
    }

    #[test]
    fn an_endpoint_that_would_make_the_crate_panic_is_refused() {
        let (p256dh, auth) = (URL_SAFE_NO_PAD.encode(point(1)), URL_SAFE_NO_PAD.encode(SECRET));
        let refused = Subscription::validate("foo", &p256dh, &auth, &EndpointGuard::default());
        assert_eq!(refused.err(), Some(InvalidSubscription::Endpoint(EndpointRefused::NotAnAddress)));
    }

    proptest! {
        #[test]
        fn any_keys_at_all_get_an_answer(p256dh in ".{0,100}", auth in ".{0,40}") {
            let _ = validate(&p256dh, &auth);
        }

        #[test]
        fn sixty_five_random_bytes_are_practically_never_a_key(bytes in prop::collection::vec(any::<u8>(), 64)) {
            let p256dh = URL_SAFE_NO_PAD.encode([vec![4], bytes].concat());
            prop_assert!(validate(&p256dh, &URL_SAFE_NO_PAD.encode(SECRET)).is_err());
        }
    }
}
