use std::fmt;

use super::unfilled_field;

/// The body of a text that can be sent: 1 to 1,600 characters, not blank, no NUL, lines ended by `\n`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SmsText(String);

/// Why a body cannot be sent, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSmsText {
    #[error("Write something first: the text is empty.")]
    Blank,
    #[error(
        "The text has {characters} characters; {} is the most. Shorten it or send it as two.",
        SmsText::MAX_CHARACTERS
    )]
    TooLong { characters: usize },
    #[error("“{field}” is still in the text. Put the words there that they should read, or take it out.")]
    Unfilled { field: String },
}

impl SmsText {
    /// What gateways take at once, in Unicode scalar values.
    pub const MAX_CHARACTERS: usize = 1600;

    /// Blanks at the ends are kept: they belong to the writer.
    pub fn parse(body: &str) -> Result<Self, InvalidSmsText> {
        let body = body.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
        let characters = body.chars().count();
        if body.chars().all(|c| c.is_whitespace() || c.is_control()) {
            Err(InvalidSmsText::Blank)
        } else if characters > Self::MAX_CHARACTERS {
            Err(InvalidSmsText::TooLong { characters })
        } else {
            Ok(Self(body))
        }
    }

    /// As a person sends it: no merge field may be left in it.
    pub fn filled_in(body: &str) -> Result<Self, InvalidSmsText> {
        let text = Self::parse(body)?;
        match unfilled_field(text.as_str()) {
            Some(field) => Err(InvalidSmsText::Unfilled { field: field.chars().take(60).collect() }),
            None => Ok(text),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Says only the length: bodies do not belong into logs.
impl fmt::Debug for SmsText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmsText({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_has_1_to_1600_characters_whatever_their_bytes() {
        for character in ["a", "ç", "😀"] {
            assert!(SmsText::parse(character).is_ok());
            assert!(SmsText::parse(&character.repeat(1600)).is_ok());
            assert_eq!(SmsText::parse(&character.repeat(1601)), Err(InvalidSmsText::TooLong { characters: 1601 }));
        }
    }

    #[test]
    fn a_blank_text_is_none() {
        for body in ["", " ", "\r\n\t", "\0", "\u{a0}\u{2003}"] {
            assert_eq!(SmsText::parse(body), Err(InvalidSmsText::Blank), "{body:?}");
        }
    }

    #[test]
    fn nul_goes_and_line_ends_become_one_kind_before_the_length_is_taken() {
        let text = SmsText::parse("one\r\ntwo\rthree\n\0four ").unwrap();
        assert_eq!(text.as_str(), "one\ntwo\nthree\nfour ");
        assert!(SmsText::parse(&"a\r\n".repeat(800)).is_ok());
    }

    #[test]
    fn a_person_does_not_send_a_field_that_nobody_filled_in() {
        let refused = SmsText::filled_in("Hi {{client.first_name}}").unwrap_err().to_string();
        assert!(refused.starts_with("“{{client.first_name}}” is still in the text."), "{refused}");
        assert!(SmsText::filled_in("Braces {{ alone are words").is_ok());
        assert!(SmsText::parse("Hi {{x}}").is_ok(), "clients may write what they like");
    }

    #[test]
    fn a_text_does_not_show_in_logs() {
        let text = SmsText::parse("the alarm code is 1234").unwrap();
        assert_eq!(format!("{text:?}"), "SmsText(22 characters)");
    }

    #[test]
    fn the_person_reads_what_to_do() {
        assert_eq!(
            InvalidSmsText::TooLong { characters: 1601 }.to_string(),
            "The text has 1601 characters; 1600 is the most. Shorten it or send it as two."
        );
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(body in any::<String>()) {
            if let Ok(text) = SmsText::parse(&body) {
                prop_assert_eq!(SmsText::parse(text.as_str()), Ok(text));
            }
        }
    }
}
