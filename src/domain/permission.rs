use super::{ClientAccess, ClientScope, Permissions, SmsAccess, SmsDashboard, UnknownWord, text_enum};

text_enum! {
    /// One of the permissions of a role, by the name of its field in forms.
    pub enum Permission {
        SmsDashboard = "sms_dashboard",
        SmsAccess = "sms_access",
        ClientScope = "client_scope",
        ClientAccess = "client_access",
        MayAssign = "may_assign",
        ManageAutomations = "manage_automations",
        ManageUsers = "manage_users",
        ManageCompany = "manage_company",
        SeeReports = "see_reports",
        SeeAudit = "see_audit",
    }
}

/// Yes and no as forms write them, the lesser one first.
const NO_OR_YES: [&str; 2] = ["no", "yes"];

impl Permission {
    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SmsDashboard => "SMS Conversations dashboard",
            Self::SmsAccess => "SMS Message Access Control",
            Self::ClientScope => "Client Scope",
            Self::ClientAccess => "Client Access Control",
            Self::MayAssign => "May assign conversations",
            Self::ManageAutomations => "Manage automations",
            Self::ManageUsers => "Manage users and roles",
            Self::ManageCompany => "Manage company settings",
            Self::SeeReports => "See reports",
            Self::SeeAudit => "See audit log",
        }
    }

    /// Every word it can have, in the order in which people choose.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::SmsDashboard => SmsDashboard::ALL.iter().map(|value| value.as_str()).collect(),
            Self::SmsAccess => SmsAccess::ALL.iter().map(|value| value.as_str()).collect(),
            Self::ClientScope => ClientScope::ALL.iter().map(|value| value.as_str()).collect(),
            Self::ClientAccess => ClientAccess::ALL.iter().map(|value| value.as_str()).collect(),
            _ => NO_OR_YES.to_vec(),
        }
    }

    /// The word that these permissions have for it.
    pub const fn of(self, may: &Permissions) -> &'static str {
        let yes = match self {
            Self::SmsDashboard => return may.sms_dashboard.as_str(),
            Self::SmsAccess => return may.sms_access.as_str(),
            Self::ClientScope => return may.client_scope.as_str(),
            Self::ClientAccess => return may.client_access.as_str(),
            Self::MayAssign => may.may_assign,
            Self::ManageAutomations => may.manage_automations,
            Self::ManageUsers => may.manage_users,
            Self::ManageCompany => may.manage_company,
            Self::SeeReports => may.see_reports,
            Self::SeeAudit => may.see_audit,
        };
        if yes { "yes" } else { "no" }
    }

    /// Changes this one; a word that it does not know changes nothing.
    pub fn set(self, may: &mut Permissions, word: &str) -> Result<(), UnknownWord> {
        match self {
            Self::SmsDashboard => may.sms_dashboard = word.parse()?,
            Self::SmsAccess => may.sms_access = word.parse()?,
            Self::ClientScope => may.client_scope = word.parse()?,
            Self::ClientAccess => may.client_access = word.parse()?,
            Self::MayAssign => may.may_assign = yes(word)?,
            Self::ManageAutomations => may.manage_automations = yes(word)?,
            Self::ManageUsers => may.manage_users = yes(word)?,
            Self::ManageCompany => may.manage_company = yes(word)?,
            Self::SeeReports => may.see_reports = yes(word)?,
            Self::SeeAudit => may.see_audit = yes(word)?,
        }
        Ok(())
    }
}

fn yes(word: &str) -> Result<bool, UnknownWord> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(UnknownWord::new(word, &NO_OR_YES)),
    }
}

impl Permissions {
    /// What `wanted` permits and these do not, each one that falls short.
    pub fn lack_of(&self, wanted: &Self) -> Vec<Permission> {
        let lacks = |permission: &&Permission| {
            let mut only = Self::NOTHING;
            // Its own word is one that it knows
            permission.set(&mut only, permission.of(wanted)).is_ok() && !self.include(&only)
        };
        Permission::ALL.iter().filter(lacks).copied().collect()
    }

    /// What is different in `other`: which permission, its word here and its word there.
    pub fn differences(&self, other: &Self) -> Vec<(Permission, &'static str, &'static str)> {
        let words = Permission::ALL.iter().map(|permission| (*permission, permission.of(self), permission.of(other)));
        words.filter(|(_, here, there)| here != there).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BuiltInRole;

    #[test]
    fn every_word_of_every_permission_can_be_set_and_is_read_back() {
        for permission in Permission::ALL {
            for word in permission.words() {
                let mut may = BuiltInRole::ProjectManager.permissions();
                permission.set(&mut may, word).unwrap();
                assert_eq!(permission.of(&may), word, "{permission}");
            }
            let mut may = Permissions::NOTHING;
            assert!(permission.set(&mut may, "some").is_err(), "{permission}");
            assert_eq!(may, Permissions::NOTHING);
        }
    }

    #[test]
    fn ten_words_say_everything_that_a_role_permits() {
        let mut told = Permissions::NOTHING;
        let owner = BuiltInRole::Owner.permissions();
        for permission in Permission::ALL {
            permission.set(&mut told, permission.of(&owner)).unwrap();
        }
        assert_eq!(told, owner);
    }

    #[test]
    fn what_is_lacking_is_named_and_nothing_is_lacking_exactly_if_all_is_included() {
        let (owner, manager) = (BuiltInRole::Owner.permissions(), BuiltInRole::BusinessManager.permissions());
        assert_eq!(manager.lack_of(&owner), [Permission::SeeAudit]);
        for here in BuiltInRole::ALL {
            for there in BuiltInRole::ALL {
                let (here, there) = (here.permissions(), there.permissions());
                assert_eq!(here.lack_of(&there).is_empty(), here.include(&there));
            }
        }
    }

    #[test]
    fn differences_are_what_changed_from_word_to_word() {
        let sales = BuiltInRole::SalesPerson.permissions();
        let narrowed = Permissions { sms_dashboard: SmsDashboard::None, may_assign: false, ..sales };
        assert_eq!(
            sales.differences(&narrowed),
            [(Permission::SmsDashboard, "assigned", "none"), (Permission::MayAssign, "yes", "no")]
        );
        assert!(sales.differences(&sales).is_empty());
    }
}
