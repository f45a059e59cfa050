//! What can go wrong with the data, and the map from constraint to words for the person.

use diesel::result::{DatabaseErrorKind, Error as QueryError};

/// The data could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database does not answer")]
    Unavailable,
    #[error("the database refused a query")]
    Query(#[source] QueryError),
    #[error("a stored value cannot be understood: {0}")]
    Corrupt(String),
}

impl From<QueryError> for StoreError {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl StoreError {
    /// Whether a unique constraint said no. PostgreSQL names the constraint, SQLite the columns.
    pub fn violates(&self, constraint: Unique) -> bool {
        let Self::Query(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, words)) = self else {
            return false;
        };
        match words.constraint_name() {
            Some(name) => name == constraint.name(),
            None => words.message().contains(constraint.columns()),
        }
    }
}

/// The unique constraints a person can run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    UserEmail,
    InviteEmail,
    RoleName,
    NumberPhone,
    PositionName,
    LeadStatusName,
    MessageTemplateName,
}

impl Unique {
    pub const ALL: [Self; 7] = [
        Self::UserEmail,
        Self::InviteEmail,
        Self::RoleName,
        Self::NumberPhone,
        Self::PositionName,
        Self::LeadStatusName,
        Self::MessageTemplateName,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::UserEmail => "users_email_key",
            Self::InviteEmail => "invites_email_key",
            Self::RoleName => "roles_name_key",
            Self::NumberPhone => "numbers_phone_key",
            Self::PositionName => "positions_name_key",
            Self::LeadStatusName => "lead_statuses_name_key",
            Self::MessageTemplateName => "message_templates_name_key",
        }
    }

    fn columns(self) -> &'static str {
        match self {
            Self::UserEmail => "users.email",
            Self::InviteEmail => "invites.email",
            Self::RoleName => "roles.name",
            Self::NumberPhone => "numbers.phone",
            Self::PositionName => "positions.name",
            Self::LeadStatusName => "lead_statuses.name",
            Self::MessageTemplateName => "message_templates.name",
        }
    }
}
