use chrono::TimeDelta;

use super::script::{self, Line, unreadable};
use crate::store::Stored;

/// A conversation as it is written down.
#[derive(Debug, Clone)]
pub(super) struct Thread {
    /// The outside phone, or the opaque address of a machine.
    pub phone: &'static str,
    /// Which number of ours, by its place in [`super::company::NUMBERS`].
    pub number: usize,
    /// How long ago its newest line was.
    pub ago: TimeDelta,
    pub lines: Vec<Line>,
}

const THREADS: [&str; 5] = [
    include_str!("threads/storm.txt"),
    include_str!("threads/jobs.txt"),
    include_str!("threads/customers.txt"),
    include_str!("threads/second_lines.txt"),
    include_str!("threads/strangers.txt"),
];

const EXCHANGES: [(&str, &str); 17] = [
    ("inquiry", include_str!("exchanges/inquiry.txt")),
    ("appointment", include_str!("exchanges/appointment.txt")),
    ("visit", include_str!("exchanges/visit.txt")),
    ("findings", include_str!("exchanges/findings.txt")),
    ("estimate", include_str!("exchanges/estimate.txt")),
    ("insurance", include_str!("exchanges/insurance.txt")),
    ("sold", include_str!("exchanges/sold.txt")),
    ("colours", include_str!("exchanges/colours.txt")),
    ("schedule", include_str!("exchanges/schedule.txt")),
    ("weather", include_str!("exchanges/weather.txt")),
    ("installday", include_str!("exchanges/installday.txt")),
    ("punch", include_str!("exchanges/punch.txt")),
    ("invoice", include_str!("exchanges/invoice.txt")),
    ("review", include_str!("exchanges/review.txt")),
    ("nurture", include_str!("exchanges/nurture.txt")),
    ("repair", include_str!("exchanges/repair.txt")),
    ("gutters", include_str!("exchanges/gutters.txt")),
];

/// Every thread of the demo company, as written.
pub(super) fn all() -> Stored<Vec<Thread>> {
    // The piece before the first header is the file's comment.
    let sections = THREADS.iter().flat_map(|file| file.split("\n== ").skip(1));
    sections.map(|section| thread(section).unwrap_or_else(|| Err(unreadable(section)))).collect()
}

fn thread(section: &'static str) -> Option<Stored<Thread>> {
    let (header, lines) = section.split_once('\n')?;
    let mut words = header.split(' ');
    let phone = words.next()?;
    let number = match words.next()? {
        "main" => 0,
        "storm" => 1,
        _ => return None,
    };
    let ago = script::duration(words.next()?)?;
    Some(script::read(lines).map(|lines| Thread { phone, number, ago, lines }))
}

/// The exchanges of one kind, told in turn: no two neighbours get the same one.
pub(super) struct Exchanges {
    kinds: Vec<(&'static str, Vec<Vec<Line>>, usize)>,
}

impl Exchanges {
    pub(super) fn read() -> Stored<Self> {
        let kinds = EXCHANGES.iter().map(|(kind, text)| {
            let variants = text.split("\n\n").map(script::read).collect::<Stored<Vec<_>>>()?;
            Ok((*kind, variants, 0))
        });
        Ok(Self { kinds: kinds.collect::<Stored<_>>()? })
    }

    pub(super) fn next(&mut self, kind: &str) -> Stored<Vec<Line>> {
        let found = self.kinds.iter_mut().find(|(name, ..)| *name == kind);
        let (_, variants, told) = found.ok_or_else(|| unreadable(kind))?;
        let lines = variants.iter().cycle().nth(*told).ok_or_else(|| unreadable(kind))?;
        *told += 1;
        Ok(lines.clone())
    }
}
