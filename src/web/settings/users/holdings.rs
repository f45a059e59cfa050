//! What somebody holds, as far as whoever looks may know it by name.

use crate::assignment_policy::{ClientRecord, may_manage_automations, may_read_client, sees_on_dashboard};
use crate::domain::UserId;
use crate::services::facts::{self, staff_member};
use crate::services::push_text;
use crate::store::users::User;
use crate::store::{
    DbConnection, Stored, assignments, automation_uses, clients, company, held_positions, scheduled_texts,
};
use crate::web::format::bounded;
use crate::web::view::settings::Holding;

/// So many are named; the rest is counted.
const NAMED: usize = 5;
/// Counted so far and no further.
const BOUND: i64 = 100;

/// The conversations they are assigned to, the one that was used last first.
pub fn conversations(c: &mut DbConnection, me: &User, of: UserId) -> Stored<Holding> {
    let ids = assignments::newest_of_user(c, of, BOUND)?;
    let has_sms = company::has_sms(c)?;
    let mut named = Vec::new();
    for id in ids.iter().take(NAMED) {
        let known = facts::conversation(c, *id)?;
        if let Some(known) = known.filter(|known| has_sms && sees_on_dashboard(&staff_member(me), &known.facts)) {
            named.push((push_text::title(c, *id, &known.row.phone)?, format!("/conversations/{id}")));
        }
    }
    Ok(holding(ids.len(), named))
}

/// The positions they hold on client records.
pub fn positions(c: &mut DbConnection, me: &User, of: UserId) -> Stored<Holding> {
    let count = held_positions::count(c, of, BOUND)?;
    let held = held_positions::of_user(c, of, NAMED as i64)?;
    let ids: Vec<_> = held.iter().map(|held| held.client_id).collect();
    let records = clients::load(c, &ids)?;
    let readable = |id| {
        let record = records.iter().find(|record| record.id == id);
        record.is_some_and(|record| {
            let holders = record.positions.iter().map(|held| held.user_id).collect();
            may_read_client(&staff_member(me), &ClientRecord { id, holders })
        })
    };
    let named = held.into_iter().filter(|held| readable(held.client_id));
    let named =
        named.map(|held| (format!("{}, {}", held.client, held.position), format!("/clients/{}", held.client_id)));
    Ok(holding(usize::try_from(count).unwrap_or_default(), named.collect()))
}

/// How many texts of theirs wait to be sent.
pub fn scheduled(c: &mut DbConnection, of: UserId) -> Stored<Option<String>> {
    let count = scheduled_texts::waiting_of(c, of, BOUND)?.len();
    Ok((count > 0).then(|| bounded(count as i64)))
}

/// The automations that assign them by name.
pub fn automations(c: &mut DbConnection, me: &User, of: UserId) -> Stored<Holding> {
    let found = automation_uses::of_user(c, of, BOUND)?;
    let count = found.len();
    let mut named = Vec::new();
    if may_manage_automations(&staff_member(me)) {
        named.extend(found.into_iter().take(NAMED).map(|(id, name)| (name, format!("/automations/{id}"))));
    }
    Ok(holding(count, named))
}

fn holding(count: usize, named: Vec<(String, String)>) -> Holding {
    Holding {
        count: bounded(count as i64),
        is_empty: count == 0,
        more: count > named.len() && !named.is_empty(),
        named,
    }
}
