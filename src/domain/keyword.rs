use unicode_normalization::UnicodeNormalization;

/// A text that is an order rather than a message. Carriers act on these words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keyword {
    /// Never text this phone again.
    OptOut,
    /// Text this phone again.
    OptIn,
    /// Shown to staff.
    Help,
}

const OPT_OUT: [&str; 10] =
    ["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"];

impl Keyword {
    /// Reads the whole message as one keyword, whatever its case and punctuation.
    ///
    /// `opted_out` says whether the phone is opted out now: only then is *yes* an order.
    pub fn of(body: &str, opted_out: bool) -> Option<Self> {
        match plain(body).as_str() {
            word if OPT_OUT.contains(&word) => Some(Self::OptOut),
            "start" | "unstop" => Some(Self::OptIn),
            "yes" if opted_out => Some(Self::OptIn),
            "help" | "info" => Some(Self::Help),
            _ => None,
        }
    }
}

/// Whether a text is this word and nothing else, whatever its case and punctuation.
pub fn is_the_word(body: &str, word: &str) -> bool {
    let word = plain(word);
    !word.is_empty() && plain(body) == word
}

/// NFKC, case folded, letters and digits only, words parted by one blank: `"Ｓtop - ALL!"` is `"stop all"`.
pub(super) fn plain(body: &str) -> String {
    let compatible: String = body.nfkc().collect();
    let letters: String = caseless::default_case_fold_str(&compatible)
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_opt_out_word_is_understood_as_people_type_it() {
        for word in OPT_OUT {
            for body in [
                word.to_owned(),
                word.to_uppercase(),
                format!("  {word}.\n"),
                format!("“{word}”!!!"),
                word.replace(' ', "-"),
                word.replace(' ', "  "),
            ] {
                assert_eq!(Keyword::of(&body, false), Some(Keyword::OptOut), "{body:?}");
            }
        }
        for body in ["ＳＴＯＰ", "Stop 🛑", "S.T.O.P.", "STOP\u{200b}", "ⓢⓣⓞⓟ", "*stop*"] {
            assert_eq!(Keyword::of(body, true), Some(Keyword::OptOut), "{body:?}");
        }
    }

    #[test]
    fn a_word_of_ones_own_is_the_whole_message_too() {
        assert!(is_the_word(" Roof! ", "ROOF"));
        assert!(is_the_word("ｒｏｏｆ", "roof"));
        assert!(!is_the_word("my roof", "roof"));
        assert!(!is_the_word("...", "!"), "no word at all");
    }

    #[test]
    fn a_keyword_is_the_whole_message_or_none() {
        for body in [
            "stop by at 5",
            "Please stop",
            "the end",
            "can we cancel Tuesday?",
            "stops",
            "s t o p",
            "start tomorrow",
            "help me",
            "",
            "🛑",
        ] {
            assert_eq!(Keyword::of(body, true), None, "{body:?}");
        }
    }

    #[test]
    fn start_and_unstop_opt_in_at_any_time() {
        for opted_out in [true, false] {
            for body in ["START", "unstop", "Start!"] {
                assert_eq!(Keyword::of(body, opted_out), Some(Keyword::OptIn));
            }
        }
    }

    #[test]
    fn yes_opts_in_only_while_opted_out() {
        assert_eq!(Keyword::of("YES", true), Some(Keyword::OptIn));
        assert_eq!(Keyword::of("Yes!", true), Some(Keyword::OptIn));
        assert_eq!(Keyword::of("YES", false), None);
        assert_eq!(Keyword::of("yes please", true), None);
    }

    #[test]
    fn help_and_info_ask_for_help() {
        assert_eq!(Keyword::of("HELP", false), Some(Keyword::Help));
        assert_eq!(Keyword::of("info?", true), Some(Keyword::Help));
    }

    proptest! {
        #[test]
        fn no_message_breaks_it(body in any::<String>(), opted_out: bool) {
            let _ = Keyword::of(&body, opted_out);
        }

        #[test]
        fn an_opt_out_does_not_depend_on_what_was_before(body in "(?i)[ .!-]{0,3}(stop|end|quit|yes|hello)[ .!?]{0,3}") {
            let is_opt_out = |opted_out| Keyword::of(&body, opted_out) == Some(Keyword::OptOut);
            prop_assert_eq!(is_opt_out(true), is_opt_out(false));
        }
    }
}
