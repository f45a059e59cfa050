use std::fmt;

use rlibphonenumber::{NumberLengthType, PhoneNumber as Parsed, PhoneNumberFormat, Region};

/// The plus and 15 digits. Source: ITU-T E.164, 6.2.
const MAX_LENGTH: usize = 16;

/// A phone in E.164, such as `+15125550147`: one way to write it, so equal phones are equal texts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

/// Why something is no phone that can be texted, in words for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPhone {
    #[error("Enter a phone number with its area code, such as (512) 555-0147.")]
    NotANumber,
    #[error("The number is too short. Is the area code missing?")]
    TooShort,
    #[error("The number is too long. Enter one phone number only.")]
    TooLong,
    #[error("No country uses this number. Check its first digits.")]
    Unassigned,
    #[error("An extension cannot receive texts. Enter the number without it.")]
    Extension,
}

impl PhoneNumber {
    /// Reads what a person typed. `default_region` (ISO 3166, such as `US`) completes a number
    /// written without its country; with an unknown region the number needs its `+`.
    ///
    /// A number written in full is believed when its length is possible: numbering plans open
    /// new ranges faster than any table learns of them. One that we complete must be valid.
    pub fn parse(input: &str, default_region: &str) -> Result<Self, InvalidPhone> {
        let input = input.trim();
        // Letters would be read as a vanity number or skipped as noise: rather ask again.
        if input.chars().any(char::is_alphabetic) {
            return Err(InvalidPhone::NotANumber);
        }
        let number = Parsed::parse(input, Region::from_code(default_region).ok())?;
        if number.extension.is_some() {
            return Err(InvalidPhone::Extension);
        }
        if number.is_possible_with_reason()? == NumberLengthType::IsPossibleLocalOnly {
            return Err(InvalidPhone::TooShort);
        }
        if !input.starts_with(['+', '＋']) && !number.is_valid() {
            return Err(InvalidPhone::Unassigned);
        }
        let e164 = number.format_as(PhoneNumberFormat::E164).into_owned();
        if e164.len() > MAX_LENGTH {
            return Err(InvalidPhone::TooLong);
        }
        // +82 0000000 loses a zero each time it is read: such a phone would never equal itself.
        if Parsed::parse(&e164, None)? != number {
            return Err(InvalidPhone::Unassigned);
        }
        Ok(Self(e164))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people read it: `(512) 555-0147` within the North American plan, `+44 20 7946 0018` elsewhere.
    pub fn display(&self) -> String {
        let Ok(number) = Parsed::parse(&self.0, None) else {
            return self.0.clone();
        };
        let format = match number.country_code {
            1 => PhoneNumberFormat::National,
            _ => PhoneNumberFormat::International,
        };
        number.format_as(format).into_owned()
    }
}

/// Shows the last two digits: phones do not belong into logs.
impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tail = self.0.get(self.0.len().saturating_sub(2)..).unwrap_or("");
        write!(f, "PhoneNumber(…{tail})")
    }
}

impl From<rlibphonenumber::ParseError> for InvalidPhone {
    fn from(error: rlibphonenumber::ParseError) -> Self {
        use rlibphonenumber::ParseError::*;
        match error {
            InvalidCountryCode => Self::Unassigned,
            NotANumber(_) => Self::NotANumber,
            TooShortAfterIdd | TooShortNsn => Self::TooShort,
            TooLongNsn => Self::TooLong,
        }
    }
}

impl From<rlibphonenumber::ValidationError> for InvalidPhone {
    fn from(error: rlibphonenumber::ValidationError) -> Self {
        use rlibphonenumber::ValidationError::*;
        match error {
            InvalidCountryCode => Self::Unassigned,
            TooShort => Self::TooShort,
            TooLong => Self::TooLong,
            InvalidLength => Self::NotANumber,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(input: &str) -> Result<String, InvalidPhone> {
        PhoneNumber::parse(input, "US").map(|phone| phone.as_str().to_owned())
    }

    #[test]
    fn the_same_phone_is_the_same_text_however_it_is_typed() {
        for input in [
            "+15125550147",
            "+1 (512) 555-0147",
            "512-555-0147",
            " (512) 555.0147 ",
            "15125550147",
            "1 512 555 0147",
            "＋１５１２５５５０１４７",
        ] {
            assert_eq!(parsed(input).as_deref(), Ok("+15125550147"), "{input}");
        }
    }

    #[test]
    fn a_foreign_number_stays_the_number_it_is() {
        for (input, expected) in [
            ("+44 20 7946 0018", "+442079460018"),
            ("+39 06 698 12345", "+390669812345"),
            ("+52 55 1234 5678", "+525512345678"),
            ("+54 9 11 2345 6789", "+5491123456789"),
            ("011 44 20 7946 0018", "+442079460018"),
        ] {
            assert_eq!(parsed(input).as_deref(), Ok(expected), "{input}");
        }
        let german = PhoneNumber::parse("030 901820", "DE").unwrap();
        assert_eq!(german.as_str(), "+4930901820");
    }

    #[test]
    fn what_cannot_be_texted_is_refused_with_a_reason() {
        use InvalidPhone::*;
        for (input, reason) in [
            ("", NotANumber),
            ("   ", NotANumber),
            ("Bob", NotANumber),
            ("Bob 512 555 0147", NotANumber),
            ("512 555 0147 ext. 3", NotANumber),
            ("512 555 0147 #3", Extension),
            ("555-0147", TooShort),
            ("72345", TooShort),
            ("+1512", TooShort),
            ("512 555 0147 512 555 0148", TooLong),
            ("+811000000000000000", TooLong),
            ("+999 123 456 789", Unassigned),
            ("055 555 0147", Unassigned),
            ("+820000000", Unassigned),
        ] {
            assert_eq!(parsed(input), Err(reason), "{input}");
        }
    }

    #[test]
    fn a_number_in_a_range_too_new_for_our_table_is_believed_if_written_in_full() {
        assert_eq!(parsed("+15555550147").as_deref(), Ok("+15555550147"));
        assert_eq!(parsed("555 555 0147"), Err(InvalidPhone::Unassigned));
    }

    #[test]
    fn an_unknown_region_only_means_that_the_country_must_be_written() {
        assert!(PhoneNumber::parse("+15125550147", "nowhere").is_ok());
        assert!(PhoneNumber::parse("512 555 0147", "nowhere").is_err());
    }

    #[test]
    fn phones_are_shown_as_people_read_them() {
        for (phone, shown) in [
            ("+15125550147", "(512) 555-0147"),
            ("+442079460018", "+44 20 7946 0018"),
            ("+4930901820", "+49 30 901820"),
        ] {
            assert_eq!(PhoneNumber::parse(phone, "US").unwrap().display(), shown);
        }
    }

    #[test]
    fn a_phone_does_not_show_in_logs() {
        let phone = PhoneNumber::parse("+15125550147", "US").unwrap();
        assert_eq!(format!("{phone:?}"), "PhoneNumber(…47)");
    }

    proptest! {
        #[test]
        fn what_was_parsed_parses_to_itself_in_every_region(
            input in "\\+?[0-9 ()#*/.-]{0,20}|\\+[1-9][0-9]{0,2}0{0,9}[0-9]{0,9}", region in "US|GB|DE|IT|AR|nowhere"
        ) {
            if let Ok(phone) = PhoneNumber::parse(&input, &region) {
                prop_assert_eq!(PhoneNumber::parse(phone.as_str(), "US"), Ok(phone.clone()));
                prop_assert!(phone.as_str().len() <= MAX_LENGTH);
            }
        }

        #[test]
        fn nothing_typed_breaks_it(input in any::<String>(), region in any::<String>()) {
            let _ = PhoneNumber::parse(&input, &region);
        }
    }
}
