use chrono::NaiveDateTime;

use super::skipping::skip;
use super::{About, Calendar, begin, first_due};
use crate::automation::Clockwork;
use crate::domain::{ClientId, Occurrence, TriggerKind, WhyNot};
use crate::store::{Stored, Writer, automations};

/// A record has an appointment that it did not have before. Where the sweep looked already at what comes true then, its
/// run begins here; where the moment itself has passed, that is written down and nothing is sent. Everything else is
/// found by the sweep. The run of the appointment before ends by itself when its time comes.
pub(in crate::services) fn appointment_set(
    tx: &mut Writer<'_>,
    client: ClientId,
    appointment_at: Option<NaiveDateTime>,
    now: NaiveDateTime,
) -> Stored<()> {
    let Some(at) = appointment_at else { return Ok(()) };
    let waiting = automations::on_trigger(tx, TriggerKind::Appointment)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let calendar = Calendar::of_client(tx, Some(client))?;
    let (occurrence, about) =
        (Occurrence::Appointment { client, at }, About { client: Some(client), conversation: None });
    for automation in &waiting {
        let Some(clockwork) = Clockwork::of(&automation.definition.trigger) else { continue };
        let moment = clockwork.moment(at, calendar.zone);
        let due_at = first_due(automation, moment, &calendar);
        if moment <= now {
            skip(tx, automation, &occurrence, about, (due_at, WhyNot::TooLate), now)?;
        } else if (clockwork.about(at), client) <= (automation.swept_until, automation.swept_id) {
            begin(tx, automation, &occurrence, about, due_at, now)?;
        }
    }
    Ok(())
}
