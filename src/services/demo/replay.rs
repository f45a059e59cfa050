use super::company::Founded;
use super::plan;
use super::running::Running;
use crate::services::facts;
use crate::store::{Stored, Writer};

/// Lets everything happen once more, in the order of time, so that ids, assignments and notifications are as they would be.
/// Only jobs are left out: nothing of it leaves for a gateway, and no device rings.
pub(super) fn replay(tx: &mut Writer<'_>, company: &Founded, mut plans: Vec<plan::Conversation>) -> Stored<()> {
    let staff = facts::staff(tx)?;
    plans.sort_by_key(|plan| plan.happenings.first().map(|(at, _)| *at));
    let mut moments = Vec::new();
    let mut running = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        moments.extend(plan.happenings.iter().map(|(at, happening)| (*at, index, happening)));
        running.push(Running::begin(tx, company, &staff, plan)?);
    }
    // Stable: what happens at the same moment in one conversation keeps its order.
    moments.sort_by_key(|(at, index, _)| (*at, *index));
    for (at, index, happening) in moments {
        if let Some(conversation) = running.get_mut(index) {
            conversation.step(tx, happening, at)?;
        }
    }
    running.into_iter().try_for_each(|conversation| conversation.end(tx))
}
