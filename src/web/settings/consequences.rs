//! What a change of permissions means, in sentences that hold for all conversations and clients.

use std::collections::BTreeMap;

use super::counts::names_in_short;
use crate::assignment_policy::{Extent, Heard, PersonChange, Reach, Staff, may_administer, reach};
use crate::domain::{Permissions, UserId};
use crate::services::facts::staff_member;
use crate::services::preview_change::Foreseen;
use crate::store::users::User;
use crate::store::{DbConnection, Stored};
use crate::web::site::Site;
use crate::web::view::{Section, Shell};

/// For whoever has these permissions: what they would see, hear and do, and which entries of the menus come and go.
pub fn for_everybody(
    site: &Site,
    connection: &mut DbConnection,
    me: &User,
    (before, after): (&Permissions, &Permissions),
) -> Stored<Vec<String>> {
    let whoever = |may: &Permissions| reach(&Staff { id: 0, active: true, may: *may });
    let mut sentences = in_words(&whoever(before), &whoever(after));
    let mut entries = |may: &Permissions| -> Stored<Vec<&'static str>> {
        Ok(entries(&site.shell(connection, &User { may: *may, ..me.clone() }, Section::Settings)?))
    };
    let (now, then) = (entries(before)?, entries(after)?);
    let only_in = |these: &[&'static str], those: &[&'static str]| -> Vec<&'static str> {
        these.iter().filter(|entry| !those.contains(entry)).copied().collect()
    };
    let (gone, new) = (only_in(&now, &then), only_in(&then, &now));
    if !gone.is_empty() {
        sentences.push(format!("Goes from the menu: {}.", gone.join(", ")));
    }
    if !new.is_empty() {
        sentences.push(format!("Comes into the menu: {}.", new.join(", ")));
    }
    Ok(sentences)
}

/// The entries of a person's menus, as the pages draw them.
fn entries(shell: &Shell) -> Vec<&'static str> {
    let people = shell.settings.people;
    let company = shell.settings.company;
    [
        (shell.shows_conversations, "SMS Conversations"),
        (shell.shows_clients, "Clients"),
        (shell.shows_automations, "Automations"),
        (shell.shows_simulator, "Phone simulator (it comes with Manage company settings)"),
        (people, "Users"),
        (people, "Roles"),
        (company, "Positions"),
        (company, "Lead statuses"),
        (company, "Numbers"),
        (company, "Company"),
        (shell.settings.audit, "Audit log"),
    ]
    .into_iter()
    .filter_map(|(shown, entry)| shown.then_some(entry))
    .collect()
}

/// Who could give back these permissions, which somebody has before the change; a warning where that is not the one who
/// takes them away.
pub fn last_chance(
    me: &User,
    before: &Permissions,
    changed: &BTreeMap<UserId, Staff>,
    people: &[User],
) -> Option<String> {
    let then = |user: &User| changed.get(&user.id).copied().unwrap_or_else(|| staff_member(user));
    let able: Vec<&User> = people.iter().filter(|user| may_administer(&then(user), before)).collect();
    if able.iter().any(|user| user.id == me.id) {
        return None;
    }
    let names: Vec<&str> = able.iter().map(|user| user.name.as_str()).collect();
    Some(format!("You could not undo this yourself. Who could: {}.", names_in_short(&names)))
}

/// What is different between two reaches.
pub fn in_words(before: &Reach, after: &Reach) -> Vec<String> {
    let mut sentences = Vec::new();
    if before.dashboard != after.dashboard {
        sentences.push(match after.dashboard {
            Extent::Everything => "They would see every conversation on the dashboard.",
            Extent::Own => "They would see only conversations assigned to them on the dashboard.",
            Extent::Nothing => "They would have no dashboard: its addresses answer that nothing is there.",
        });
    }
    if (before.told, before.dashboard) != (after.told, after.dashboard) {
        sentences.push(match (after.told, after.dashboard) {
            (false, _) => "No text would notify them any more, assigned or not.",
            (true, Extent::Everything) => {
                "They would be told of texts where they are assigned, and where nobody who is assigned can be told."
            }
            (true, _) => "They would be told of every text in conversations assigned to them, and of no other.",
        });
    }
    if before.clients != after.clients {
        sentences.push(match after.clients {
            Extent::Everything => "They would open every client record.",
            Extent::Own => "They would open only client records on which they hold a position.",
            Extent::Nothing => "They would open no client record.",
        });
    }
    let turns = [
        (
            before.sms_tab,
            after.sms_tab,
            "Client records would show them the SMS tab.",
            "The SMS tab of client records would go.",
        ),
        (before.writes, after.writes, "They could text clients.", "They could no longer text clients."),
        (before.hides_texts, after.hides_texts, "They could hide messages.", "They could no longer hide messages."),
        (
            before.assigns_others,
            after.assigns_others,
            "They could assign and remove others, not only themselves.",
            "They could no longer assign or remove others.",
        ),
        (
            before.edits_clients,
            after.edits_clients,
            "They could change client records.",
            "They could no longer change client records.",
        ),
        (
            before.creates_clients,
            after.creates_clients,
            "They could enter new clients.",
            "They could no longer enter new clients.",
        ),
        (
            before.deletes_clients,
            after.deletes_clients,
            "They could delete client records.",
            "They could no longer delete client records.",
        ),
        (
            before.automates,
            after.automates,
            "They could set up automations, which text clients by themselves.",
            "They could no longer change automations.",
        ),
        (before.reads_reports, after.reads_reports, "They could read reports.", "They could no longer read reports."),
    ];
    sentences
        .extend(turns.iter().filter(|(was, is, ..)| was != is).map(|(_, is, new, gone)| if *is { new } else { gone }));
    sentences.into_iter().map(str::to_owned).collect()
}

/// For the company: who would hear of what, whichever conversation it is.
pub fn for_the_company(foreseen: &Foreseen) -> Vec<String> {
    let names: BTreeMap<UserId, &str> = foreseen.people.iter().map(|user| (user.id, user.name.as_str())).collect();
    let name = |users: &[UserId]| {
        let mut found: Vec<&str> = users.iter().filter_map(|user| names.get(user).copied()).collect();
        found.sort_unstable();
        names_in_short(&found)
    };
    let mut sentences: Vec<String> = unassigned(&foreseen.preview.unassigned, name).into_iter().collect();
    let people = &foreseen.preview.people;
    let of = |which: &dyn Fn(&PersonChange) -> bool| -> Vec<UserId> {
        people.iter().filter(|person| which(person)).map(|person| person.user).collect()
    };
    let silenced = of(&|person| person.alone.falls_silent());
    if !silenced.is_empty() {
        sentences.push(format!("Conversations assigned only to {} would reach nobody.", name(&silenced)));
    }
    let handed_on = of(&|person| person.before.told && !person.after.told && !person.alone.after.is_empty());
    if let Some(first) = people.iter().find(|person| handed_on.first() == Some(&person.user)) {
        let instead = name(&first.alone.after);
        sentences.push(format!("Texts in conversations assigned only to {} would tell {instead}.", name(&handed_on)));
    }
    let unreachable = of(&|person| person.before.told && !person.after.told);
    if !unreachable.is_empty() {
        sentences.push(format!("No longer told of any text: {}.", name(&unreachable)));
    }
    let reachable = of(&|person| !person.before.told && person.after.told);
    if !reachable.is_empty() {
        sentences.push(format!("Told of texts from then on: {}.", name(&reachable)));
    }
    sentences
}

fn unassigned(heard: &Heard, name: impl Fn(&[UserId]) -> String) -> Option<String> {
    match (heard.before.is_empty(), heard.after.is_empty()) {
        (false, true) => Some(
            "Nobody would see all conversations any more: texts in conversations that nobody is assigned to would \
             reach nobody."
                .to_owned(),
        ),
        (true, true) => Some(
            "Texts in conversations that nobody is assigned to reach nobody now, and would reach nobody then."
                .to_owned(),
        ),
        _ if heard.before != heard.after => {
            Some(format!("Texts in conversations that nobody is assigned to would tell {}.", name(&heard.after)))
        }
        _ => None,
    }
}
