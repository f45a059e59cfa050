use std::collections::{BTreeMap, BTreeSet};

use super::holdings;
use crate::assignment_policy::Staff;
use crate::domain::UserId;
use crate::services::facts::staff_member;
use crate::services::hand_over::HandOver;
use crate::services::{By, Change, Done, ProposedUser, preview_user, propose_user};
use crate::store::users::{self, User};
use crate::store::{DbConnection, Stored};
use crate::web::error::Error;
use crate::web::settings::consequences::{for_everybody, last_chance};
use crate::web::settings::foreseeing::foreseen;
use crate::web::site::Site;
use crate::web::view::settings::{Changed, Held, UserPreviewPage};
use crate::web::view::{Face, Section};

/// What this change would do. Nothing is saved.
pub fn preview(
    site: &Site,
    connection: &mut DbConnection,
    by: &By,
    id: UserId,
    change: &Change,
    fields: Vec<(&'static str, String)>,
) -> Result<Done<UserPreviewPage>, Error> {
    let proposed = match propose_user(connection, by, id, change) {
        Ok(proposed) => proposed,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(me) = users::find(connection, by.user.id)? else { return Err(Error::NotFound) };
    let future = preview_user(connection, &proposed)?;
    let then = Staff { active: proposed.active, may: *proposed.may(), ..staff_member(&proposed.user) };
    Ok(Ok(UserPreviewPage {
        shell: site.shell(connection, &me, Section::Settings)?,
        face: Face::new(id, &proposed.user.name),
        fields,
        changes: changes(&proposed),
        own: id == me.id,
        last_chance: last_chance(&me, &proposed.user.may, &BTreeMap::from([(id, then)]), &future.people),
        sentences: sentences(site, connection, &me, &proposed)?,
        deactivates: proposed.user.active && !proposed.active,
        held: held(connection, &me, &proposed)?,
        foreseen: foreseen(&me, &BTreeSet::from([id]), &future),
    }))
}

fn changes(proposed: &ProposedUser) -> Vec<Changed> {
    let ProposedUser { user, role, active, hand_over, taker } = proposed;
    let role = role.as_ref().map(|role| Changed { what: "Role", from: user.role.clone(), to: role.name.clone() });
    let state = |active: bool| if active { "Active" } else { "Deactivated" }.to_owned();
    let state =
        (*active != user.active).then(|| Changed { what: "Signing in", from: state(user.active), to: state(*active) });
    let held = (*hand_over != HandOver::Leave).then(|| Changed {
        what: "What they hold",
        from: user.name.clone(),
        to: taker.as_ref().map_or_else(|| "Nobody".to_owned(), |taker| taker.name.clone()),
    });
    [role, state, held].into_iter().flatten().collect()
}

/// What they hold, where it is decided about: with a deactivation, and afterwards.
fn held(connection: &mut DbConnection, me: &User, proposed: &ProposedUser) -> Stored<Option<Held>> {
    let ProposedUser { user, active, hand_over, taker, .. } = proposed;
    if *active {
        return Ok(None);
    }
    let (conversations, positions) =
        (holdings::conversations(connection, me, user.id)?, holdings::positions(connection, me, user.id)?);
    let words = match (hand_over, taker) {
        _ if conversations.is_empty && positions.is_empty => "They hold nothing.".to_owned(),
        (HandOver::Leave, _) => format!(
            "You chose to leave it: assignments and positions stay with {}, who cannot be told of texts any more.",
            user.name
        ),
        (HandOver::To(_), Some(taker)) => format!("All of this moves to {}.", taker.name),
        _ => "They would be unassigned from these conversations, and these positions become free.".to_owned(),
    };
    Ok(Some(Held { words, conversations, positions }))
}

/// What it means for this person, whichever conversation or client it is.
fn sentences(site: &Site, connection: &mut DbConnection, me: &User, proposed: &ProposedUser) -> Stored<Vec<String>> {
    let ProposedUser { user, role, active, .. } = proposed;
    let mut sentences = Vec::new();
    match (user.active, active) {
        (true, false) => sentences.extend([
            "They would be signed out everywhere at once, and no device of theirs would ring any more.",
            "Links that they made for others would stop working.",
        ]),
        (false, true) => {
            sentences.push("They could sign in again, with their old password or a reset link.");
        }
        (false, false) if role.is_some() => {
            sentences.push("They are deactivated: the rest holds once somebody activates them.");
        }
        _ => {}
    }
    let mut sentences: Vec<String> = sentences.into_iter().map(str::to_owned).collect();
    // Who is let out sees nothing, whatever the role
    if let Some(role) = role.as_ref().filter(|_| *active || !user.active) {
        sentences.extend(for_everybody(site, connection, me, (&user.may, &role.may))?);
    }
    sentences.extend(in_automations(connection, me, proposed)?);
    Ok(sentences)
}

/// What becomes of the automations that assign them by name.
fn in_automations(connection: &mut DbConnection, me: &User, proposed: &ProposedUser) -> Stored<Option<String>> {
    let ProposedUser { user, active, hand_over, taker, .. } = proposed;
    let holding = holdings::automations(connection, me, user.id)?;
    if *active || holding.is_empty || !user.active && *hand_over == HandOver::Leave {
        return Ok(None);
    }
    let them =
        if holding.count == "1" { "1 automation assigns" } else { &format!("{} automations assign", holding.count) };
    let names: Vec<String> = holding.named.iter().map(|(name, _)| format!("“{name}”")).collect();
    let which = match (names.is_empty(), holding.more) {
        (true, _) => String::new(),
        (false, false) => format!(" ({})", names.join(", ")),
        (false, true) => format!(" ({} and more)", names.join(", ")),
    };
    let then = match (hand_over, taker) {
        (HandOver::Leave, _) => "They stay in it, and are passed over while they are deactivated.".to_owned(),
        (_, Some(taker)) => format!("{} would be assigned instead.", taker.name),
        (_, None) => "They would be taken out, and the others are assigned as before.".to_owned(),
    };
    Ok(Some(format!("{them} them by name{which}. {then}")))
}
