//! Passwords: argon2id, at least twelve characters, none that everybody guesses first. Slow on purpose: call off the async threads.

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

/// OWASP's first recommendation: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

pub const SHORTEST: usize = 12;
const LONGEST: usize = 256;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum WeakPassword {
    #[error("Use at least {SHORTEST} characters. A sentence is easiest to remember.")]
    TooShort,
    #[error("Use at most {LONGEST} characters.")]
    TooLong,
    #[error("That password is among the first anybody would try. Choose another.")]
    Guessable,
}

#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashError(argon2::password_hash::Error);

/// Whether a person may use this password. Length and guessing only, no rules of composition (NIST SP 800-63B).
pub fn check(password: &str, about: &[&str]) -> Result<(), WeakPassword> {
    match password.chars().count() {
        ..SHORTEST => Err(WeakPassword::TooShort),
        length if length > LONGEST => Err(WeakPassword::TooLong),
        _ if u8::from(zxcvbn::zxcvbn(password, about).score()) < 2 => Err(WeakPassword::Guessable),
        _ => Ok(()),
    }
}

pub fn hash(password: &str) -> Result<String, HashError> {
    let salt = SaltString::generate(&mut OsRng);
    Ok(argon2().map_err(HashError)?.hash_password(password.as_bytes(), &salt).map_err(HashError)?.to_string())
}

/// Does the same work whether or not there is a hash to compare with.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let known = hash.is_some();
    let Ok(hash) = PasswordHash::new(hash.unwrap_or(NOBODYS)) else { return false };
    let Ok(argon2) = argon2() else { return false };
    argon2.verify_password(password.as_bytes(), &hash).is_ok() && known
}

/// The hash of a password that nobody has, with the same cost.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cy1zYWx0$GJwkQr2Q5XJzkfzNbd1bG1rSZrY3mKNkAEkkrAqVdfw";

fn argon2() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, 1, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let hash = hash("a quiet green roof").unwrap();
        assert!(verify("a quiet green roof", Some(&hash)));
        assert!(!verify("a quiet green rood", Some(&hash)));
        assert!(!verify("a quiet green roof", None));
        assert!(PasswordHash::new(NOBODYS).is_ok(), "unknown users cost the same work");
    }

    #[test]
    fn short_and_common_passwords_are_refused_and_sentences_are_not() {
        assert_eq!(check("elevenchars", &[]), Err(WeakPassword::TooShort));
        assert_eq!(check("password1234", &[]), Err(WeakPassword::Guessable));
        assert_eq!(check("aaaaaaaaaaaaaa", &[]), Err(WeakPassword::Guessable));
        assert_eq!(check("a quiet green roof", &[]), Ok(()));
        assert_eq!(check(&"x".repeat(300), &[]), Err(WeakPassword::TooLong));
    }
}
