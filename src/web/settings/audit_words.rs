//! What the log's words mean, for people. An action that is not listed is shown as it is stored.

use std::collections::HashMap;

use crate::assignment_policy::{ClientRecord, may_read_client};
use crate::domain::{ClientId, UserId};
use crate::services::facts::staff_member;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, clients, lead_statuses, positions, roles};
use crate::web::view::Shell;

/// In the order in which the filter offers them.
const ACTIONS: &[(&str, &str)] = &[
    ("user.signed_in", "Signed in"),
    ("user.signed_out", "Signed out"),
    ("user.added", "Added a user"),
    ("user.activated", "Activated a user"),
    ("user.deactivated", "Deactivated a user"),
    ("user.role_changed", "Gave a user another role"),
    ("user.hand_over_begun", "Began to hand over a user's work"),
    ("user.handed_over", "Handed over a user's work"),
    ("user.password_changed", "Changed a password"),
    ("user.password_reset", "Set a new password by a link"),
    ("user.reset_link_made", "Made a link to set a new password"),
    ("invite.made", "Invited somebody"),
    ("invite.renewed", "Renewed an invitation"),
    ("invite.accepted", "Accepted an invitation and joined"),
    ("invite.withdrawn", "Withdrew an invitation"),
    ("role.created", "Created a role"),
    ("role.updated", "Changed a role"),
    ("role.removed", "Deleted a role"),
    ("client.created", "Created a client"),
    ("client.edited", "Changed a client"),
    ("client.deleted", "Deleted a client"),
    ("clients.imported", "Imported clients"),
    ("clients.import_undone", "Undid an import of clients"),
    ("clients.import_removed", "Deleted an import of clients"),
    ("clients.exported", "Exported clients"),
    ("conversation.linked", "Linked a conversation to a client"),
    ("conversation.unlinked", "Unlinked a conversation from a client"),
    ("phone.blocked", "Blocked a phone"),
    ("phone.unblocked", "Unblocked a phone"),
    ("phone.opted_out", "Opted a phone out"),
    ("phone.opt_out_undone", "Undid the opt-out of a phone"),
    ("phone.kept_texting", "Kept texting a phone that seemed to want to stop"),
    ("consent.given", "Noted consent to texts"),
    ("company.updated", "Changed the company's settings"),
    ("position.added", "Added a position"),
    ("position.renamed", "Renamed a position"),
    ("position.moved", "Moved a position in the list"),
    ("position.removed", "Deleted a position"),
    ("lead_status.added", "Added a lead status"),
    ("lead_status.updated", "Changed a lead status"),
    ("lead_status.moved", "Moved a lead status in the list"),
    ("lead_status.removed", "Deleted a lead status"),
    ("message_template.added", "Added a template"),
    ("message_template.updated", "Changed a template"),
    ("message_template.removed", "Deleted a template"),
    ("automation.created", "Created an automation"),
    ("automation.updated", "Changed an automation"),
    ("automation.turned_on", "Turned an automation on"),
    ("automation.turned_off", "Turned an automation off"),
    ("automation.deleted", "Deleted an automation"),
    ("number.labelled", "Changed a number's label"),
    ("audit.exported", "Exported the audit log"),
];

/// "Signed in".
pub fn sentence(action: &str) -> String {
    known(action).unwrap_or(action).to_owned()
}

/// "signed in", as it goes on after who did it.
pub fn after_a_name(action: &str) -> String {
    let mut letters = sentence(action);
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    letters
}

/// What the filter offers: everything that has words, and what is chosen just now.
pub fn choices(chosen: &str) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> =
        ACTIONS.iter().map(|(action, words)| ((*action).to_owned(), (*words).to_owned())).collect();
    if !chosen.is_empty() && known(chosen).is_none() {
        choices.push((chosen.to_owned(), chosen.to_owned()));
    }
    choices
}

/// What subjects are called today: `user 7` is "Michael Scott".
#[derive(Debug, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Of everything of which a company has few.
    pub fn load(c: &mut DbConnection, people: &[(UserId, String)]) -> Stored<Self> {
        let mut names = Self::default();
        people.iter().for_each(|(id, name)| names.add("user", *id, name));
        roles::all(c)?.iter().for_each(|role| names.add("role", role.id, &role.name));
        positions::all(c)?.iter().for_each(|position| names.add("position", position.id, &position.name));
        lead_statuses::all(c)?.iter().for_each(|status| names.add("lead_status", status.id, &status.name));
        Ok(names)
    }

    /// And of the clients that these are about, as far as this person may open their records.
    pub fn with_clients<'s>(
        mut self,
        c: &mut DbConnection,
        me: &User,
        subjects: impl Iterator<Item = &'s str>,
    ) -> Stored<Self> {
        let mut ids: Vec<ClientId> = subjects.filter_map(client_of).collect();
        ids.sort_unstable();
        ids.dedup();
        for client in clients::load(c, &ids)? {
            let holders = client.positions.iter().map(|held| held.user_id).collect();
            if may_read_client(&staff_member(me), &ClientRecord { id: client.id, holders }) {
                self.add("client", client.id, &client.name());
            }
        }
        Ok(self)
    }

    fn add(&mut self, kind: &str, id: i64, name: &str) {
        self.0.insert(format!("{kind} {id}"), name.to_owned());
    }
}

fn client_of(subject: &str) -> Option<ClientId> {
    match parts(subject) {
        ("client", id) => id,
        _ => None,
    }
}

/// `user 7` becomes that person's name; what has none here, as a client that is gone, "Client 12".
pub fn subject(stored: &str, names: &Names) -> String {
    if let Some(name) = names.0.get(stored) {
        return name.clone();
    }
    let (kind, id) = parts(stored);
    let kind = kind.replace('_', " ");
    let mut letters = kind.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let number = id.map(|id| format!(" {id}")).unwrap_or_default();
    format!("{first}{}{number}", letters.as_str())
}

/// A detail that is itself the name of something, as `client 12`, is said like one.
pub fn detail(stored: String, names: &Names) -> String {
    names.0.get(&stored).cloned().unwrap_or(stored)
}

/// The page of a subject, if it has one and the menu leads this person to its like.
pub fn link(stored: &str, shell: &Shell) -> Option<String> {
    match parts(stored) {
        ("user", Some(id)) => shell.settings.people.then(|| format!("/settings/users/{id}")),
        ("role", Some(id)) => shell.settings.people.then(|| format!("/settings/roles/{id}")),
        ("client", Some(id)) => shell.shows_clients.then(|| format!("/clients/{id}")),
        ("conversation", Some(id)) => shell.shows_conversations.then(|| format!("/conversations/{id}")),
        ("position", Some(_)) => shell.settings.company.then(|| "/settings/positions".to_owned()),
        ("lead_status", Some(_)) => shell.settings.company.then(|| "/settings/lead-statuses".to_owned()),
        ("message_template", Some(id)) => shell.settings.templates.then(|| format!("/settings/templates/{id}")),
        ("number", Some(_)) => shell.settings.company.then(|| "/settings/numbers".to_owned()),
        ("automation", Some(id)) => shell.shows_automations.then(|| format!("/automations/{id}")),
        ("company", None) => shell.settings.company.then(|| "/settings/company".to_owned()),
        _ => None,
    }
}

fn known(action: &str) -> Option<&'static str> {
    ACTIONS.iter().find(|(known, _)| *known == action).map(|(_, words)| *words)
}

fn parts(stored: &str) -> (&str, Option<i64>) {
    match stored.rsplit_once(' ') {
        Some((kind, id)) => match id.parse() {
            Ok(id) => (kind, Some(id)),
            Err(_) => (stored, None),
        },
        None => (stored, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_in_words_and_everything_else_as_it_is_stored() {
        assert_eq!(sentence("user.signed_in"), "Signed in");
        assert_eq!(after_a_name("user.signed_in"), "signed in");
        assert_eq!((sentence("roof.painted"), after_a_name("")), ("roof.painted".to_owned(), String::new()));
        assert!(choices("roof.painted").iter().any(|(action, _)| action == "roof.painted"));
        assert!(!choices("").iter().any(|(action, _)| action.is_empty()));
    }

    #[test]
    fn a_subject_is_named() {
        let mut names = Names::default();
        names.add("user", 7, "Michael Scott");
        names.add("position", 3, "Sales Person");
        for (stored, words) in [
            ("user 7", "Michael Scott"),
            ("user 8", "User 8"),
            ("position 3", "Sales Person"),
            ("position 4", "Position 4"),
            ("lead_status 3", "Lead status 3"),
            ("company", "Company"),
            ("", ""),
        ] {
            assert_eq!(subject(stored, &names), words, "{stored}");
        }
    }
}
