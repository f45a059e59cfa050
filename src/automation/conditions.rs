use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, Timelike as _};
use chrono_tz::Tz;

use super::local::wall_clock;
use crate::domain::{Condition, LeadStatusId, PositionId, UserId, fold};

/// What conditions ask about.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// Nothing where there is no record.
    pub lead_status: Option<LeadStatusId>,
    pub lead_source: String,
    pub holders: BTreeMap<PositionId, UserId>,
    /// A text of ours went to this phone before the run began.
    pub texted_before: bool,
    pub began_at: NaiveDateTime,
    pub zone: Tz,
}

/// The first condition that is not met. Lead statuses are alternatives, and so are lead sources.
pub fn unmet<'c>(conditions: &'c [Condition], known: &Circumstances) -> Option<&'c Condition> {
    let met_alternatives: BTreeSet<_> =
        conditions.iter().filter(|one| is_met(one, known)).map(|one| one.kind()).collect();
    conditions.iter().find(|one| match one {
        Condition::LeadStatus(_) | Condition::LeadSource(_) => !met_alternatives.contains(&one.kind()),
        _ => !is_met(one, known),
    })
}

fn is_met(condition: &Condition, known: &Circumstances) -> bool {
    match condition {
        Condition::LeadStatus(status) => known.lead_status == Some(*status),
        Condition::LeadSource(source) => fold(source.trim()) == fold(known.lead_source.trim()),
        Condition::PositionHeld(position) => known.holders.contains_key(position),
        Condition::PositionEmpty(position) => !known.holders.contains_key(position),
        Condition::TimeOfDay { from, to } => {
            let local = wall_clock(known.began_at, known.zone);
            let minute = local.hour() * 60 + local.minute();
            if from <= to { (*from..*to).contains(&minute) } else { !(*to..*from).contains(&minute) }
        }
        Condition::TextedBefore => known.texted_before,
        Condition::NeverTexted => !known.texted_before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Circumstances {
        Circumstances {
            lead_status: Some(3),
            lead_source: "Web site".to_owned(),
            holders: BTreeMap::from([(1, 10)]),
            texted_before: false,
            began_at: "2026-06-01T12:00:00".parse().unwrap(),
            zone: chrono_tz::America::Denver,
        }
    }

    #[test]
    fn everything_has_to_hold_and_of_lead_statuses_and_sources_one() {
        use Condition::*;
        // It is 6 o'clock in Denver
        for (name, conditions, missed) in [
            ("none at all", vec![], None),
            ("one of two statuses", vec![LeadStatus(2), LeadStatus(3)], None),
            ("neither of two statuses", vec![LeadStatus(1), LeadStatus(2)], Some(LeadStatus(1))),
            ("a source in another case", vec![LeadSource(" WEB SITE".to_owned())], None),
            ("another source", vec![LeadSource("Radio".to_owned())], Some(LeadSource("Radio".to_owned()))),
            ("held", vec![PositionHeld(1), PositionEmpty(2)], None),
            ("held, but to be empty", vec![LeadStatus(3), PositionEmpty(1)], Some(PositionEmpty(1))),
            ("empty, but to be held", vec![PositionHeld(2)], Some(PositionHeld(2))),
            ("never texted", vec![NeverTexted], None),
            ("not texted yet", vec![TextedBefore], Some(TextedBefore)),
            ("from six", vec![TimeOfDay { from: 360, to: 361 }], None),
            ("until six", vec![TimeOfDay { from: 300, to: 360 }], Some(TimeOfDay { from: 300, to: 360 })),
            ("over midnight", vec![TimeOfDay { from: 1080, to: 361 }], None),
            (
                "over midnight, too late",
                vec![TimeOfDay { from: 1080, to: 360 }],
                Some(TimeOfDay { from: 1080, to: 360 }),
            ),
        ] {
            assert_eq!(unmet(&conditions, &known()), missed.as_ref(), "{name}");
        }
    }

    #[test]
    fn without_a_record_no_status_is_the_right_one() {
        let nobody = Circumstances { lead_status: None, ..known() };
        assert!(unmet(&[Condition::LeadStatus(3)], &nobody).is_some());
    }
}
