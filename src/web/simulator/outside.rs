use crate::domain::{OutsideAddress, PhoneNumber};

const LONGEST_NAME: usize = 40;

/// Who texts, as typed: a phone, a short code, or a name such as companies send from.
pub fn outside(typed: &str) -> Result<OutsideAddress, String> {
    let typed = typed.replace('\0', "");
    let typed = typed.trim();
    let is_short_code = (3..=6).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    if typed.is_empty() {
        Err("Enter the client's phone.".to_owned())
    } else if typed.chars().count() > LONGEST_NAME {
        Err(format!("Use at most {LONGEST_NAME} characters for the client's phone."))
    } else if is_short_code || typed.chars().any(char::is_alphabetic) {
        Ok(OutsideAddress::from_gateway(typed))
    } else {
        PhoneNumber::parse(typed, "US").map(OutsideAddress::from).map_err(|invalid| invalid.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::outside;

    fn stored(typed: &str) -> String {
        outside(typed).unwrap().as_str().to_owned()
    }

    #[test]
    fn a_phone_may_be_typed_as_people_write_it() {
        assert_eq!(stored("(512) 555-0147"), "+15125550147");
        assert_eq!(stored(" +44 20 7946 0018 "), "+442079460018");
    }

    #[test]
    fn short_codes_and_names_text_too() {
        assert_eq!(stored("72345"), "72345");
        assert_eq!(stored("MyBank"), "MyBank");
    }

    #[test]
    fn nothing_nonsense_and_novels_are_refused_with_a_reason() {
        for typed in ["", " \0 ", "12", "555-0147", &"x".repeat(41)] {
            assert!(!outside(typed).unwrap_err().is_empty(), "{typed}");
        }
    }
}
