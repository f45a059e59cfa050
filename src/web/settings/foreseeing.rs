//! From a foreseen change to what a page shows of it: who and which conversations, by name.

use std::collections::BTreeSet;

use super::consequences::for_the_company;
use super::counts::{NAMED, counted};
use crate::assignment_policy::{PersonChange, may_read, may_read_client, sees_on_dashboard};
use crate::domain::{ConversationId, UserId};
use crate::services::facts::staff_member;
use crate::services::preview_change::{EXAMINED, Examined, Foreseen};
use crate::services::push_text::title_of;
use crate::store::users::User;
use crate::web::view::Face;
use crate::web::view::settings::{self as view, Change, Conversations, Group, Person};

/// The part of a preview that names people and conversations. `meant` are those whose permissions change; what happens
/// to others through it is listed apart.
pub fn foreseen(me: &User, meant: &BTreeSet<UserId>, foreseen: &Foreseen) -> view::Foreseen {
    let reader = Reader { me, foreseen };
    let silent = |already: bool| {
        let these = foreseen.preview.silent.iter().filter(|silence| silence.already == already);
        reader.list(&these.map(|silence| silence.conversation).collect::<Vec<_>>())
    };
    let group = |title, theirs: bool| reader.group(title, |user| meant.contains(&user) == theirs);
    view::Foreseen {
        general: for_the_company(foreseen),
        looked_at: foreseen.more.then(|| counted(EXAMINED, None)),
        silenced: silent(false),
        silent_already: silent(true),
        unheard: reader.list(&foreseen.without_device),
        groups: [group("People whose permissions change", true), group("Other people", false)]
            .into_iter()
            .flatten()
            .collect(),
    }
}

/// Who reads the preview: conversations are named only to who may read them.
struct Reader<'a> {
    me: &'a User,
    foreseen: &'a Foreseen,
}

impl Reader<'_> {
    fn group(&self, title: &'static str, belongs: impl Fn(UserId) -> bool) -> Option<Group> {
        let size =
            |person: &PersonChange| person.gains.len() + person.loses.len() + person.begins.len() + person.stops.len();
        let mut changed: Vec<&PersonChange> = self.foreseen.preview.people.iter().collect();
        changed.retain(|person| belongs(person.user) && size(person) > 0);
        // For whom most would change comes first; else by name, as everybody is
        changed.sort_by_key(|person| (std::cmp::Reverse(size(person)), self.place(person.user)));
        let more = changed.len().saturating_sub(NAMED);
        let people: Vec<Person> = changed.iter().take(NAMED).filter_map(|person| self.person(person)).collect();
        let more = (more > 0).then(|| format!("and {} more people", counted(more, None)));
        (!people.is_empty()).then_some(Group { title, people, more })
    }

    fn place(&self, user: UserId) -> usize {
        self.foreseen.people.iter().position(|one| one.id == user).unwrap_or_default()
    }

    fn person(&self, change: &PersonChange) -> Option<Person> {
        let user = self.foreseen.people.iter().find(|user| user.id == change.user)?;
        let changes = [
            turn(
                ["loses", "stops"],
                ["Loses on the dashboard", "would no longer be told of"],
                &change.loses,
                &change.stops,
            ),
            turn(["gains", "begins"], ["Gains on the dashboard", "would be told of"], &change.gains, &change.begins),
        ];
        Some(Person {
            face: Face::new(user.id, &user.name),
            changes: changes
                .into_iter()
                .flatten()
                .map(|(kind, words, ids)| Change { kind, words, conversations: self.list(ids) })
                .collect(),
        })
    }

    /// Those that the reader may read come first, with their names; the others are only counted.
    fn list(&self, ids: &[ConversationId]) -> Conversations {
        if ids.is_empty() {
            return Conversations::default();
        }
        let known = ids.iter().filter_map(|id| Some((*id, self.foreseen.conversations.get(id)?)));
        let named: Vec<(String, String)> = known.filter_map(|(id, one)| self.named(id, one)).collect();
        let unseen = ids.len() - named.len();
        let more = named.len().saturating_sub(NAMED);
        Conversations {
            count: counted(ids.len(), self.foreseen.more.then_some(EXAMINED)),
            more: (more > 0).then(|| format!("and {} more", counted(more, None))),
            shown: named.into_iter().take(NAMED).collect(),
            unseen: match unseen {
                _ if !self.foreseen.has_sms => Some("Not named: SMS starts with the Growth plan".to_owned()),
                0 => None,
                1 => Some("a conversation you do not see".to_owned()),
                _ => Some(format!("{} conversations you do not see", counted(unseen, None))),
            },
        }
    }

    /// Title and address, by the door through which the reader sees it.
    fn named(&self, id: ConversationId, one: &Examined) -> Option<(String, String)> {
        let me = staff_member(self.me);
        // Without SMS in the plan no address of a conversation answers
        if !self.foreseen.has_sms || !may_read(&me, &one.facts) {
            return None;
        }
        let names: Vec<String> = one.clients.iter().map(|(_, name)| name.clone()).collect();
        let client = one.facts.clients.iter().find(|client| may_read_client(&me, client));
        let address = match client {
            Some(client) if !sees_on_dashboard(&me, &one.facts) => format!("/clients/{}/sms/{id}", client.id),
            _ => format!("/conversations/{id}"),
        };
        Some((title_of(&names, &one.phone), address))
    }
}

/// What happens to somebody's dashboard, and what to their bell: said once where it is the same conversations.
fn turn<'a>(
    [seen, heard]: [&str; 2],
    [sees, hears]: [&str; 2],
    dashboard: &'a [ConversationId],
    bell: &'a [ConversationId],
) -> Vec<(String, String, &'a [ConversationId])> {
    if dashboard == bell {
        let both = (format!("{seen} {heard}"), format!("{sees}, and {hears}"), dashboard);
        return if dashboard.is_empty() { Vec::new() } else { vec![both] };
    }
    let mut apart = vec![(seen.to_owned(), sees.to_owned(), dashboard)];
    let mut letters = hears.chars();
    let capital = letters.next().map(|first| first.to_ascii_uppercase());
    apart.push((heard.to_owned(), capital.into_iter().chain(letters).collect(), bell));
    apart.retain(|(.., ids)| !ids.is_empty());
    apart
}
