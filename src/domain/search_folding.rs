use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a name, phone or text for searching: `"  José  STRAßE "` becomes `"jose strasse"`.
///
/// Compatibility forms, accents, case and blanks no longer matter. Applied to what is stored
/// and to what is searched for alike, since databases fold ASCII at best.
pub fn fold(text: &str) -> String {
    let folded = caseless::default_case_fold_str(&without_marks(text));
    // Folding can leave marks of its own (İ, ΐ), so they are removed once more.
    without_marks(&folded).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_marks(text: &str) -> String {
    text.nfkd().filter(|&c| !is_combining_mark(c) && (c.is_whitespace() || !c.is_control())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[test]
    fn accents_case_width_and_blanks_do_not_matter() {
        for (text, folded) in [
            ("  José  STRAßE ", "jose strasse"),
            ("Ｎｇｕｙễｎ", "nguyen"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("İstanbul", "istanbul"),
            ("one\n\ttwo\0", "one two"),
            ("+1 (512) 555-0147", "+1 (512) 555-0147"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn upper_case_finds_lower_case(text in "[a-zäöüéñ ]{0,20}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
        }
    }
}
