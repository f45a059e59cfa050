//! What a change of permissions would do, before anybody makes it.

use std::collections::{BTreeMap, BTreeSet};

use super::ProposedUser;
use super::facts::staff_member;
use super::hand_over::HandOver;
use crate::assignment_policy::{
    ClientRecord, Conversation, HandedOver, Preview, Staff, audience, preview_handing_over,
};
use crate::domain::{ClientId, ConversationId, UserId};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored, company, conversation_facts, push_subscriptions};

/// So many conversations are looked at one by one, the newest; for the others speaks what holds for all.
pub const EXAMINED: usize = 1_000;

/// A change, foreseen.
#[derive(Debug, Clone)]
pub struct Foreseen {
    pub preview: Preview,
    /// The conversations that ring on a device now, and then only in the bell of open pages.
    pub without_device: Vec<ConversationId>,
    /// Everybody, as they are now, in the order of names.
    pub people: Vec<User>,
    /// The conversations that were looked at.
    pub conversations: BTreeMap<ConversationId, Examined>,
    /// There are older ones, which were not looked at.
    pub more: bool,
    /// The plan has SMS: whoever may read a conversation can also open it.
    pub has_sms: bool,
}

/// A conversation that was looked at.
#[derive(Debug, Clone)]
pub struct Examined {
    pub phone: String,
    /// The linked clients with their names.
    pub clients: Vec<(ClientId, String)>,
    pub facts: Conversation,
}

/// What would be different if these people were as given: with other permissions, or deactivated.
pub fn preview_change(connection: &mut DbConnection, changed: &BTreeMap<UserId, Staff>) -> Stored<Foreseen> {
    foresee(connection, changed, None)
}

/// What would be different if this were done to somebody.
pub fn preview_user(connection: &mut DbConnection, proposed: &ProposedUser) -> Stored<Foreseen> {
    let id = proposed.user.id;
    let then = Staff { active: proposed.active, may: *proposed.may(), ..staff_member(&proposed.user) };
    let handed_over = match proposed.hand_over {
        HandOver::To(to) => Some(HandedOver { from: id, to }),
        HandOver::Leave | HandOver::Remove => None,
    };
    foresee(connection, &BTreeMap::from([(id, then)]), handed_over)
}

fn foresee(
    connection: &mut DbConnection,
    changed: &BTreeMap<UserId, Staff>,
    handed_over: Option<HandedOver>,
) -> Stored<Foreseen> {
    let people = users::all(connection)?;
    let before: Vec<Staff> = people.iter().map(staff_member).collect();
    let after: Vec<Staff> = before.iter().map(|u| changed.get(&u.id).copied().unwrap_or(*u)).collect();
    let mut newest = conversation_facts::newest(connection, EXAMINED as i64 + 1)?;
    let more = newest.len() > EXAMINED;
    newest.truncate(EXAMINED);
    let mut facts = Vec::with_capacity(newest.len());
    let mut conversations = BTreeMap::new();
    for row in newest {
        let clients = row.clients.iter().map(|client| (client.id, client.name.clone())).collect();
        let records = row.clients.into_iter().map(|client| ClientRecord { id: client.id, holders: client.holders });
        let conversation = Conversation {
            assigned: row.assigned,
            clients: records.collect(),
            opted_out: row.opted_out,
            blocked: row.blocked,
        };
        facts.push((row.id, conversation.clone()));
        conversations.insert(row.id, Examined { phone: row.phone, clients, facts: conversation });
    }
    let have_device = push_subscriptions::users(connection)?;
    let rings = |staff: &[Staff], c: &Conversation| Rings::of(&have_device, staff, c);
    let without_device = facts.iter().filter_map(|(id, c)| {
        let then = handed_over.map_or_else(|| c.clone(), |handed_over| handed_over.then(c));
        let falls_silent = rings(&before, c) == Rings::OnDevice && rings(&after, &then) == Rings::Unheard;
        falls_silent.then_some(*id)
    });
    Ok(Foreseen {
        without_device: without_device.collect(),
        preview: preview_handing_over(&before, &after, &facts, handed_over),
        people,
        conversations,
        more,
        has_sms: company::has_sms(connection)?,
    })
}

/// Where the next inbound text would ring.
#[derive(PartialEq, Eq)]
enum Rings {
    /// Nobody is told.
    ForNobody,
    /// In the bell of the open pages only.
    Unheard,
    OnDevice,
}

impl Rings {
    fn of(have_device: &BTreeSet<UserId>, staff: &[Staff], c: &Conversation) -> Self {
        let told = audience(staff, c);
        match told.iter().any(|told| have_device.contains(&told.user)) {
            true => Self::OnDevice,
            false if told.is_empty() => Self::ForNobody,
            false => Self::Unheard,
        }
    }
}
