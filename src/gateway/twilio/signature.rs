use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use subtle::ConstantTimeEq;
use url::form_urlencoded;

/// The two headers that sign a hook.
#[derive(Clone, Copy, Default)]
pub struct SignatureHeaders<'a> {
    /// `X-Twilio-Signature`
    pub signature: Option<&'a str>,
    /// `X-Twilio-Webhooks-Signature-Settings`, absent on most accounts
    pub settings: Option<&'a str>,
}

/// Whether somebody who knows one of our tokens sent this hook (two are valid while a token is rotated).
///
/// `hook_url` is the public address of the hook with its query, as Twilio was told it; its port may be there
/// or not, since Twilio itself is of two minds. Source: Twilio, "Webhooks security".
pub fn is_signed(tokens: &[&str], hook_url: &str, raw_body: &[u8], headers: SignatureHeaders<'_>) -> bool {
    let (Some(signature), Some(algorithm)) = (headers.signature, Algorithm::named_in(headers.settings)) else {
        return false;
    };
    let signed = signed_bytes(hook_url, raw_body);
    tokens
        .iter()
        // An empty token is one that anybody knows.
        .filter(|token| !token.is_empty())
        .flat_map(|token| signed.iter().map(|bytes| algorithm.sign(token, bytes)))
        // Fold, not `any`: how long it takes must not tell which one matched.
        .fold(false, |found, ours| found | bool::from(ours.as_bytes().ct_eq(signature.as_bytes())))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
}

impl Algorithm {
    /// From `key=…,algorithm=…`. `None` for an algorithm that is not ours, which must fail.
    fn named_in(settings: Option<&str>) -> Option<Self> {
        let named = settings
            .unwrap_or_default()
            .split(',')
            .filter_map(|part| part.split_once('='))
            .filter(|(name, _)| name.trim() == "algorithm")
            .map(|(_, value)| value.trim())
            .find(|value| !value.is_empty());
        match named {
            None => Some(Self::Sha1),
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA1") => Some(Self::Sha1),
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA256") => Some(Self::Sha256),
            Some(_) => None,
        }
    }

    fn sign(self, token: &str, bytes: &[u8]) -> String {
        match self {
            Self::Sha1 => mac::<Hmac<Sha1>>(token, bytes),
            Self::Sha256 => mac::<Hmac<Sha256>>(token, bytes),
        }
    }
}

fn mac<M: Mac + hmac::digest::KeyInit>(token: &str, bytes: &[u8]) -> String {
    // HMAC takes keys of every length, so the empty answer, which matches nothing, is never given.
    <M as Mac>::new_from_slice(token.as_bytes())
        .map(|mac| STANDARD.encode(mac.chain_update(bytes).finalize().into_bytes()))
        .unwrap_or_default()
}

/// Everything that an honest signature of this hook may have been made of.
fn signed_bytes(hook_url: &str, raw_body: &[u8]) -> Vec<Vec<u8>> {
    let fields = sorted_fields(raw_body);
    let mut all = Vec::new();
    for url in with_and_without_port(hook_url) {
        // A JSON body is signed by its hash in the query instead of by its fields.
        if body_hash_matches(hook_url, raw_body) {
            all.push(url.clone().into_bytes());
        }
        all.push([url.as_bytes(), fields.as_bytes()].concat());
    }
    all
}

/// Name and value of each field in byte order; repeated values once, nothing trimmed.
fn sorted_fields(raw_body: &[u8]) -> String {
    form_urlencoded::parse(raw_body)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .flat_map(|(name, value)| [name, value])
        .collect()
}

fn body_hash_matches(hook_url: &str, raw_body: &[u8]) -> bool {
    let query = hook_url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let stated = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256");
    stated.is_some_and(|(_, stated)| {
        let ours: String = Sha256::digest(raw_body).iter().map(|byte| format!("{byte:02x}")).collect();
        bool::from(ours.as_bytes().ct_eq(stated.to_ascii_lowercase().as_bytes()))
    })
}

/// The address as it is, without its port, and with the port it stands for. Cut by hand: a URL type would
/// write the address anew, and one changed character changes the signature.
fn with_and_without_port(hook_url: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([hook_url.to_owned()]);
    let Some((scheme, rest)) = hook_url.split_once("://") else {
        return all;
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match authority.rsplit_once(':') {
        // A colon inside an IPv6 address or between user and password starts no port.
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            all.insert(format!("{scheme}://{host}{path}"));
        }
        _ => {
            let port = if scheme == "https" { 443 } else { 80 };
            all.insert(format!("{scheme}://{authority}:{port}{path}"));
        }
    }
    all
}

#[cfg(test)]
mod tests;
