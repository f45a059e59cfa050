use serde::{Deserialize, Serialize};

use super::Target;
use crate::domain::{DuplicateRule, LeadStatusId};

/// What the columns of a file mean, and what else holds for all its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// One for each column.
    pub columns: Vec<Target>,
    pub duplicates: DuplicateRule,
    /// Of new clients whose row names none.
    pub status: LeadStatusId,
}

impl Mapping {
    /// Why it cannot be used, in words.
    pub fn problem(&self) -> Option<&'static str> {
        let means = |target: Target| self.columns.contains(&target);
        let named = [Target::FirstName, Target::LastName, Target::FullName, Target::Company];
        let twice = |(at, target): (usize, &Target)| {
            !target.may_repeat() && self.columns.iter().skip(at + 1).any(|other| other == target)
        };
        if self.columns.iter().enumerate().any(twice) {
            return Some("Two columns mean the same. Choose one of them, and “Do not import” for the other.");
        }
        if !named.into_iter().any(means) {
            return Some("Choose which column is the name or the company: a client has at least one of them.");
        }
        None
    }
}
