/// What a person should do next after this error, whether the text was refused at once or reported as
/// failed later. `None` for a code that is not in the list. Source: Twilio's error dictionary.
pub fn words_for_error(code: &str) -> Option<&'static str> {
    Some(match code {
        "21201" | "21211" | "21217" | "21401" | "21421" | "21604" => {
            "This is not a valid phone number. Correct it, then send again."
        }
        "21614" | "21635" => "This phone cannot receive texts. Call, or ask for a mobile number.",
        "21408" => {
            "Texts to this country are switched off at the gateway. Call, or ask an Owner to allow the country there."
        }
        "21603" | "21606" | "21659" | "21660" => {
            "The gateway does not let us text from this number. Choose another number of ours, or ask an Owner to check Settings → Numbers & gateways."
        }
        "21612" => "The gateway has no route from our number to this phone. Try another number of ours, or call.",
        "21617" => "This text is too long. Shorten it to 1,600 characters, then send again.",
        "21602" | "21619" => "This text is empty. Write something, then send again.",
        "21608" => {
            "The gateway account is on trial and only texts phones verified there. Ask an Owner to verify this phone or to upgrade the account."
        }
        "21610" => "This phone has opted out of texts. Call instead, or wait until they text START.",
        "21611" | "30001" => "Too many texts are waiting at the gateway. Try again in a few minutes.",
        "30002" => "The gateway account is suspended. Ask an Owner to look into it there.",
        "30003" => "The phone is switched off or out of reach. Try again later, or call.",
        "30004" => "This phone or its carrier blocks our texts. Call instead.",
        "30005" => "This number seems not to be in use. Check it with the client, correct it, then send again.",
        "30006" => "This is a landline, which cannot receive texts. Call instead.",
        "30007" => {
            "The carrier filtered this text as spam. Do not repeat it: reword it, without short links or capitals, and say who you are."
        }
        "30008" => "The carrier did not deliver this text and does not say why. Try once more, or call.",
        "30032" => {
            "Our toll-free number is not verified yet, so carriers block its texts. Choose another number of ours, or ask an Owner to verify it at the gateway."
        }
        "30034" => {
            "Our number is not registered for business texts (10DLC), so carriers block it. Choose another number of ours, or ask an Owner to register it at the gateway."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_error_says_what_to_do_next() {
        for (code, next) in [
            ("21211", "Correct it"),
            ("21614", "Call"),
            ("21408", "Call"),
            ("21606", "another number"),
            ("21659", "another number"),
            ("21612", "call"),
            ("21617", "Shorten"),
            ("21608", "Owner"),
            ("21610", "Call"),
            ("30003", "call"),
            ("30004", "Call"),
            ("30005", "correct it"),
            ("30006", "Call"),
            ("30007", "reword"),
            ("30008", "call"),
            ("30032", "verify"),
            ("30034", "register"),
        ] {
            let words = words_for_error(code).unwrap();
            assert!(words.contains(next), "{code}: {words}");
        }
    }

    #[test]
    fn a_code_nobody_knows_has_no_words() {
        assert_eq!(words_for_error("1"), None);
        assert_eq!(words_for_error(""), None);
    }
}
