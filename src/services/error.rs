use crate::store::StoreError;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this person does not see it: the same answer for both.
    #[error("not found")]
    NotFound,
    /// They see it but may not do this; the sentence is for them.
    #[error("{0}")]
    Forbidden(&'static str),
    /// It goes beyond what they may do themselves; the sentence names what is missing.
    #[error("{0}")]
    Beyond(String),
    /// Nothing may be sent to this phone now; the sentence says why, since when, and what would unlock it.
    #[error("{0}")]
    Locked(String),
    /// What they gave cannot be used; the sentence is for them.
    #[error("{0}")]
    Invalid(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
