//! Each rule, and which goes before which.

use super::simulator::{Scene, at, template};
use super::*;
use crate::domain::SmsText;

/// Noon in Denver on a Wednesday, when nothing stands in the way.
const NOON: &str = "2026-11-25T19:00:00";
const NIGHT: &str = "2026-11-26T05:00:00";
const NINE: &str = "2026-11-26T16:00:00";

fn scene() -> Scene {
    Scene::new(NOON)
}

fn end(why: WhyNot) -> Decision {
    Decision::End { why }
}

fn defer(until: &str, why: Option<WhyNot>, reserved: bool) -> Decision {
    Decision::Defer { until: at(until), why, reserved }
}

fn hold(rows: Vec<(&str, Scene, Decision)>) {
    for (name, scene, decision) in rows {
        assert_eq!(decide(&scene.moment()), decision, "{name}");
    }
}

#[test]
fn a_step_that_nothing_forbids_is_sent() {
    let send = |text: &str, introduces| Decision::Send { text: SmsText::parse(text).unwrap(), introduces };
    hold(vec![
        ("at its time", scene(), send("Hi Karen", false)),
        ("long after its time", Scene { due_at: at("2026-01-01T00:00:00"), ..scene() }, send("Hi Karen", false)),
        (
            "to a phone that was never told who writes",
            Scene { phone: Phone::Open { introduced: false }, ..scene() },
            send("Summit Ridge: Hi Karen\nReply STOP to opt out.", true),
        ),
        (
            "with blanks around it",
            Scene { template: template(" {{client.first_name}} \n"), ..scene() },
            send("Karen", false),
        ),
        (
            "a later text after the appointment",
            Scene { before: Some(at(NOON)), is_first: false, ..scene() },
            send("Hi Karen", false),
        ),
        (
            "after the client wrote, if it is no first step",
            Scene { subject: Subject::NoLongerTrue, is_first: false, ..scene() },
            send("Hi Karen", false),
        ),
        (
            "in its place in the row",
            Scene { slot_at: Some(at(NOON)), number_free_at: at("2026-11-25T19:30:00"), ..scene() },
            send("Hi Karen", false),
        ),
        (
            "a little after its place",
            Scene { slot_at: Some(at("2026-11-25T18:59:00")), number_free_at: at("2026-11-25T19:30:00"), ..scene() },
            send("Hi Karen", false),
        ),
    ]);
}

#[test]
fn a_run_ends_where_a_text_would_be_wrong() {
    let phone = |phone| Scene { phone, ..scene() };
    let subject = |subject| Scene { subject, ..scene() };
    let body = |body: &str| Scene { template: template(body), ..scene() };
    hold(vec![
        ("without a phone", phone(Phone::Missing), end(WhyNot::NoPhone)),
        ("without a number of ours", phone(Phone::NoNumber), end(WhyNot::NoNumber)),
        ("opted out", phone(Phone::OptedOut), end(WhyNot::OptedOut)),
        ("blocked", phone(Phone::Blocked), end(WhyNot::PhoneBlocked)),
        ("the client is gone", subject(Subject::Gone), end(WhyNot::ClientGone)),
        ("the appointment was moved", subject(Subject::AnotherAppointment), end(WhyNot::AppointmentChanged)),
        (
            "the appointment was moved after the first text",
            Scene { is_first: false, ..subject(Subject::AnotherAppointment) },
            end(WhyNot::AppointmentChanged),
        ),
        ("the appointment has begun", Scene { before: Some(at(NOON)), ..scene() }, end(WhyNot::TooLate)),
        (
            "it would have begun once texts may leave again",
            Scene { now: at(NIGHT), due_at: at(NIGHT), before: Some(at(NINE)), ..scene() },
            end(WhyNot::TooLate),
        ),
        (
            "a later text would have to wait past it",
            Scene { now: at(NIGHT), due_at: at(NIGHT), before: Some(at(NINE)), is_first: false, ..scene() },
            end(WhyNot::TooLate),
        ),
        ("somebody wrote before the first text", subject(Subject::NoLongerTrue), end(WhyNot::NoLongerTrue)),
        ("a plan without SMS", Scene { plan_has_sms: false, ..scene() }, end(WhyNot::PlanWithoutSms)),
        (
            "a condition that is not met",
            Scene { conditions: vec![Condition::TextedBefore], ..scene() },
            end(WhyNot::Conditions),
        ),
        ("nothing but an empty field", body("{{client.last_name|}}"), end(WhyNot::TextEmpty)),
        ("a field that nobody knows", body("Hi {{client.shoe_size}}"), end(WhyNot::TextUnreadable)),
        ("1,601 characters", body(&"x".repeat(1_601)), end(WhyNot::TextTooLong)),
        (
            "1,600 characters that become more by the introduction",
            Scene { phone: Phone::Open { introduced: false }, ..body(&"x".repeat(1_600)) },
            end(WhyNot::TextTooLong),
        ),
    ]);
}

#[test]
fn a_step_waits_for_its_time_for_the_day_and_for_its_turn() {
    let night = || Scene { now: at(NIGHT), number_free_at: at(NIGHT), ..scene() };
    let busy = |free: &str| Scene { number_free_at: at(free), ..scene() };
    let quiet = Some(WhyNot::QuietHours);
    hold(vec![
        (
            "before its time",
            Scene { due_at: at("2026-11-25T19:00:01"), ..scene() },
            defer("2026-11-25T19:00:01", None, false),
        ),
        (
            "before its place",
            Scene {
                due_at: at("2026-11-25T19:00:09"),
                slot_at: Some(at("2026-11-25T19:00:09")),
                ..busy("2026-11-25T19:01:00")
            },
            defer("2026-11-25T19:00:09", None, true),
        ),
        ("at night", night(), defer(NINE, quiet, false)),
        ("at night, in its place", Scene { slot_at: Some(at(NIGHT)), ..night() }, defer(NINE, quiet, false)),
        (
            "at night in Denver, for a client in Tokyo",
            Scene {
                now: at("2026-11-26T12:00:00"),
                circumstances: Circumstances { zone: chrono_tz::Asia::Tokyo, ..Circumstances::default() },
                ..scene()
            },
            defer("2026-11-27T00:00:00", quiet, false),
        ),
        ("behind others", busy("2026-11-25T19:00:05"), defer("2026-11-25T19:00:05", Some(WhyNot::Pacing), true)),
        ("behind others until the night", busy("2026-11-26T03:00:00"), defer(NINE, quiet, false)),
        (
            "a place that was missed by too much",
            Scene { slot_at: Some(at("2026-11-25T18:58:59")), ..busy("2026-11-25T19:30:00") },
            defer("2026-11-25T19:30:00", Some(WhyNot::Pacing), true),
        ),
    ]);
}

#[test]
fn of_several_reasons_the_first_is_told() {
    let all_wrong = || Scene {
        now: at(NIGHT),
        due_at: at("2026-11-27T00:00:00"),
        subject: Subject::Gone,
        phone: Phone::OptedOut,
        plan_has_sms: false,
        conditions: vec![Condition::TextedBefore],
        template: template(""),
        number_free_at: at("2026-11-28T00:00:00"),
        ..scene()
    };
    let due = || Scene { due_at: at(NIGHT), ..all_wrong() };
    let there = || Scene { subject: Subject::Same, ..due() };
    let reachable = || Scene { phone: Phone::Open { introduced: true }, ..there() };
    let paid = || Scene { plan_has_sms: true, ..reachable() };
    let met = || Scene { conditions: Vec::new(), ..paid() };
    let worded = || Scene { template: template("Hi"), ..met() };
    hold(vec![
        ("its time has not come", all_wrong(), defer("2026-11-27T00:00:00", None, false)),
        ("what it is about", due(), end(WhyNot::ClientGone)),
        ("the phone", there(), end(WhyNot::OptedOut)),
        ("the plan", reachable(), end(WhyNot::PlanWithoutSms)),
        ("the conditions", paid(), end(WhyNot::Conditions)),
        ("the words", met(), end(WhyNot::TextEmpty)),
        ("quiet hours before the row", worded(), defer(NINE, Some(WhyNot::QuietHours), false)),
        ("the row", Scene { now: at(NINE), ..worded() }, defer("2026-11-28T00:00:00", Some(WhyNot::Pacing), true)),
    ]);
}

#[test]
fn the_row_of_a_number_grows_by_who_sends_and_who_takes_a_place() {
    let idle = Scene { number_free_at: at("2026-11-25T10:00:00"), ..scene() };
    let busy = Scene { number_free_at: at("2026-11-25T19:00:05"), ..scene() };
    let early = Scene { due_at: at("2026-11-25T19:00:09"), slot_at: Some(at("2026-11-25T19:00:09")), ..busy.clone() };
    let punctual = Scene { slot_at: Some(at(NOON)), ..busy.clone() };
    let night = Scene { now: at(NIGHT), number_free_at: at(NIGHT), ..scene() };
    for (name, scene, free_at) in [
        ("a number that was idle", idle, "2026-11-25T19:00:01"),
        ("a place that is taken now", busy.clone(), "2026-11-25T19:00:06"),
        ("a place that was taken before, asked early", early, "2026-11-25T19:00:05"),
        ("a place that was taken before, in time", punctual, "2026-11-25T19:00:05"),
        ("nobody is promised a place at night", night, NIGHT),
        ("who ends needs none", Scene { phone: Phone::Blocked, ..busy }, "2026-11-25T19:00:05"),
    ] {
        let moment = scene.moment();
        assert_eq!(decide(&moment).number_free_at(&moment), at(free_at), "{name}");
    }
}
