use chrono::{Datelike, NaiveDateTime, TimeDelta, Weekday};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

const COLOURS: [&str; 6] = ["Weathered Wood", "Charcoal", "Barkwood", "Pewter Gray", "Driftwood", "Desert Tan"];
const ADJUSTERS: [&str; 5] = ["Renee", "Mr. Haines", "Tasha", "Paul Vance", "Ms. Ito"];
const CREWS: [&str; 3] = ["Rubén", "Big Al", "Tadeo"];
const TIMES: [&str; 6] = ["8:30", "9:15", "10:30", "1:00", "2:45", "4:15"];

/// What stays the same all through a thread.
pub(super) struct Setting {
    colours: [&'static str; 2],
    adjuster: &'static str,
    crew: &'static str,
    price: u32,
    claim: u32,
}

impl Setting {
    pub(super) fn of_thread(dice: &mut StdRng) -> Self {
        let first = dice.random_range(0..COLOURS.len());
        let second = (first + dice.random_range(1..COLOURS.len())) % COLOURS.len();
        Self {
            colours: [first, second].map(|at| COLOURS.get(at).copied().unwrap_or_default()),
            adjuster: choose(&ADJUSTERS, dice),
            crew: choose(&CREWS, dice),
            price: dice.random_range(95..260) * 100,
            claim: dice.random_range(1_000..9_999),
        }
    }

    /// Fills in the words in braces.
    pub(super) fn fill(&self, body: &str, scene: &Scene<'_>) -> String {
        if !body.contains('{') {
            return body.to_owned();
        }
        body.replace("{first}", scene.first_name)
            .replace("{me}", scene.speaker)
            .replace("{street}", scene.address.split(',').next().unwrap_or_default())
            .replace("{day}", weekday(scene.begins))
            .replace("{time}", scene.time)
            .replace("{colour}", self.colours[0])
            .replace("{colour2}", self.colours[1])
            .replace("{adjuster}", self.adjuster)
            .replace("{crew}", self.crew)
            .replace("{claim}", &self.claim.to_string())
            .replace("{price}", &dollars(self.price))
            .replace("{deposit}", &dollars(self.price / 4))
            .replace("{balance}", &dollars(self.price - self.price / 4))
    }
}

/// What holds for one exchange.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub first_name: &'a str,
    pub address: &'a str,
    /// The one of us who speaks, or is spoken to.
    pub speaker: &'a str,
    /// Local time of its first line: the days that people name come after it.
    pub begins: NaiveDateTime,
    pub time: &'static str,
}

pub(super) fn time_of_day(dice: &mut StdRng) -> &'static str {
    choose(&TIMES, dice)
}

fn choose(words: &[&'static str], dice: &mut StdRng) -> &'static str {
    words.choose(dice).copied().unwrap_or_default()
}

/// The day after tomorrow; Sundays are free.
fn weekday(begins: NaiveDateTime) -> &'static str {
    match (begins + TimeDelta::days(2)).weekday() {
        Weekday::Mon | Weekday::Sun => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
    }
}

/// `$12,300`.
fn dollars(amount: u32) -> String {
    format!("${},{:03}", amount / 1_000, amount % 1_000)
}
