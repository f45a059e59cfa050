//! What a text costs, as the company that charges for it counts.

use crewline::domain::segments;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::support::judges;

/// Pieces of texts, by how much they cost. Nothing younger than what the judge's Unicode knows as one character.
const CHEAP: &[&str] = &["a", "Z", " ", "7", "\n", "é", "Ç", "ñ", "Ø", "@", "£", "?", ",", "Ω"];
const EXTENDED: &[&str] = &["€", "[", "]", "{", "}", "~", "^", "|", "\\"];
const LARGE: &[&str] = &[
    "ç",
    "’",
    "…",
    "漢",
    "ж",
    "ẞ",
    "😀",
    "❤\u{fe0f}",
    "👍🏽",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "🇩🇪",
    "e\u{301}",
    "각",
    "\u{1112}\u{1161}\u{11ab}",
    "กำ",
    "\u{a0}",
    "1\u{fe0f}\u{20e3}",
];

/// One in three is of the small alphabet alone; lengths lie around the limits.
fn text(dice: &mut StdRng) -> String {
    let kinds: &[&[&str]] = match dice.random_range(0..6) {
        0 => &[CHEAP],
        1 => &[CHEAP, CHEAP, CHEAP, EXTENDED],
        2 => &[EXTENDED],
        3 => &[LARGE],
        4 => &[CHEAP, CHEAP, CHEAP, CHEAP, LARGE],
        _ => &[CHEAP, EXTENDED, LARGE],
    };
    let around = *[1, 35, 67, 70, 80, 134, 153, 160, 306, 330].choose(dice).unwrap();
    let pieces = dice.random_range(around..around + 8);
    (0..pieces).map(|_| *kinds.choose(dice).unwrap().choose(dice).unwrap()).collect()
}

#[test]
fn parts_of_50_000_texts_are_counted_as_twilio_counts_them() {
    let mut dice = StdRng::seed_from_u64(20_261_125);
    let texts: Vec<String> = (0..50_000).map(|_| text(&mut dice)).collect();
    let judged = judges::ask("segments.js", &json!(texts));
    let judged = judged.as_array().unwrap();
    assert_eq!(judged.len(), texts.len());
    let ours = |text: &str| {
        let counted = segments(text);
        json!([if format!("{:?}", counted.encoding) == "Gsm7" { "GSM-7" } else { "UCS-2" }, counted.count])
    };
    let differing: Vec<(&String, Value, &Value)> = texts
        .iter()
        .zip(judged)
        .map(|(text, theirs)| (text, ours(text), theirs))
        .filter(|(_, ours, theirs)| ours != *theirs)
        .collect();
    assert!(differing.is_empty(), "{} differ, such as {:?}", differing.len(), differing.first());
    assert!(judged.iter().any(|one| one[1].as_u64() >= Some(9)), "no long text is among them");
}
