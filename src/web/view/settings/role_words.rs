//! What each permission means, in one plain sentence a choice.

use crate::domain::{Permission, Permissions};

/// A value of a permission as people read it.
pub fn value(permission: Permission, word: &str) -> &'static str {
    match (permission, word) {
        (Permission::SmsDashboard, "all") => "All conversations",
        (Permission::SmsDashboard, "assigned") => "Only assigned conversations",
        (Permission::SmsDashboard, _) => "No access",
        (Permission::ClientScope, "all") => "All clients",
        (Permission::ClientScope, "assigned") => "Only clients assigned to them",
        (Permission::ClientScope, _) => "No clients",
        (_, "read") => "Read",
        (_, "edit") => "Edit",
        (_, "create") => "Create",
        (_, "delete") => "Delete",
        (_, "yes") => "Yes",
        (_, "no") => "No",
        _ => "None",
    }
}

/// What the permission is about.
pub const fn about(permission: Permission) -> &'static str {
    match permission {
        Permission::SmsDashboard => "What SMS Conversations shows, and whether texts notify them.",
        Permission::SmsAccess => {
            "What they may do in a conversation that they can see. Each level includes those before it."
        }
        Permission::ClientScope => "Which client records are in reach.",
        Permission::ClientAccess => "What they may do with the clients in reach. Each level includes those before it.",
        _ => "",
    }
}

/// What choosing this value means for whoever has the role.
pub fn meaning(permission: Permission, word: &str) -> &'static str {
    match (permission, word) {
        (Permission::SmsDashboard, "all") => {
            "They see every conversation. They are told of texts where they are assigned, and where nobody who is \
             assigned can be told."
        }
        (Permission::SmsDashboard, "assigned") => {
            "They see only conversations assigned to them, and are told of every text in those."
        }
        (Permission::SmsDashboard, _) => {
            "SMS Conversations is not in their menu, and no text ever notifies them, assigned or not."
        }
        (Permission::SmsAccess, "read") => "They may read the texts, also in the SMS tab of client records.",
        (Permission::SmsAccess, "create") => {
            "They may also send, retry and schedule texts. Whoever sends is assigned to the conversation."
        }
        (Permission::SmsAccess, "delete") => "They may also hide a message, which the audit log keeps.",
        (Permission::SmsAccess, _) => "They cannot write, and client records have no SMS tab for them.",
        (Permission::ClientScope, "all") => "Every client record is in reach.",
        (Permission::ClientScope, "assigned") => "Only records on which they hold a position are in reach.",
        (Permission::ClientScope, _) => "No record is in reach, and Clients is not in their menu.",
        (Permission::ClientAccess, "read") => "They may open records.",
        (Permission::ClientAccess, "edit") => "They may also change records, and who holds which position.",
        (Permission::ClientAccess, "create") => {
            "They may also enter new clients; if only assigned clients are in reach, those on which they take a \
             position."
        }
        (Permission::ClientAccess, "delete") => "They may also delete records. Conversations stay.",
        (Permission::ClientAccess, _) => "They open no record, and Clients is not in their menu.",
        (Permission::MayAssign, "yes") => "They may assign and remove others in conversations on their dashboard.",
        (Permission::MayAssign, _) => "They may assign and remove only themselves.",
        (Permission::ManageAutomations, "yes") => {
            "They may set up automations, which text clients by themselves, and write templates."
        }
        (Permission::ManageAutomations, _) => "They cannot change automations.",
        (Permission::ManageUsers, "yes") => {
            "They have Users and Roles in their settings. They never give more than they may do themselves."
        }
        (Permission::ManageUsers, _) => "Users and Roles are not in their settings.",
        (Permission::ManageCompany, "yes") => {
            "They may change positions, lead statuses, numbers, and the company's name, time zone and plan."
        }
        (Permission::ManageCompany, _) => "The company's pages are not in their settings.",
        (Permission::SeeReports, "yes") => "They may read reports.",
        (Permission::SeeReports, _) => "They see no reports.",
        (Permission::SeeAudit, "yes") => "They may read who did what, when and from where. It holds no texts.",
        (Permission::SeeAudit, _) => "The audit log is not in their settings.",
    }
}

/// A role in a few words: "Dashboard: All conversations", "SMS: Create", "May assign conversations".
pub fn in_short(may: &Permissions) -> Vec<String> {
    let of = |permission: Permission| value(permission, permission.of(may));
    let mut words = vec![
        format!("Dashboard: {}", of(Permission::SmsDashboard)),
        format!("SMS: {}", of(Permission::SmsAccess)),
        format!("Clients: {}, {}", of(Permission::ClientScope), of(Permission::ClientAccess)),
    ];
    let granted = Permission::ALL.iter().filter(|permission| permission.of(may) == "yes");
    words.extend(granted.map(|permission| permission.label().to_owned()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_its_own_sentence_and_says_whether_they_are_told() {
        for permission in Permission::ALL {
            let words = permission.words();
            let mut sentences: Vec<_> = words.iter().map(|word| meaning(*permission, word)).collect();
            sentences.sort_unstable();
            sentences.dedup();
            assert_eq!(sentences.len(), words.len(), "{permission}");
        }
        for word in Permission::SmsDashboard.words() {
            let sentence = meaning(Permission::SmsDashboard, word);
            assert!(sentence.contains("told") || sentence.contains("notifies"), "{sentence}");
        }
    }

    #[test]
    fn a_role_is_told_in_a_few_words() {
        let sales = crate::domain::BuiltInRole::SalesPerson.permissions();
        assert_eq!(
            in_short(&sales),
            [
                "Dashboard: Only assigned conversations",
                "SMS: Create",
                "Clients: Only clients assigned to them, Edit",
                "May assign conversations",
            ]
        );
    }
}
