//! What automations refer to: it cannot be deleted under them, and who leaves can be replaced in them.

use chrono::NaiveDateTime;

use crate::domain::{AutomationId, LeadStatusId, MergeTemplate, PositionId, Topic, UserId};
use crate::services::merge::{fields, fields_without};
use crate::services::{By, Done, Error};
use crate::store::{DbConnection, Stored, Writer, automation_uses};

/// So many are named; the rest is counted.
const NAMED: usize = 3;
/// There are never so many.
const ALL: i64 = 10_000;

/// Refuses to delete something while there are such automations.
pub(in crate::services) fn no_automation_uses(names: &[String], what: &str) -> Done<()> {
    if names.is_empty() {
        return Ok(());
    }
    let mut who: Vec<String> = names.iter().take(NAMED).map(|name| format!("“{name}”")).collect();
    let others = names.len() - who.len();
    if others > 0 {
        who.push(format!("{others} more"));
    }
    let last = who.pop().unwrap_or_default();
    let who = if who.is_empty() { last } else { format!("{} and {last}", who.join(", ")) };
    let (noun, uses, there) = if names.len() == 1 {
        ("The automation", "uses", "it there")
    } else {
        ("The automations", "use", "it in each")
    };
    Err(Error::Invalid(format!("{noun} {who} {uses} this {what}. Replace {there}, or delete the automation first.")))
}

/// The names of automations that assign the holder of a position, ask for it, or name its holder in a text.
pub(in crate::services) fn uses_of_position(
    connection: &mut DbConnection,
    position: PositionId,
) -> Stored<Vec<String>> {
    let mut names = names(automation_uses::of_position(connection, position)?);
    let bodies = automation_uses::bodies(connection)?;
    if !bodies.is_empty() {
        let (all, without) = (fields(connection)?, fields_without(connection, position)?);
        let readable = |body: &str, fields| MergeTemplate::parse(body, fields).is_ok();
        let say = bodies.into_iter().filter(|(_, body)| readable(body, &all) && !readable(body, &without));
        names.extend(say.map(|(name, _)| name));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// The names of automations that wait for a lead status, or ask for it.
pub(in crate::services) fn uses_of_lead_status(
    connection: &mut DbConnection,
    status: LeadStatusId,
) -> Stored<Vec<String>> {
    Ok(names(automation_uses::of_lead_status(connection, status)?))
}

fn names(found: Vec<(AutomationId, String)>) -> Vec<String> {
    found.into_iter().map(|(_, name)| name).collect()
}

/// Wherever somebody is assigned by name, somebody else is from now on, or nobody.
pub(in crate::services) fn assign_instead(
    tx: &mut Writer<'_>,
    by: &By,
    from: UserId,
    to: Option<UserId>,
    now: NaiveDateTime,
) -> Stored<()> {
    let named = automation_uses::of_user(tx, from, ALL)?;
    if named.is_empty() {
        return Ok(());
    }
    automation_uses::replace_user(tx, from, to, now)?;
    let instead = to.map_or_else(|| "nobody".to_owned(), |to| format!("user {to}"));
    for (id, name) in named {
        let detail = format!("{name}: assigns {instead} instead of user {from}");
        by.record(tx, "automation.updated", format_args!("automation {id}"), &detail, now)?;
    }
    tx.announce(Topic::Everyone);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::no_automation_uses;

    #[test]
    fn what_automations_use_is_refused_with_their_names() {
        let refused = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            no_automation_uses(&names, "position").unwrap_err().to_string()
        };
        assert_eq!(
            refused(&["Reminder"]),
            "The automation “Reminder” uses this position. Replace it there, or delete the automation first."
        );
        assert!(refused(&["A", "B"]).starts_with("The automations “A” and “B” use this position."));
        assert!(refused(&["A", "B", "C", "D", "E"]).starts_with("The automations “A”, “B”, “C” and 2 more use"));
        assert!(no_automation_uses(&[], "position").is_ok());
    }
}
