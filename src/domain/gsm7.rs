/// The GSM 7-bit default alphabet in the order of its codes, without the escape code 0x1B.
/// Source: 3GPP TS 23.038, 6.2.1.
const BASIC: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    " !\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/// Sent as the escape code and one more. Source: 3GPP TS 23.038, 6.2.1.1.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many septets the character costs; none if the alphabet lacks it.
pub(super) fn septets(character: char) -> Option<usize> {
    // Most texts are letters and digits: spare them the search.
    if character.is_ascii_alphanumeric() || character == ' ' || BASIC.contains(character) {
        Some(1)
    } else if EXTENSION.contains(character) {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_127_and_10_characters_and_share_none() {
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        assert!(!BASIC.chars().any(|c| EXTENSION.contains(c)));
        let distinct: std::collections::BTreeSet<char> = BASIC.chars().collect();
        assert_eq!(distinct.len(), 127);
    }

    #[test]
    fn a_character_costs_one_or_two_or_is_missing() {
        for (characters, cost) in
            [("aZ09 @£\n\rΔΩÇàÉ§", Some(1)), ("€[]{}~^|\\\u{c}", Some(2)), ("çáêÁ`´’“”–…\t\0\u{1b}\u{308}😀К", None)]
        {
            for character in characters.chars() {
                assert_eq!(septets(character), cost, "{character:?}");
            }
        }
    }
}
