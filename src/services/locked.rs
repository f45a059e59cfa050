//! Why somebody who sees a conversation may not send in it: why, since when, and what would unlock it.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::facts::{Known, staff_member};
use crate::assignment_policy::may_send;
use crate::domain::{ConsentSource, SmsAccess, TimelineKind};
use crate::store::opt_outs::OptOut;
use crate::store::users::User;
use crate::store::{DbConnection, Stored, company, opt_outs, timeline};

pub const MAY_ONLY_READ: &str = "Your role may read texts but not send them.";

/// None if they may. The same sentence beside the composer, from the record's door, and for a new text.
pub fn why_locked(connection: &mut DbConnection, sender: &User, known: &Known) -> Stored<Option<String>> {
    if sender.may.sms_access < SmsAccess::Create {
        return Ok(Some(MAY_ONLY_READ.to_owned()));
    }
    why_silent(connection, sender, known)
}

/// The same for who may send at all, whether they saw the conversation before or not.
pub(super) fn why_silent(connection: &mut DbConnection, sender: &User, known: &Known) -> Stored<Option<String>> {
    let zone = company::find(connection)?.and_then(|company| company.time_zone.parse().ok()).unwrap_or(Tz::UTC);
    if let Some(out) = opt_outs::find(connection, &known.row.phone)? {
        return Ok(Some(opted_out(out, zone)));
    }
    if known.facts.blocked {
        let since = timeline::newest_with(connection, &known.row.phone, TimelineKind::Blocked)?;
        return Ok(Some(blocked(since, zone)));
    }
    Ok((!may_send(&staff_member(sender), &known.facts)).then(|| "You may not send in this conversation.".to_owned()))
}

fn opted_out(out: OptOut, zone: Tz) -> String {
    let since = day_and_time(out.since, zone);
    match out.source {
        ConsentSource::Text => {
            format!(
                "This phone opted out with STOP on {since}. Nothing can be sent until they text START. You can still call."
            )
        }
        ConsentSource::Gateway => format!(
            "This phone opted out; the gateway told us on {since}. Nothing can be sent until they text START. You can \
             still call."
        ),
        ConsentSource::Staff | ConsentSource::Import => format!(
            "This phone was opted out by hand on {since}. Nothing can be sent until they text START, or until somebody \
             undoes it in the consent record."
        ),
    }
}

fn blocked(since: Option<NaiveDateTime>, zone: Tz) -> String {
    match since {
        Some(since) => {
            format!("This phone is blocked since {}. Unblock it to text.", day_and_time(since, zone))
        }
        None => "This phone is blocked. Unblock it to text.".to_owned(),
    }
}

/// "3 Mar 2025, 14:05", in the company's zone.
fn day_and_time(at: NaiveDateTime, zone: Tz) -> String {
    at.and_utc().with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string()
}
