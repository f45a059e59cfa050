use crate::domain::{PositionId, fold};

/// A name that texts may hold, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeField {
    /// As between the braces: `client.first_name`.
    pub name: String,
    /// For people: "The client's first name".
    pub about: String,
    /// What somebody may type who goes by the position's present name.
    heard_as: String,
}

impl MergeField {
    /// As it stands in a text.
    pub fn placeholder(&self) -> String {
        format!("{{{{{}}}}}", self.name)
    }
}

/// All that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFields(Vec<MergeField>);

const FIXED: &[(&str, &str)] = &[
    ("client.first_name", "The client’s first name"),
    ("client.last_name", "The client’s last name"),
    ("client.name", "The client’s full name, else their company"),
    ("client.company", "The client’s company"),
    ("client.phone", "The client’s phone"),
    ("client.address", "The client’s address"),
    ("appointment.date", "The day of the appointment"),
    ("appointment.time", "The hour of the appointment, where the client is"),
    ("company.name", "Our company"),
    ("sender.first_name", "The first name of who sends it; nobody’s in an automation"),
    ("sender.name", "The name of who sends it; nobody’s in an automation"),
];

/// Words before the dot that no position can have.
const TAKEN: [&str; 4] = ["client", "appointment", "company", "sender"];

impl MergeFields {
    /// The fixed ones, and two for each position, given as merge name and name.
    pub fn new<'a>(positions: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let fixed = |(name, about): &(&str, &str)| MergeField {
            name: (*name).to_owned(),
            about: (*about).to_owned(),
            heard_as: (*name).to_owned(),
        };
        let of_position = |(merge_name, name): (&str, &str)| {
            [("first_name", "first name"), ("name", "full name")].map(|(part, words)| MergeField {
                name: format!("{merge_name}.{part}"),
                about: format!("{name}: {words}"),
                heard_as: format!("{}.{part}", word(name)),
            })
        };
        Self(FIXED.iter().map(fixed).chain(positions.into_iter().flat_map(of_position)).collect())
    }

    /// In the order of a list that people choose from.
    pub fn iter(&self) -> impl Iterator<Item = &MergeField> {
        self.0.iter()
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|field| field.name == name)
    }

    /// What was probably meant.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        // Nobody needs advice on a novel
        let name: String = name.chars().take(80).collect();
        let like = |other: &str| strsim::normalized_damerau_levenshtein(&name, other);
        let likeness = |field: &MergeField| like(&field.name).max(like(&field.heard_as));
        let best = self.0.iter().map(|field| (likeness(field), field)).max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, field)| field.name.as_str())
    }
}

/// What a position's fields begin with: `sales_person`. A number is added if others have that word already.
pub fn merge_name(position: PositionId, name: &str, others: &[String]) -> String {
    let word = match word(name) {
        word if word.is_empty() => format!("position_{position}"),
        word => word,
    };
    let free = |word: &String| !TAKEN.contains(&word.as_str()) && !others.contains(word);
    let numbered = (2..).map(|number| format!("{word}_{number}"));
    std::iter::once(word.clone()).chain(numbered).find(free).unwrap_or(word)
}

fn word(name: &str) -> String {
    let letters: String = fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join("_")
}
