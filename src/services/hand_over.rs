//! What becomes of everything that a deactivated user held: a few rows at a time, so that nobody waits for it.

use chrono::NaiveDateTime;

use super::by::record;
use super::client_changes::another_holder;
use super::facts::{self, staff_member};
use super::{By, Done, Error, Job, automations, push_text};
use crate::assignment_policy::{Staff, pickable};
use crate::domain::{
    AssignmentReason, ClientActivityKind, ClientId, ConversationId, HandOverId, NotificationKind, NotificationReason,
    PositionId, TimelineKind, Topic, UserId,
};
use crate::store::assignments::{self, NewAssignment};
use crate::store::client_activity::{self, Line};
use crate::store::hand_overs::{self, HandOver as Row};
use crate::store::notifications::NewNotification;
use crate::store::timeline::{self, NewEntry};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Writer, company, held_positions, positions, unreads};

/// So many rows are changed in one transaction.
const STEP: i64 = 50;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HandOver {
    /// Assignments and positions stay as they are.
    #[default]
    Leave,
    /// Nobody has them any more.
    Remove,
    /// Somebody else has them from now on.
    To(UserId),
}

/// How far a step got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    More,
    Over,
}

/// Begins it; the worker does the rest.
pub(super) fn begin(tx: &mut Writer<'_>, by: &By, user: UserId, hand_over: HandOver, now: NaiveDateTime) -> Done<()> {
    let to = match hand_over {
        HandOver::Leave => return Ok(()),
        HandOver::Remove => None,
        HandOver::To(to) => Some(who_gets_it(tx, user, to)?),
    };
    let heir = to.as_ref().map(|to| to.id);
    let hand_over = hand_overs::begin(tx, user, heir, by.user.id, now)?;
    let detail = to.map_or_else(|| "to nobody".to_owned(), |to| format!("to {}", to.name));
    by.record(tx, "user.hand_over_begun", format_args!("user {user}"), &detail, now)?;
    automations::assign_instead(tx, by, user, heir, now)?;
    Ok(Job::HandOver { hand_over }.enqueue(tx, now, now)?)
}

/// Whoever was chosen, if they can take over what this user holds.
pub(super) fn who_gets_it(connection: &mut DbConnection, user: UserId, to: UserId) -> Done<User> {
    let chosen = users::find(connection, to)?.filter(|chosen| chosen.id != user);
    let chosen = chosen.ok_or_else(|| Error::Invalid("Choose who gets what they hold.".to_owned()))?;
    match pickable(&staff_member(&chosen)) {
        Ok(()) => Ok(chosen),
        Err(why) => Err(Error::Invalid(format!("{} cannot take this over: {why}.", chosen.name))),
    }
}

/// The next few rows, conversations first. Stops where whoever was to get it cannot be assigned any more.
pub fn step(tx: &mut Writer<'_>, hand_over: HandOverId, now: NaiveDateTime) -> Done<Step> {
    let Some(under_way) = hand_overs::find(tx, hand_over)?.filter(|row| row.ended_at.is_none()) else {
        return Ok(Step::Over);
    };
    if !may_go_on(tx, &under_way)? {
        return finish(tx, &under_way, "stopped", now);
    }
    let conversations = assignments::newest_of_user(tx, under_way.user_id, STEP)?;
    if !conversations.is_empty() {
        let told = give_conversations(tx, &under_way, &conversations, now)?;
        hand_overs::advance(tx, hand_over, conversations.len() as i64, 0, told)?;
        return Ok(Step::More);
    }
    let held = held_positions::hand_over(tx, under_way.user_id, under_way.to, STEP)?;
    if !held.is_empty() {
        note_positions(tx, &under_way, &held, now)?;
        hand_overs::advance(tx, hand_over, 0, held.len() as i64, under_way.told)?;
        return Ok(Step::More);
    }
    finish(tx, &under_way, "all of it", now)
}

/// The history of each record says who holds the position now.
fn note_positions(
    tx: &mut Writer<'_>,
    under_way: &Row,
    held: &[(ClientId, PositionId)],
    now: NaiveDateTime,
) -> Done<()> {
    let all = positions::all(tx)?;
    let left = users::find(tx, under_way.user_id)?.map(|user| user.name);
    let came = under_way.to.map(|to| users::find(tx, to)).transpose()?.flatten().map(|user| user.name);
    let line = |(client, position): &(ClientId, PositionId)| {
        let position = all.iter().find(|one| one.id == *position).map_or("", |one| one.name.as_str());
        let detail = another_holder(position, left.as_deref(), came.as_deref());
        Line { client: *client, kind: ClientActivityKind::Position, detail }
    };
    let lines: Vec<Line> = held.iter().map(line).collect();
    Ok(client_activity::note(tx, &lines, Some(under_way.by), now)?)
}

fn may_go_on(tx: &mut Writer<'_>, under_way: &Row) -> Done<bool> {
    let gone = users::find(tx, under_way.user_id)?.is_some_and(|user| !user.active);
    let Some(to) = under_way.to else { return Ok(gone) };
    Ok(gone && users::find(tx, to)?.is_some_and(|to| pickable(&staff_member(&to)).is_ok()))
}

fn finish(tx: &mut Writer<'_>, under_way: &Row, how: &str, now: NaiveDateTime) -> Done<Step> {
    let Row { user_id, by, .. } = under_way;
    let conversations = counted(under_way.conversations, "conversation");
    let positions = counted(under_way.positions, "position");
    hand_overs::end(tx, *user_id, now)?;
    let detail = format!("{how}: {conversations}, {positions}");
    record(tx, Some(*by), "user.handed_over", format_args!("user {user_id}"), &detail, "", now)?;
    Ok(Step::Over)
}

/// "1 conversation", "2 conversations".
fn counted(count: i64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Answers whether whoever gets them knows of it by now: told once, of the conversation that was used last.
fn give_conversations(
    tx: &mut Writer<'_>,
    under_way: &Row,
    conversations: &[ConversationId],
    now: NaiveDateTime,
) -> Done<bool> {
    let staff = facts::staff(tx)?;
    let mut told = under_way.told;
    for id in conversations {
        let new = give(tx, under_way, *id, &staff, now)?;
        if let Some(to) = under_way.to.filter(|to| new && !told && *to != under_way.by) {
            tell(tx, under_way.by, to, *id, now)?;
            told = true;
        }
    }
    Ok(told)
}

/// One conversation. Answers whether it is new to whoever gets it.
fn give(tx: &mut Writer<'_>, under_way: &Row, id: ConversationId, staff: &[Staff], now: NaiveDateTime) -> Done<bool> {
    let Row { user_id: from, to, by, .. } = *under_way;
    let Some(mut known) = facts::conversation(tx, id)? else { return Ok(false) };
    let mut seen_by = facts::viewers(staff, &known.facts);
    let unread = unreads::first(tx, id, from)?;
    let mut new = false;
    if let Some(to) = to {
        let reason = if to == by { AssignmentReason::SelfAssigned } else { AssignmentReason::Picked };
        new = assignments::insert(tx, &NewAssignment { conversation_id: id, user_id: to, reason, by: Some(by) }, now)?;
        if let Some(first) = unread.filter(|_| new) {
            unreads::mark(tx, id, to, first, known.row.last_message_at)?;
        }
        known.facts.assigned.push(to);
        if new {
            note(tx, under_way, id, TimelineKind::Assigned, (to, Some(reason)), now)?;
        }
    }
    assignments::delete(tx, id, from)?;
    unreads::clear(tx, id, from)?;
    known.facts.assigned.retain(|user| *user != from);
    note(tx, under_way, id, TimelineKind::Unassigned, (from, None), now)?;
    seen_by.extend(facts::viewers(staff, &known.facts));
    seen_by.sort_unstable();
    seen_by.dedup();
    tx.announce(Topic::Conversation { id, seen_by });
    Ok(new)
}

fn note(
    tx: &mut Writer<'_>,
    under_way: &Row,
    conversation_id: ConversationId,
    kind: TimelineKind,
    (subject, reason): (UserId, Option<AssignmentReason>),
    now: NaiveDateTime,
) -> Done<()> {
    let entry = NewEntry { conversation_id, kind, actor: Some(under_way.by), subject: Some(subject), reason };
    Ok(timeline::insert(tx, &entry, now)?)
}

/// On a plan without SMS nobody is told; what they got is theirs all the same.
fn tell(tx: &mut Writer<'_>, by: UserId, to: UserId, id: ConversationId, now: NaiveDateTime) -> Done<()> {
    if !company::has_sms(tx)? {
        return Ok(());
    }
    let notification = NewNotification {
        user_id: to,
        kind: NotificationKind::Assigned,
        reason: NotificationReason::HandedOver,
        conversation_id: id,
        message_id: None,
        actor: Some(by),
    };
    push_text::notify(tx, &notification, now + push_text::UNDO, now)?;
    tx.announce(Topic::Notifications(to));
    Ok(())
}
