use std::borrow::Cow;

use crate::store::StoreError;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or this person does not see it: the same answer for both.
    #[error("not found")]
    NotFound,
    /// They see it but may not do this; the sentence is for them.
    #[error("{0}")]
    Forbidden(Cow<'static, str>),
    /// What they gave cannot be used; the sentence is for them.
    #[error("{0}")]
    Invalid(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}
