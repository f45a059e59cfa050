use super::{Done, Error};
use crate::domain::fold;

const LONGEST_NAME: usize = 80;
/// So many entries a list of the settings has at most: it is shown whole, and in every picker.
const MOST: usize = 100;

/// The name of an entry of a list of the settings, tidied; refused if another entry is called like that.
pub(super) fn name_among<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Done<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => return Err(Error::Invalid("Enter a name.".to_owned())),
        1..=LONGEST_NAME => {}
        _ => return Err(Error::Invalid(format!("Use at most {LONGEST_NAME} characters for the name."))),
    }
    let mut others = others;
    match others.find(|other| fold(other) == fold(&name)) {
        Some(taken) => Err(Error::Invalid(format!("There is “{taken}” already. Choose another name."))),
        None => Ok(name),
    }
}

pub(super) fn room_for_one_more(there: usize) -> Done<()> {
    if there < MOST {
        return Ok(());
    }
    Err(Error::Invalid(format!(
        "There are {MOST} already, and a longer list is of no use in a picker. Delete one first."
    )))
}

/// "1 client", "12 clients", "1,000 clients or more", from a count that stopped at [`COUNTED`].
pub(super) fn clients(count: usize) -> String {
    match count {
        1 => "1 client".to_owned(),
        COUNTED.. => "1,000 clients or more".to_owned(),
        _ => format!("{count} clients"),
    }
}

/// Nobody needs to know exactly beyond this.
pub(super) const COUNTED: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_tidied_and_may_not_differ_in_case_or_spaces_only() {
        assert_eq!(name_among("  Field   Crew ", [].into_iter()).unwrap(), "Field Crew");
        assert!(name_among("field crew", ["Field Crew"].into_iter()).unwrap_err().to_string().contains("Field Crew"));
        assert!(name_among(" ", [].into_iter()).is_err());
        assert!(name_among(&"x".repeat(81), [].into_iter()).is_err());
        assert!(name_among(&"é".repeat(80), [].into_iter()).is_ok());
    }
}
