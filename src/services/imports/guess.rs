use super::Target;
use super::synonyms::{POSITION_SYNONYMS, SYNONYMS, is_one_of};
use crate::domain::fold;
use crate::store::positions::Position;

/// What each column most likely means, by its name. What only one column can mean, the first one of its name does.
pub fn guess(header: &[String], positions: &[Position]) -> Vec<Target> {
    let mut guessed: Vec<Target> = Vec::with_capacity(header.len());
    for name in header {
        let target = guess_one(name, positions);
        let taken = !target.may_repeat() && guessed.contains(&target);
        guessed.push(if taken { Target::Ignore } else { target });
    }
    guessed
}

fn guess_one(name: &str, positions: &[Position]) -> Target {
    let name = letters(name);
    // A position first: somebody may have called one “Contact”
    if let Some(position) = positions.iter().find(|position| !name.is_empty() && letters(&position.name) == name) {
        return Target::Position(position.id);
    }
    let meant = POSITION_SYNONYMS.iter().find(|(_, names)| is_one_of(names, &name));
    let position = meant.and_then(|(called, _)| positions.iter().find(|one| letters(&one.name) == *called));
    if let Some(position) = position {
        return Target::Position(position.id);
    }
    let found = SYNONYMS.iter().find(|(_, names)| is_one_of(names, &name));
    found.map_or(Target::Ignore, |(target, _)| *target)
}

fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
