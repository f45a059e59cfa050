use std::fmt;

use super::PhoneNumber;

/// Who is on the other side of a conversation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutsideAddress {
    Phone(PhoneNumber),
    /// A short code, an alphanumeric sender, anything else that is no E.164 number.
    Opaque(String),
}

impl OutsideAddress {
    /// Takes what a gateway names as the sender, or what is stored. Never fails: a text from
    /// a sender we cannot read must not be lost.
    ///
    /// Only `+` marks a phone: a short code completed by a region would become somebody's number.
    pub fn from_gateway(address: &str) -> Self {
        let address = address.replace('\0', "");
        let address = address.trim();
        if address.starts_with('+')
            && let Ok(phone) = PhoneNumber::parse(address, "")
        {
            return Self::Phone(phone);
        }
        Self::Opaque(address.to_owned())
    }

    /// As stored and as given to a gateway.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_str(),
            Self::Opaque(address) => address,
        }
    }

    /// As people read it.
    pub fn display(&self) -> String {
        match self {
            Self::Phone(phone) => phone.display(),
            Self::Opaque(address) if address.is_empty() => "Unknown sender".to_owned(),
            Self::Opaque(address) => address.clone(),
        }
    }
}

impl From<PhoneNumber> for OutsideAddress {
    fn from(phone: PhoneNumber) -> Self {
        Self::Phone(phone)
    }
}

/// Says only the kind: addresses do not belong into logs.
impl fmt::Debug for OutsideAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => phone.fmt(f),
            Self::Opaque(_) => f.write_str("Opaque(…)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(address: &str) -> (bool, String) {
        let address = OutsideAddress::from_gateway(address);
        let is_phone = matches!(address, OutsideAddress::Phone(_));
        (is_phone, address.as_str().to_owned())
    }

    #[test]
    fn a_short_code_is_kept_as_an_opaque_address() {
        for code in ["72345", "262966", "7726"] {
            assert_eq!(stored(code), (false, code.to_owned()));
        }
    }

    #[test]
    fn an_alphanumeric_sender_is_kept_as_it_is() {
        for name in ["MyBank", "USPS 2", "whatsapp:+15125550147", "+BANK"] {
            assert_eq!(stored(name), (false, name.to_owned()));
        }
    }

    #[test]
    fn a_phone_is_recognised_by_its_plus() {
        assert_eq!(stored("+15125550147"), (true, "+15125550147".to_owned()));
        assert_eq!(stored(" +1 512 555 0147\0"), (true, "+15125550147".to_owned()));
        assert_eq!(stored("15125550147"), (false, "15125550147".to_owned()));
    }

    #[test]
    fn a_sender_without_address_still_has_a_name_on_the_screen() {
        assert_eq!(OutsideAddress::from_gateway("\0 ").display(), "Unknown sender");
        assert_eq!(OutsideAddress::from_gateway("72345").display(), "72345");
        assert_eq!(OutsideAddress::from_gateway("+15125550147").display(), "(512) 555-0147");
    }

    proptest! {
        #[test]
        fn an_address_survives_being_stored(address in "\\PC{0,20}|\\+[0-9 -]{0,18}") {
            let first = OutsideAddress::from_gateway(&address);
            prop_assert_eq!(OutsideAddress::from_gateway(first.as_str()), first);
        }
    }
}
