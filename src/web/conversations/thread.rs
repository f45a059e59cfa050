//! The middle pane: texts and what happened between them, who is assigned, the composer.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::bubble::{Acts, bubble};
use super::clocks::Clocks;
use super::door::Door;
use super::later::{self, LaterTyped};
use super::linking::linking;
use crate::assignment_policy::{
    can_be_told, may_assign, may_block, may_manage_automations, may_note_consent, may_read_client, may_remove,
    pickable, sees_on_dashboard,
};
use crate::domain::{AssignmentReason, MessageId, OutsideAddress, ScheduledTextId, SmsAccess, TimelineKind};
use crate::services::facts::{Known, staff_member};
use crate::services::push_text::title_of;
use crate::services::why_locked;
use crate::store::assignments::{self, Assignment};
use crate::store::thread::{self as stored};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored, client_phones, conversations, gateways};
use crate::web::consent::of_client_address;
use crate::web::format;
use crate::web::saved_replies::saved_replies;
use crate::web::site::zone;
use crate::web::view::conversations::{
    Assigned, Candidate, Chip, Composer, ComposerState, Entry, Happening, Linking, Thread, Unpickable,
};
use crate::web::view::{Face, TimeLabel};

const TEXTS: i64 = 50;
/// A thread that was scrolled far back is refreshed as far as this.
const MOST_TEXTS: i64 = 300;

/// Which part of a thread, and what was typed into it.
#[derive(Debug, Default)]
pub struct Wanted {
    pub before: Option<MessageId>,
    pub new: Option<MessageId>,
    pub rows: Option<i64>,
    pub body: String,
    /// What a template that was put into it could not fill in.
    pub missing: Option<String>,
    pub later: LaterTyped,
    /// A text for later that was cancelled, to be changed.
    pub edit: Option<ScheduledTextId>,
    pub error: Option<String>,
}

pub fn thread(
    connection: &mut DbConnection,
    me: &User,
    known: &Known,
    door: Door,
    mut wanted: Wanted,
    now: NaiveDateTime,
) -> Stored<Thread> {
    let (id, address) = (known.row.id, door.address(known.row.id));
    let on_dashboard = sees_on_dashboard(&staff_member(me), &known.facts);
    let names: Vec<String> =
        conversations::linked_clients(connection, id)?.into_iter().map(|client| client.name).collect();
    let texts = wanted.rows.unwrap_or(TEXTS).clamp(TEXTS, MOST_TEXTS);
    let page = stored::page(connection, id, wanted.before, texts)?;
    let zone = zone(connection)?;
    let people = users::all(connection)?;
    let assignments = assignments::of_conversation(connection, id)?;
    let state = composer_state(connection, me, known)?;
    let acts = Acts {
        may_note_consent: may_note_consent(&staff_member(me), &known.facts),
        may_send: state == ComposerState::Open,
        opted_out: known.facts.opted_out,
        opens_log: may_manage_automations(&staff_member(me)),
    };
    let clocks = Clocks::of(connection, id, &names, now)?;
    if let Some(edit) = wanted.edit.filter(|_| wanted.body.is_empty())
        && let Some((body, later)) = later::given_back(connection, id, edit, &clocks, now)?
    {
        (wanted.body, wanted.later) = (body, later);
    }
    let scheduled = match wanted.before {
        None => later::scheduled(connection, me, known, &clocks)?,
        Some(_) => Vec::new(),
    };
    let label = gateways::number(connection, known.row.number_id)?.map(|number| number.label);
    Ok(Thread {
        id,
        record: door.record(),
        title: title_of(&names, &known.row.phone),
        client: match known.facts.clients.as_slice() {
            [only] if may_read_client(&staff_member(me), only) => Some(only.id),
            _ => None,
        },
        phone: (!names.is_empty()).then(|| OutsideAddress::from_gateway(&known.row.phone).display()),
        our_number: our_number(label, &known.row.number),
        assigned: assigned(me, known, &people, &assignments, now, zone),
        closed: known.row.closed,
        may_close: on_dashboard && me.may.sms_access >= SmsAccess::Create,
        blocked: known.row.blocked,
        may_block: may_block(&staff_member(me), &known.facts),
        linking: if door == Door::Dashboard { linking(me, known) } else { Linking::default() },
        consent: consent(connection, known, door)?,
        older: page.messages.first().filter(|_| page.older).map(|oldest| format!("{address}?before={}", oldest.id)),
        refresh: refresh(&address, &wanted),
        entries: entries(page, &names, acts, wanted.new, now, zone),
        scheduled,
        composer: Composer {
            state,
            warning: not_told(me),
            quiet: clocks.warning(),
            later: later::send_later(&clocks, wanted.later, now),
            body: wanted.body,
            replies: saved_replies(connection, me, &format!("/conversations/{id}/draft"), wanted.missing)?,
            error: wanted.error,
        },
        error: None,
    })
}

/// A record has a page for each of its phones; a phone that it lost has one in the conversation only.
fn consent(connection: &mut DbConnection, known: &Known, door: Door) -> Stored<Option<String>> {
    let Door::Record(client) = door else { return Ok(Some(format!("/conversations/{}/consent", known.row.id))) };
    let phones = client_phones::of_client(connection, client)?;
    let has_phone = phones.iter().any(|one| one.phone == known.row.phone);
    Ok(has_phone.then(|| of_client_address(client, &known.row.phone)))
}

/// The thread as it is on the screen now: the divider stays where it stood, words that were given back stay in the composer.
fn refresh(address: &str, wanted: &Wanted) -> String {
    let asked = [("before", wanted.before), ("new", wanted.new), ("edit", wanted.edit)];
    let asked = asked.iter().filter_map(|(name, id)| id.map(|id| format!("{name}={id}")));
    match asked.collect::<Vec<_>>().join("&") {
        query if query.is_empty() => address.to_owned(),
        query => format!("{address}?{query}"),
    }
}

/// What somebody should know who writes from a record and has no dashboard.
pub fn not_told(me: &User) -> Option<String> {
    let why = "You will not be told of the reply: your role has no access to SMS Conversations.";
    (!can_be_told(&staff_member(me))).then(|| why.to_owned())
}

/// Which number of ours: its label and the phone.
pub fn our_number(label: Option<String>, phone: &str) -> String {
    let phone = OutsideAddress::from_gateway(phone).display();
    match label {
        Some(label) if label != phone => format!("{label} {phone}"),
        _ => phone,
    }
}

fn composer_state(connection: &mut DbConnection, me: &User, known: &Known) -> Stored<ComposerState> {
    Ok(match why_locked(connection, me, known)? {
        None => ComposerState::Open,
        Some(why) if me.may.sms_access < SmsAccess::Create => ComposerState::Absent(why),
        Some(why) => ComposerState::Locked(why),
    })
}

fn assigned(
    me: &User,
    known: &Known,
    people: &[User],
    assignments: &[Assignment],
    now: NaiveDateTime,
    zone: Tz,
) -> Assigned {
    let person = staff_member(me);
    let name_of = |id| people.iter().find(|user| user.id == id).map(|user| user.name.as_str());
    let chips = assignments.iter().map(|one| Chip {
        face: Face::new(one.user_id, &one.name),
        may_remove: may_remove(&person, &known.facts, one.user_id),
        note: format!("{}, {}", how_assigned(one, one.by.and_then(name_of)), format::relative(now, one.at, zone)),
        silent: people
            .iter()
            .find(|user| user.id == one.user_id && !can_be_told(&staff_member(user)))
            .and_then(|user| pickable(&staff_member(user)).err())
            .map(|why| format!("cannot be told ({why})")),
    });
    let others = people.iter().filter(|user| !known.facts.assigned.contains(&user.id));
    let (mut candidates, mut unpickable) = (Vec::new(), Vec::new());
    for user in others {
        let staff = staff_member(user);
        let note = if user.id == me.id { format!("{} · you", user.role) } else { user.role.clone() };
        match pickable(&staff) {
            Ok(()) if may_assign(&person, &known.facts, &staff) => {
                candidates.push(Candidate { face: Face::new(user.id, &user.name), note });
            }
            Ok(()) => {}
            Err(why) => unpickable.push(Unpickable { face: Face::new(user.id, &user.name), reason: why.to_string() }),
        }
    }
    // From a record one sees who is responsible and changes nothing of it
    if !sees_on_dashboard(&person, &known.facts) {
        return Assigned { chips: chips.collect(), ..Assigned::default() };
    }
    let may_assign = me.may.may_assign || !candidates.is_empty();
    Assigned { chips: chips.collect(), may_assign, candidates, unpickable }
}

fn how_assigned(one: &Assignment, by: Option<&str>) -> String {
    match (one.reason, by.or(one.automation.as_deref())) {
        (AssignmentReason::Picked, Some(by)) => format!("Assigned by {by}"),
        (AssignmentReason::Picked, None) => "Assigned".to_owned(),
        (AssignmentReason::SelfAssigned, _) => "Assigned themselves".to_owned(),
        (AssignmentReason::Replied, _) => "Assigned by replying".to_owned(),
        (AssignmentReason::Automation, Some(automation)) => format!("Assigned by automation {automation}"),
        (AssignmentReason::Automation, None) => "Assigned by an automation".to_owned(),
    }
}

/// One line of time: texts and happenings in their order, with a divider at each new day and one where unread texts begin.
fn entries(
    page: stored::Page,
    clients: &[String],
    acts: Acts,
    new: Option<MessageId>,
    now: NaiveDateTime,
    zone: Tz,
) -> Vec<Entry> {
    let mut moments: Vec<(NaiveDateTime, bool, Entry)> = Vec::new();
    for text in page.messages {
        let is_new = Some(text.id) == new;
        moments.push((text.at, is_new, Entry::Message(Box::new(bubble(text, clients, acts, now, zone)))));
    }
    for entry in page.timeline {
        let (text, time) = (happening(&entry), clock_label(entry.at, zone));
        moments.push((entry.at, false, Entry::Happening(Happening { kind: entry.kind, text, time })));
    }
    // What a text brought about has its very moment, and stands below it
    moments.sort_by_key(|(at, ..)| *at);
    let mut entries = Vec::new();
    let mut day = None;
    for (at, is_new, entry) in moments {
        let date = format::date(at, zone);
        if day.replace(date) != Some(date) {
            entries.push(Entry::Day(TimeLabel {
                label: format::day_label(now, at, zone),
                full: format::in_full(at, zone),
                iso: format::iso(at),
            }));
        }
        if is_new {
            entries.push(Entry::New);
        }
        entries.push(entry);
    }
    entries
}

/// The divider above says which day.
pub fn clock_label(at: NaiveDateTime, zone: Tz) -> TimeLabel {
    TimeLabel { label: format::clock(at, zone), full: format::in_full(at, zone), iso: format::iso(at) }
}

fn happening(entry: &stored::Entry) -> String {
    let actor = entry.actor.as_deref().unwrap_or("Somebody");
    let subject = entry.subject.as_deref().unwrap_or("somebody");
    match entry.kind {
        TimelineKind::Assigned => match entry.reason {
            Some(AssignmentReason::Replied) => format!("{subject} replied and is assigned"),
            Some(AssignmentReason::SelfAssigned) => format!("{subject} took this conversation"),
            Some(AssignmentReason::Automation) => {
                format!("{subject} was assigned by {}", entry.automation.as_deref().unwrap_or("an automation"))
            }
            Some(AssignmentReason::Picked) | None => format!("{actor} assigned {subject}"),
        },
        TimelineKind::Unassigned if entry.actor == entry.subject => format!("{subject} left this conversation"),
        TimelineKind::Unassigned => format!("{actor} removed {subject}"),
        TimelineKind::Closed => format!("{actor} closed this conversation"),
        TimelineKind::Reopened if entry.actor.is_none() => "Reopened by a new text".to_owned(),
        TimelineKind::Reopened => format!("{actor} reopened this conversation"),
        TimelineKind::OptedOut if entry.actor.is_some() => format!("{actor} opted this phone out"),
        TimelineKind::OptedOut => "Opted out of texts with STOP".to_owned(),
        TimelineKind::OptedIn if entry.actor.is_some() => format!("{actor} undid the opt-out"),
        TimelineKind::OptedIn => "Opted in again with START".to_owned(),
        TimelineKind::Blocked => format!("{actor} blocked this phone"),
        TimelineKind::ScheduledCancelled if entry.actor.is_some() => {
            format!("{actor} cancelled a text that {subject} had scheduled")
        }
        TimelineKind::ScheduledCancelled => format!("{subject} had scheduled a text, cancelled because they replied"),
        TimelineKind::Unblocked => format!("{actor} unblocked this phone"),
    }
}
