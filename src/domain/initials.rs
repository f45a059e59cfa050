use unicode_segmentation::UnicodeSegmentation;

/// At most two letters for an avatar: of the first and the last word of a name.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(first_letter);
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).collect()
}

/// The first letter or digit in capitals, else the first sign as it is.
fn first_letter(word: &str) -> Option<String> {
    let letter = word
        .graphemes(true)
        .find(|sign| sign.chars().any(char::is_alphanumeric))
        .or_else(|| word.graphemes(true).next())?;
    let capital = letter.to_uppercase();
    // ß would become two letters.
    let fits = capital.graphemes(true).count() == 1;
    Some(if fits { capital } else { letter.to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        for (name, expected) in [
            ("Michael Scott", "MS"),
            ("maria de la cruz", "MC"),
            ("Cher", "C"),
            ("(Bob) “Bobby” Ross", "BR"),
            ("élodie ßtein", "Éß"),
            ("👩‍👩‍👧 Smith", "👩‍👩‍👧S"),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected);
        }
    }

    proptest! {
        #[test]
        fn there_are_never_more_than_two(name in any::<String>()) {
            prop_assert!(initials(&name).graphemes(true).count() <= 2);
        }
    }
}
