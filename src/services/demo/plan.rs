use chrono::{NaiveDateTime, TimeDelta};
use rand::Rng;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::clients::Record;
use super::clock::{self, Wait};
use super::people::Person;
use super::script::{Consenting, Deed, Line, Voice, With, unreadable};
use super::threads::{self, Exchanges, Thread};
use super::wording::{Scene, Setting, time_of_day};
use crate::domain::DeliveryStatus;
use crate::store::Stored;

/// The same company every time.
const SEED: u64 = 1949;

/// What is this new has just come in, even at night.
const FRESH: TimeDelta = TimeDelta::hours(2);

/// A conversation as it happened, ready to be told to the database.
pub(super) struct Conversation {
    pub phone: &'static str,
    pub number: usize,
    pub attention: bool,
    /// Who has not read what came in last.
    pub unread: Vec<Person>,
    /// Oldest first.
    pub happenings: Vec<(NaiveDateTime, Happening)>,
}

#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// From the client, or by one of us.
    Text {
        by: Option<Person>,
        body: String,
        with: With,
    },
    Assigned {
        by: Person,
        whom: Person,
    },
    Removed {
        by: Person,
        whom: Person,
    },
    Closed {
        by: Person,
    },
    /// Or unblocked.
    Blocked {
        by: Person,
        blocked: bool,
    },
    Consented {
        by: Person,
        what: Consenting,
    },
    Retried {
        by: Person,
    },
}

/// All conversations; the newest line of each is as long before `now` as the script says.
pub(super) fn all(records: &[Record], now: NaiveDateTime) -> Stored<Vec<Conversation>> {
    let mut planner = Planner { records, now, exchanges: Exchanges::read()?, dice: StdRng::seed_from_u64(SEED) };
    threads::all()?.into_iter().map(|thread| planner.conversation(thread)).collect()
}

struct Planner<'a> {
    records: &'a [Record],
    now: NaiveDateTime,
    exchanges: Exchanges,
    dice: StdRng,
}

/// A line that takes time, the wait before it, and which exchange it belongs to.
struct Beat {
    line: Line,
    wait: Wait,
    exchange: usize,
}

impl Planner<'_> {
    fn conversation(&mut self, thread: Thread) -> Stored<Conversation> {
        let cast = Cast::of(self.records, thread.phone);
        let mut told = Conversation {
            phone: thread.phone,
            number: thread.number,
            attention: false,
            unread: Vec::new(),
            happenings: Vec::new(),
        };
        let beats = self.beats(thread.lines, &cast, &mut told)?;
        let waits: Vec<Wait> = beats.iter().map(|beat| beat.wait).collect();
        let mut newest = self.now - thread.ago;
        if thread.ago > FRESH {
            newest = clock::waking(newest, &mut self.dice);
        }
        let times = clock::times(newest, &waits, &mut self.dice);

        let setting = Setting::of_thread(&mut self.dice);
        let mut scene: Option<(usize, Scene<'_>)> = None;
        for (beat, at) in beats.into_iter().zip(times) {
            let here = match scene {
                Some((exchange, here)) if exchange == beat.exchange => here,
                _ => cast.scene(clock::local(at), time_of_day(&mut self.dice)),
            };
            scene = Some((beat.exchange, here));
            if let Some(happening) = self.happening(beat.line, &cast, &setting, here) {
                told.happenings.push((at, happening));
            }
        }
        Ok(told)
    }

    /// Strings the exchanges together, and turns pauses and flags into what they mean.
    fn beats(&mut self, lines: Vec<Line>, cast: &Cast<'_>, told: &mut Conversation) -> Stored<Vec<Beat>> {
        let mut beats = Vec::new();
        let mut exchange = 0;
        let mut pause = None;
        for line in lines {
            match line {
                Line::Exchanges(kinds) => {
                    for kind in kinds {
                        exchange += 1;
                        for line in self.exchanges.next(kind)? {
                            self.beat(line, exchange, &mut pause, &mut beats);
                        }
                    }
                    exchange += 1;
                }
                Line::Unread(people) => {
                    told.unread = people.into_iter().filter_map(|voice| cast.person(voice)).collect()
                }
                Line::Attention => told.attention = true,
                line => self.beat(line, exchange, &mut pause, &mut beats),
            }
        }
        if beats.is_empty() { Err(unreadable(told.phone)) } else { Ok(beats) }
    }

    fn beat(&mut self, line: Line, exchange: usize, pause: &mut Option<TimeDelta>, beats: &mut Vec<Beat>) {
        let usual = match &line {
            Line::Pause(length) => return *pause = (*pause).max(Some(*length)),
            Line::AnotherDay => return *pause = (*pause).max(Some(clock::NIGHT)),
            Line::Did { .. } => clock::moment(&mut self.dice),
            _ => clock::answer(&mut self.dice),
        };
        // People are never exactly on time.
        let usual = usual + TimeDelta::seconds(self.dice.random_range(0..60));
        let early = matches!(&line, Line::Said { body, .. } if body.contains("morning"));
        let wait = Wait { pause: pause.take().map_or(usual, |long| long + usual), early };
        beats.push(Beat { line, wait, exchange });
    }

    fn happening(&mut self, line: Line, cast: &Cast<'_>, setting: &Setting, scene: Scene<'_>) -> Option<Happening> {
        match line {
            Line::Said { by, body, mut with } => {
                let by = cast.person(by);
                let speaker = by.map_or(scene.speaker, |person| person.first_name());
                if by.is_some() && with.status.is_none() {
                    let was_read = self.dice.random_bool(0.1);
                    with.status = Some(if was_read { DeliveryStatus::Read } else { DeliveryStatus::Delivered });
                }
                Some(Happening::Text { by, body: setting.fill(body, &Scene { speaker, ..scene }), with })
            }
            Line::Did { by, deed } => {
                let by = cast.person(by)?;
                Some(match deed {
                    Deed::Assigns(whom) => Happening::Assigned { by, whom: cast.person(whom)? },
                    Deed::Takes => Happening::Assigned { by, whom: by },
                    Deed::Removes(whom) => Happening::Removed { by, whom: cast.person(whom)? },
                    Deed::Closes => Happening::Closed { by },
                    Deed::Blocks => Happening::Blocked { by, blocked: true },
                    Deed::Consents(what) => Happening::Consented { by, what },
                    Deed::Retries => Happening::Retried { by },
                    Deed::Unblocks => Happening::Blocked { by, blocked: false },
                })
            }
            _ => None,
        }
    }
}

/// Who plays in a thread.
struct Cast<'a> {
    record: Option<&'a Record>,
}

impl<'a> Cast<'a> {
    fn of(records: &'a [Record], phone: &str) -> Self {
        Self { record: records.iter().find(|record| record.mobile == phone) }
    }

    /// None is the client.
    fn person(&self, voice: Voice) -> Option<Person> {
        let holder = |position: usize| self.record.and_then(|record| record.holders.get(position).copied().flatten());
        match voice {
            Voice::Client => None,
            Voice::SalesPerson => holder(0).or_else(|| Person::named("manager")),
            Voice::ProjectManager => holder(1).or_else(|| Person::named("projects")),
            Voice::User(person) => Some(person),
        }
    }

    fn scene(&self, begins: NaiveDateTime, time: &'static str) -> Scene<'a> {
        Scene {
            first_name: self.record.map_or("there", |record| record.first_name),
            address: self.record.map_or("", |record| record.address),
            speaker: self.person(Voice::SalesPerson).map_or("", Person::first_name),
            begins,
            time,
        }
    }
}
