use std::collections::BTreeSet;

use super::{Conversation, Reach, Staff, audience, reach, sees_on_dashboard};
use crate::domain::{ConversationId, UserId};

/// What a change of permissions would do, before it is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Everybody for whom anything would be different, by id.
    pub people: Vec<PersonChange>,
    /// The conversations that would then reach nobody, in the order given. Blocked phones are no part of it: they are
    /// meant to.
    pub silent: Vec<Silence>,
    /// Who would hear of a conversation that is assigned to nobody, whichever it is.
    pub unassigned: Heard,
}

/// What would be different for one person, among the conversations that were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    pub user: UserId,
    /// What holds for every conversation, before and after.
    pub before: Reach,
    pub after: Reach,
    /// On the dashboard.
    pub gains: Vec<ConversationId>,
    pub loses: Vec<ConversationId>,
    /// Would be told of the next inbound text, and is not now.
    pub begins: Vec<ConversationId>,
    pub stops: Vec<ConversationId>,
    /// Who hears of a conversation that is assigned to this person only, whichever it is.
    pub alone: Heard,
}

impl PersonChange {
    fn is_any(&self) -> bool {
        let lists = [&self.gains, &self.loses, &self.begins, &self.stops];
        self.before != self.after || lists.iter().any(|list| !list.is_empty())
    }
}

/// A conversation whose next inbound text would reach nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    pub conversation: ConversationId,
    /// It reaches nobody now either.
    pub already: bool,
}

/// Who is told, before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    pub before: Vec<UserId>,
    pub after: Vec<UserId>,
}

impl Heard {
    /// Somebody hears now, and nobody would.
    pub fn falls_silent(&self) -> bool {
        !self.before.is_empty() && self.after.is_empty()
    }
}

/// What somebody is assigned to goes to somebody else with the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    pub from: UserId,
    pub to: UserId,
}

impl HandedOver {
    /// The conversation as it is then.
    pub fn then(self, c: &Conversation) -> Conversation {
        let mut then = c.clone();
        if c.is_assigned(self.from) {
            then.assigned.retain(|user| *user != self.from && *user != self.to);
            then.assigned.push(self.to);
        }
        then
    }
}

/// Asks the policy twice about each person and conversation. Whoever is on one side only is taken as deactivated on the other.
pub fn preview(before: &[Staff], after: &[Staff], conversations: &[(ConversationId, Conversation)]) -> Preview {
    preview_handing_over(before, after, conversations, None)
}

/// The same, where something is handed over too. What is given up needs nothing here: who cannot be told stands in
/// nobody's way.
pub fn preview_handing_over(
    before: &[Staff],
    after: &[Staff],
    conversations: &[(ConversationId, Conversation)],
    handed_over: Option<HandedOver>,
) -> Preview {
    let turned = |c: &Conversation| handed_over.map_or_else(|| c.clone(), |handed_over| handed_over.then(c));
    let heard = |c: &Conversation| Heard { before: told(before, c), after: told(after, &turned(c)) };
    let each: Vec<(Heard, Conversation)> = conversations.iter().map(|(_, c)| (heard(c), turned(c))).collect();
    let silent = conversations.iter().zip(&each).filter(|((_, c), (heard, _))| !c.blocked && heard.after.is_empty());
    let silent = silent.map(|((id, _), (heard, _))| Silence { conversation: *id, already: heard.before.is_empty() });
    let users: BTreeSet<UserId> = before.iter().chain(after).map(|u| u.id).collect();
    let people = users.into_iter().filter_map(|user| {
        let (then, now) = (find(after, before, user)?, find(before, after, user)?);
        // An audience is sorted
        let has = |told: &[UserId]| told.binary_search(&user).is_ok();
        let which = |differs: &dyn Fn(bool, bool, &Heard) -> bool| -> Vec<ConversationId> {
            let found = conversations.iter().zip(&each).filter(|((_, c), (heard, c_then))| {
                differs(sees_on_dashboard(&now, c), sees_on_dashboard(&then, c_then), heard)
            });
            found.map(|((id, _), _)| *id).collect()
        };
        let change = PersonChange {
            user,
            before: reach(&now),
            after: reach(&then),
            gains: which(&|sees, would_see, _| !sees && would_see),
            loses: which(&|sees, would_see, _| sees && !would_see),
            begins: which(&|_, _, heard| !has(&heard.before) && has(&heard.after)),
            stops: which(&|_, _, heard| has(&heard.before) && !has(&heard.after)),
            alone: heard(&Conversation { assigned: vec![user], ..Conversation::default() }),
        };
        change.is_any().then_some(change)
    });
    Preview { people: people.collect(), silent: silent.collect(), unassigned: heard(&Conversation::default()) }
}

fn told(staff: &[Staff], c: &Conversation) -> Vec<UserId> {
    audience(staff, c).iter().map(|told| told.user).collect()
}

/// This person on one side; who is missing there is the one of the other side, deactivated.
fn find(side: &[Staff], other: &[Staff], user: UserId) -> Option<Staff> {
    let of = |staff: &[Staff]| staff.iter().find(|u| u.id == user).copied();
    of(side).or_else(|| of(other).map(|u| Staff { active: false, ..u }))
}
