use chrono::NaiveDateTime;

use super::{By, Done, Error};
use crate::domain::{NumberId, Topic};
use crate::store::{Writer, gateways};

const LONGEST: usize = 60;

/// What a number of ours is called where people choose the one to send from.
pub fn label_number(tx: &mut Writer<'_>, by: &By, id: NumberId, label: &str, now: NaiveDateTime) -> Done<()> {
    let all = gateways::every_number(tx)?;
    let number = all.iter().find(|number| number.id == id).ok_or(Error::NotFound)?;
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    match label.chars().count() {
        0 => return Err(Error::Invalid("Enter a label, such as “Main office”.".to_owned())),
        1..=LONGEST => {}
        _ => return Err(Error::Invalid(format!("Use at most {LONGEST} characters for the label."))),
    }
    if label == number.label {
        return Ok(());
    }
    gateways::set_label(tx, id, &label)?;
    by.record(tx, "number.labelled", format!("number {id}"), &format!("{} → {label}", number.label), now)?;
    tx.announce(Topic::Everyone);
    Ok(())
}
