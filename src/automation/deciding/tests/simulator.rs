//! Many runs driven through [`decide`] as the worker drives them, with the rows of their numbers.

use chrono_tz::Tz;

use super::*;
use crate::automation::after;
use crate::domain::{MergeFields, Wait};

pub fn at(time: &str) -> NaiveDateTime {
    time.parse().unwrap()
}

pub fn template(body: &str) -> Option<MergeTemplate> {
    MergeTemplate::parse(body, &MergeFields::new([])).ok()
}

/// Everything that a moment borrows.
#[derive(Debug, Clone)]
pub struct Scene {
    pub now: NaiveDateTime,
    pub due_at: NaiveDateTime,
    pub slot_at: Option<NaiveDateTime>,
    pub is_first: bool,
    pub phone: Phone,
    pub subject: Subject,
    pub before: Option<NaiveDateTime>,
    pub conditions: Vec<Condition>,
    pub circumstances: Circumstances,
    pub quiet_hours: QuietHours,
    pub plan_has_sms: bool,
    pub number_free_at: NaiveDateTime,
    pub template: Option<MergeTemplate>,
    pub values: MergeValues,
}

impl Scene {
    /// The first step of a run in Denver is due, the number is idle, and nothing stands in the way.
    pub fn new(now: &str) -> Self {
        let mut values = MergeValues::default();
        values.set("client.first_name", "Karen");
        Self {
            now: at(now),
            due_at: at(now),
            slot_at: None,
            is_first: true,
            phone: Phone::Open { introduced: true },
            subject: Subject::Same,
            before: None,
            conditions: Vec::new(),
            circumstances: Circumstances { zone: chrono_tz::America::Denver, ..Circumstances::default() },
            quiet_hours: QuietHours::default(),
            plan_has_sms: true,
            number_free_at: at(now),
            template: template("Hi {{client.first_name}}"),
            values,
        }
    }

    pub fn moment(&self) -> Moment<'_> {
        Moment {
            now: self.now,
            conditions: &self.conditions,
            is_first: self.is_first,
            due_at: self.due_at,
            slot_at: self.slot_at,
            phone: self.phone,
            subject: self.subject,
            before: self.before,
            circumstances: &self.circumstances,
            quiet_hours: &self.quiet_hours,
            plan_has_sms: self.plan_has_sms,
            number_free_at: self.number_free_at,
            company: "Summit Ridge",
            template: self.template.as_ref(),
            values: &self.values,
        }
    }
}

/// A run on its way through its steps.
#[derive(Debug, Clone)]
pub struct Run {
    pub zone: Tz,
    pub number: usize,
    pub due_at: NaiveDateTime,
    /// What is waited after the first text, after the second, …
    pub waits: Vec<Wait>,
    /// From when on its phone is like this, in the order of time.
    pub phones: Vec<(NaiveDateTime, Phone)>,
}

impl Run {
    fn phone(&self, now: NaiveDateTime) -> Phone {
        let known = self.phones.iter().rev().find(|(since, _)| *since <= now);
        known.map_or(Phone::Open { introduced: true }, |(_, phone)| *phone)
    }
}

/// What was decided, when, and for when the step was due.
#[derive(Debug, Clone)]
pub struct Taken {
    pub run: usize,
    pub now: NaiveDateTime,
    pub due_at: NaiveDateTime,
    pub phone: Phone,
    pub decision: Decision,
}

/// Takes every step of every run when it is due, so many seconds late, until all are over.
pub fn simulate(runs: &[Run], quiet_hours: QuietHours, mut late: impl FnMut() -> i64) -> Vec<Taken> {
    struct Place {
        step: usize,
        due_at: NaiveDateTime,
        /// As the step was due before anything deferred it.
        meant_for: NaiveDateTime,
        slot_at: Option<NaiveDateTime>,
    }
    let mut taken = Vec::new();
    let mut rows = vec![NaiveDateTime::MIN; runs.iter().map(|run| run.number + 1).max().unwrap_or(0)];
    let start = |run: &Run| Some(Place { step: 0, due_at: run.due_at, meant_for: run.due_at, slot_at: None });
    let mut places: Vec<Option<Place>> = runs.iter().map(start).collect();
    let mut now = NaiveDateTime::MIN;
    let mut scene = Scene { quiet_hours, ..Scene::new("2026-01-01T00:00:00") };
    loop {
        let next = places.iter().enumerate().filter_map(|(index, place)| Some((place.as_ref()?.due_at, index))).min();
        let Some((due_at, index)) = next else {
            return taken;
        };
        let (run, place) = (&runs[index], places[index].as_mut().unwrap());
        now = now.max(due_at + TimeDelta::seconds(late()));
        scene.now = now;
        scene.due_at = due_at;
        scene.slot_at = place.slot_at;
        scene.is_first = place.step == 0;
        scene.phone = run.phone(now);
        scene.circumstances.zone = run.zone;
        scene.number_free_at = rows[run.number];
        let moment = scene.moment();
        let decision = decide(&moment);
        rows[run.number] = decision.number_free_at(&moment);
        let (due_at, phone) = (place.meant_for, scene.phone);
        match &decision {
            Decision::Defer { until, reserved, .. } => {
                assert!(*until > now, "time goes forward: {decision:?} at {now}");
                place.due_at = *until;
                place.slot_at = reserved.then_some(*until);
            }
            Decision::Send { .. } => match run.waits.get(place.step) {
                Some(wait) => {
                    let due_at = after(now, *wait, run.zone);
                    *place = Place { step: place.step + 1, due_at, meant_for: due_at, slot_at: None };
                }
                None => places[index] = None,
            },
            Decision::End { .. } => places[index] = None,
        }
        taken.push(Taken { run: index, now, due_at, phone, decision });
        assert!(taken.len() <= 50 * runs.iter().map(|run| run.waits.len() + 1).sum::<usize>(), "it has an end");
    }
}

/// When texts were sent from a number, in their order.
pub fn sent(taken: &[Taken], runs: &[Run], number: usize) -> Vec<NaiveDateTime> {
    let theirs = taken.iter().filter(|taken| runs[taken.run].number == number);
    theirs.filter(|taken| matches!(taken.decision, Decision::Send { .. })).map(|taken| taken.now).collect()
}
