use crate::assignment_policy::pickable;
use crate::services::facts::staff_member;
use crate::services::{lead_statuses, merge, message_templates};
use crate::store::{DbConnection, Stored, gateways, lead_statuses as statuses, positions, users};
use crate::web::conversations::our_number;
use crate::web::view::automations::{Choices, PersonChoice};

/// What the editor offers. Who cannot be assigned is there too, with the reason.
pub fn choices(connection: &mut DbConnection) -> Stored<Choices> {
    let leaving = lead_statuses::leaving(connection)?;
    let statuses = statuses::all(connection)?.into_iter().filter(|status| !leaving.contains(&status.id));
    let numbers = gateways::numbers(connection)?.into_iter();
    let numbers = numbers.map(|number| (number.id, our_number(Some(number.label), &number.phone)));
    let people = users::all(connection)?.into_iter().map(|user| PersonChoice {
        id: user.id,
        why_not: pickable(&staff_member(&user)).err().map(|why| why.to_string()),
        name: user.name,
    });
    Ok(Choices {
        statuses: statuses.map(|status| (status.id, status.name)).collect(),
        positions: positions::all(connection)?.into_iter().map(|position| (position.id, position.name)).collect(),
        people: people.collect(),
        numbers: numbers.collect(),
        templates: message_templates::all(connection)?.into_iter().map(|one| (one.id, one.name)).collect(),
        fields: merge::fields(connection)?.iter().cloned().collect(),
    })
}
