//! How threads are written down, and reading them. One line is one thing:
//!
//! ```text
//! > text            the client writes            < text      whoever holds the sales position answers
//! pm< text          the project manager answers  owner< text a user answers, named by e-mail
//! > [picture] text  with a picture               < [failed 30006] text   with a delivery state
//! * owner assigns sales    * owner takes it      * owner removes sales   * owner closes
//! (3h)              a pause                      ...         until another day
//! @ inquiry visit   exchanges of these kinds     * owner blocks   * owner unblocks
//! * owner opts-out WHY     * owner opts-in WHY     * owner notes HOW THEY AGREED
//! * owner keeps texting    * owner confirms it     * owner retries
//! ! unread owner    ! attention
//! ```

use chrono::TimeDelta;

use super::people::Person;
use crate::domain::DeliveryStatus;
use crate::store::{StoreError, Stored};

/// Who speaks or acts; the first three depend on the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    Client,
    SalesPerson,
    ProjectManager,
    User(Person),
}

#[derive(Debug, Clone)]
pub(super) enum Line {
    Said { by: Voice, body: &'static str, with: With },
    Did { by: Voice, deed: Deed },
    Pause(TimeDelta),
    AnotherDay,
    Exchanges(Vec<&'static str>),
    Unread(Vec<Voice>),
    Attention,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Assigns(Voice),
    Takes,
    Removes(Voice),
    Closes,
    Blocks,
    Unblocks,
    Consents(Consenting),
    Retries,
}

/// What one of us notes or decides about who may be texted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Consenting {
    /// They agreed.
    Notes(&'static str),
    OptsOut(&'static str),
    OptsIn(&'static str),
    /// A text that reads like a wish to stop is one.
    Confirms,
    /// It is none.
    Keeps,
}

impl Consenting {
    pub(super) fn note(self) -> &'static str {
        match self {
            Self::Notes(note) | Self::OptsOut(note) | Self::OptsIn(note) => note,
            Self::Confirms | Self::Keeps => "",
        }
    }
}

/// What comes with a text: media types, and how far it got.
#[derive(Debug, Clone, Default)]
pub(super) struct With {
    pub media: Vec<&'static str>,
    pub status: Option<DeliveryStatus>,
    pub error_code: Option<&'static str>,
}

/// The lines of one thread or exchange; comments and blank lines say nothing.
pub(super) fn read(text: &'static str) -> Stored<Vec<Line>> {
    let spoken = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    spoken.map(|line| self::line(line).ok_or_else(|| unreadable(line))).collect()
}

/// `12m`, `3h` or `5d`.
pub(super) fn duration(word: &str) -> Option<TimeDelta> {
    let (count, unit) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let count: i64 = count.parse().ok()?;
    match unit {
        "m" => TimeDelta::try_minutes(count),
        "h" => TimeDelta::try_hours(count),
        "d" => TimeDelta::try_days(count),
        _ => None,
    }
}

pub(super) fn unreadable(line: &str) -> StoreError {
    StoreError::Corrupt(format!("a line of the demo company: {line}"))
}

fn line(line: &'static str) -> Option<Line> {
    if line == "..." {
        return Some(Line::AnotherDay);
    }
    if let Some(pause) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return duration(pause).map(Line::Pause);
    }
    let (mark, rest) = line.split_once(' ')?;
    match mark {
        "@" => Some(Line::Exchanges(rest.split(' ').collect())),
        "!" => flag(rest),
        "*" => deed(rest),
        ">" => said(Voice::Client, rest),
        "<" => said(Voice::SalesPerson, rest),
        _ => said(voice(mark.strip_suffix('<')?)?, rest),
    }
}

fn flag(words: &'static str) -> Option<Line> {
    match words.split_once(' ') {
        Some(("unread", people)) => people.split(' ').map(voice).collect::<Option<_>>().map(Line::Unread),
        None if words == "attention" => Some(Line::Attention),
        _ => None,
    }
}

fn deed(words: &'static str) -> Option<Line> {
    let (by, deed) = words.split_once(' ')?;
    let deed = match deed.split_once(' ') {
        Some(("assigns", whom)) => Deed::Assigns(voice(whom)?),
        Some(("removes", whom)) => Deed::Removes(voice(whom)?),
        Some(("takes", "it")) => Deed::Takes,
        Some(("notes", note)) => Deed::Consents(Consenting::Notes(note)),
        Some(("opts-out", note)) => Deed::Consents(Consenting::OptsOut(note)),
        Some(("opts-in", note)) => Deed::Consents(Consenting::OptsIn(note)),
        Some(("confirms", "it")) => Deed::Consents(Consenting::Confirms),
        Some(("keeps", "texting")) => Deed::Consents(Consenting::Keeps),
        None if deed == "retries" => Deed::Retries,
        None if deed == "closes" => Deed::Closes,
        None if deed == "blocks" => Deed::Blocks,
        None if deed == "unblocks" => Deed::Unblocks,
        _ => return None,
    };
    Some(Line::Did { by: voice(by)?, deed })
}

fn voice(word: &str) -> Option<Voice> {
    match word {
        "holder" => Some(Voice::SalesPerson),
        "pm" => Some(Voice::ProjectManager),
        user => Person::named(user).map(Voice::User),
    }
}

fn said(by: Voice, words: &'static str) -> Option<Line> {
    let Some((inside, body)) = words.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return Some(Line::Said { by, body: words, with: With::default() });
    };
    let mut with = With::default();
    for word in inside.split(' ') {
        match word {
            "picture" => with.media.push("image/jpeg"),
            "vcard" => with.media.push("text/vcard"),
            code if code.bytes().all(|byte| byte.is_ascii_digit()) => with.error_code = Some(code),
            status => with.status = Some(status.parse().ok()?),
        }
    }
    Some(Line::Said { by, body: body.trim_start(), with })
}
